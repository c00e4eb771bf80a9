import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { expectAccessible } from './axe.ts';
import { test as base, expect } from './fixtures.ts';
import { inspectScreen } from './inspect-screen.ts';
import { FilesPage } from './pages/files.ts';
import { LibraryPage } from './pages/library.ts';
import { Shell } from './pages/shell.ts';

interface Folder {
  readonly root: string;
  write(path: string, content: string): void;
  readonly data: string;
}

const test = base.extend<{ folder: Folder }>({
  folder: async ({ browserName: _ }, use) => {
    const root = mkdtempSync(join(tmpdir(), 'slipway-second-'));
    const data = join(root, 'lab');
    await use({
      root,
      data,
      write(path, content) {
        const full = join(data, path);
        mkdirSync(dirname(full), { recursive: true });
        writeFileSync(full, content);
        const then = new Date(Date.now() - 3_600_000);
        utimesSync(full, then, then);
      },
    });
    rmSync(root, { recursive: true, force: true });
  },
  roots: async ({ folder }, use) => use([folder.root]),
});

test('what is skipped, held back and found otherwise is shown beside the folders and can be changed', async ({
  page,
  folder,
}) => {
  test.setTimeout(240_000);
  const { data, root, write } = folder;
  write('images/a.tif', 'image a');
  write('images/b.tif', 'image b');
  write('masks/a_mask.tif', 'mask of a');
  write('export.tmp', 'half of it');
  write('raw/old/copy.tmp', 'another half');
  write('.DS_Store', 'x');
  symlinkSync('images', join(data, 'shortcut'));

  const shell = new Shell(page);
  await new LibraryPage(page).makeSubmission('Two looks');
  const files = new FilesPage(page);
  await files.addFolder(basename(root), 'lab');
  await expect(files.folders).toContainText('5 files');

  await test.step('the list of what was skipped says why', async () => {
    await files.folders.getByRole('button', { name: '2 skipped' }).click();
    const dialog = page.getByRole('dialog', { name: 'What is skipped' });
    await expect(dialog.getByRole('listitem').filter({ hasText: 'shortcut' })).toContainText(
      'a link to a folder',
    );
    await expect(dialog.getByRole('listitem').filter({ hasText: '.DS_Store' })).toContainText(
      'made by the operating system',
    );
    await dialog
      .getByLabel('Why they are skipped')
      .selectOption({ label: 'Links that are not followed (1)' });
    await expect(dialog.getByRole('listitem')).toHaveCount(1);
    await inspectScreen(page, 'what is skipped');
    await page.keyboard.press('Escape');
    await expect(files.folders.getByRole('button', { name: '2 skipped' })).toBeFocused();
  });

  await test.step('a pattern is counted while it is typed, kept, and looked by', async () => {
    await files.folders.getByRole('button', { name: 'What is skipped' }).click();
    const dialog = page.getByRole('dialog', { name: 'What is skipped' });
    await dialog.getByRole('button', { name: 'Add a pattern' }).click();
    await dialog.getByLabel('Pattern of rule 1').fill('**');
    await expect(dialog.getByText('leaves out everything')).toBeVisible();
    await dialog.getByLabel('Pattern of rule 1').fill('*.tmp');
    await dialog.getByLabel('What rule 1 leaves out').fill('half written');
    await expect(dialog.getByText('would skip 2 files')).toBeVisible();
    await inspectScreen(page, 'rules for what is skipped');
    await dialog.getByRole('button', { name: 'Keep and look again' }).click();
    await expect(dialog).toBeHidden();
    await expect(files.folders).toContainText('3 files');
    await expect(files.folders.getByRole('button', { name: '4 skipped' })).toBeVisible();
  });

  await test.step('a second look tells what is new, changed, gone and renamed', async () => {
    write('images/c.tif', 'image c');
    write('images/b.tif', 'image b, again');
    renameSync(join(data, 'images', 'a.tif'), join(data, 'images', 'first.tif'));
    rmSync(join(data, 'masks', 'a_mask.tif'));
    await files.folders.getByRole('button', { name: 'Look again' }).click();
    const changes = files.folders.getByRole('button', { name: '1 new, 1 changed, 1 gone, 1 renamed' });
    await changes.click();
    const dialog = page.getByRole('dialog', { name: 'Since the last look' });
    await expect(dialog.getByRole('listitem')).toContainText(['images/c.tif']);
    await dialog.getByRole('tab', { name: /Renamed/ }).click();
    await expect(dialog.getByRole('listitem')).toContainText(['was images/a.tif']);
    await inspectScreen(page, 'since the last look');
    await dialog.getByRole('button', { name: 'Show images/first.tif' }).click();
    await expect(files.inspector.getByRole('heading', { name: 'first.tif', level: 2 })).toBeVisible();
  });

  await test.step('links are followed when that is chosen', async () => {
    await files.folders.getByRole('button', { name: /^How .* is looked through$/ }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Follow links inside this folder' }).click();
    await expect(files.folders).toContainText('3 new');
    await expect(files.row('shortcut/c.tif')).toBeVisible();
  });

  await test.step('how long files must rest is a setting, and young ones are held back', async () => {
    const seconds = files.folders.getByLabel('Hold back files written in the last');
    await seconds.fill('86400');
    await seconds.press('Enter');
    await expect(
      page.getByText('written in the last 1 d are held back from the next look on').first(),
    ).toBeVisible();
    await shell.closeNotes();
    await expectAccessible(page, 'Files with folders looked through twice');
  });
});
