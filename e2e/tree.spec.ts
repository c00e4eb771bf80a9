import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from './fixtures.ts';
import { inspectScreen } from './inspect-screen.ts';
import { KeyboardPerson } from './keyboard.ts';
import { type LabFolder, makeLabFolder } from './lab-folder.ts';
import { startBrowserEntry } from './launchers/browser-entry.ts';
import { FilesPage } from './pages/files.ts';
import { FolderPanelPage } from './pages/folder-panel.ts';
import { LibraryPage } from './pages/library.ts';
import { makeLabIndex } from './tree-index.ts';

const lab = base.extend({
  slipway: async ({ browserName: _ }, use) => {
    const home = mkdtempSync(join(tmpdir(), 'slipway-tree-'));
    makeLabIndex(join(home, 'A busy lab.slipway'));
    const slipway = await startBrowserEntry([], home);
    await use(slipway);
    await slipway.kill();
    slipway.cleanUp();
  },
});

lab('folders, space and kinds with the keyboard alone', async ({ page }) => {
  const keys = new KeyboardPerson(page);
  const folders = new FolderPanelPage(page);
  const files = new FilesPage(page);
  const { tree } = folders;
  await new LibraryPage(page).open('A busy lab');

  await lab.step('the tree says what lies in each folder; keys and letters walk it', async () => {
    await expect(folders.folder('2026 hearts')).toHaveAccessibleName(
      '2026 hearts, 93,973 files, 208 GB, 100 % of all, 81 should be fixed',
    );
    await expect(folders.folder('annotations')).toHaveAccessibleName(
      /^annotations, not there now, 400 files, 16 MB/,
    );
    await keys.tabTo(tree);
    await folders.expectAt('2026 hearts');
    await keys.type('pl');
    await folders.expectAt('plates');
    await expect(folders.folder('plate 1')).toBeHidden();
    await keys.press('ArrowRight');
    await expect(folders.folder('plate 1')).toBeVisible();
    await expect(folders.folder('plates')).toHaveAttribute('aria-expanded', 'true');
    await keys.press('ArrowRight');
    await folders.expectAt('plate 1');
    // As people count: 2 comes before 10.
    await keys.press('ArrowDown');
    await folders.expectAt('plate 2');
    await keys.type('plate 3');
    await folders.expectAt('plate 3');
    await expect(folders.folder('plate 3')).toHaveAccessibleName(/81 should be fixed$/);
    await keys.press('ArrowLeft');
    await folders.expectAt('plates');
    await keys.press('ArrowLeft');
    await expect(folders.folder('plate 1')).toBeHidden();
  });

  await lab.step('a folder chosen narrows the grid; the way above leads back', async () => {
    await keys.press('ArrowRight');
    await keys.press('ArrowRight');
    await keys.press('Enter');
    await expect(folders.folder('plate 1')).toHaveAttribute('aria-selected', 'true');
    await expect(folders.way).toHaveText(/plates.*plate 1/);
    await expect(files.grid).toHaveAttribute('aria-rowcount', '82');
    await expect(files.row('plates/plate 1/images/field_0.tif')).toBeVisible();
    await keys.press('Shift+Tab');
    await keys.tabTo(tree);
    await keys.press('ArrowLeft');
    await keys.press('Enter');
    await expect(files.grid).toHaveAttribute('aria-rowcount', String(12 * 81 + 1));
  });

  await lab.step('thousands of folders in one, and a chain of sixty', async () => {
    await keys.type('runs');
    await folders.expectAt('runs');
    await keys.press('ArrowRight');
    await expect(folders.folder('run 0')).toBeVisible();
    await keys.press('PageDown');
    await keys.press('End');
    await keys.press('Home');
    await keys.type('runs');
    await keys.press('ArrowLeft');
    await keys.type('level');
    for (let level = 1; level < 60; level++) {
      await folders.expectAt(`level ${level}`);
      await keys.press('ArrowRight');
      await expect(folders.folder(`level ${level}`)).toHaveAttribute('aria-expanded', 'true');
      await keys.press('ArrowRight');
    }
    await folders.expectAt('level 60');
    await keys.press('Enter');
    await expect(files.grid).toHaveAttribute('aria-rowcount', '2');
  });

  await lab.step('the map: arrows walk, Enter goes in, Backspace out', async () => {
    await folders.way.getByRole('button', { name: 'All folders' }).press('Enter');
    await folders.tab('Tree').press('ArrowRight');
    await expect(folders.area('2026 hearts')).toHaveAccessibleName(
      '2026 hearts, folder, 93,973 files, 208 GB, 100 %',
    );
    await keys.tabTo(folders.area('2026 hearts'));
    await keys.press('Enter');
    await expect(folders.area('light-sheet')).toBeVisible();
    await expect(folders.area('light-sheet')).toBeFocused();
    await keys.press('ArrowDown');
    await expect(folders.area('light-sheet')).not.toBeFocused();
    await keys.press('Home');
    await keys.press('Enter');
    await expect(folders.area('heart-6')).toBeVisible();
    await expect(files.grid).toHaveAttribute('aria-rowcount', '13');
    await expect(folders.area('heart-6')).toBeFocused();
    await keys.press('Backspace');
    await expect(folders.area('light-sheet')).toBeFocused();
    await folders.panel.getByRole('button', { name: 'As bars' }).press('Enter');
    await expect(folders.bars.getByRole('row').nth(1)).toHaveText(/light-sheet.*204 GB.*98 %/);
    await keys.tabTo(folders.bars.getByRole('button', { name: 'plates' }));
    await keys.press('Enter');
    await expect(folders.bars.getByRole('row').nth(1)).toHaveText(/plate 12/);
    await expect(folders.bars.getByRole('button', { name: 'plate 12' })).toBeFocused();
    await keys.press('Backspace');
    await expect(folders.bars.getByRole('button', { name: 'plates' })).toBeFocused();
  });

  await lab.step('kinds filter the grid; formats and what was left out are told', async () => {
    await folders.way.getByRole('button', { name: 'All folders' }).press('Enter');
    await folders.tab('Space').press('ArrowRight');
    const masks = folders.panel.getByRole('button', { name: /^Mask/ });
    await masks.press('Enter');
    await expect(masks).toHaveAttribute('aria-pressed', 'true');
    await expect(files.grid).toHaveAttribute('aria-rowcount', String(12 * 40 + 6 + 400 + 1));
    await masks.press('Enter');
    await expect(folders.panel.getByRole('listitem').filter({ hasText: 'A file of macOS' })).toContainText(
      '30',
    );
    await expect(folders.panel.getByRole('listitem').filter({ hasText: '.csv' })).toContainText('12');
    await folders.panel.getByRole('button', { name: 'See each of them' }).press('Enter');
    await expect(page.getByRole('dialog', { name: 'What is skipped' })).toContainText('runs/run 0/.DS_Store');
    await keys.press('Escape');
  });

  await lab.step('hidden and shown again, the focus stays with it', async () => {
    await keys.press('Alt+t');
    await expect(folders.panel).toBeHidden();
    await folders.openButton.press('Enter');
    await expect(folders.closeButton).toBeFocused();
  });
});

lab('folders, space and kinds: axe, small windows, reduced motion', async ({ page }) => {
  lab.setTimeout(400_000);
  const folders = new FolderPanelPage(page);
  await new LibraryPage(page).open('A busy lab');
  // In a narrow window it lies above the grid, closed; once open, every view is looked at there too.
  await page.setViewportSize({ width: 320, height: 640 });
  await folders.openButton.click();
  await page.setViewportSize({ width: 1280, height: 800 });
  await folders.folder('plates').click();
  await page.keyboard.press('ArrowRight');
  await expect(folders.folder('plate 12')).toBeVisible();
  await inspectScreen(page, 'Files, tree', ['light', 'dark', 'high contrast']);
  await folders.show('Space');
  await expect(folders.area('plate 12')).toBeVisible();
  await inspectScreen(page, 'Files, space', ['light', 'dark', 'high contrast']);
  await folders.panel.getByRole('button', { name: 'As bars' }).click();
  await inspectScreen(page, 'Files, bars', ['light']);
  await folders.show('Kinds');
  await expect(folders.panel.getByRole('heading', { name: 'Formats' })).toBeVisible();
  await inspectScreen(page, 'Files, kinds');
});

let folder: LabFolder;
const disk = base.extend({
  roots: async ({ browserName: _ }, use) => {
    folder = makeLabFolder('Small set', {
      'images/a.tif': Buffer.from('II*\0'),
      'images/b.tif': Buffer.from('II*\0'),
      'notes/readme.txt': Buffer.from('Hello'),
      'store.zarr/.zattrs': Buffer.from('{}'),
      '.hidden': Buffer.from('x'),
    });
    await use([folder.root]);
    folder.remove();
  },
});

disk('the tree follows the folders: new files, files that go, edits', async ({ page }) => {
  const files = new FilesPage(page);
  const folders = new FolderPanelPage(page);
  await new LibraryPage(page).makeSubmission('Followed');
  await files.addFolder(folder.rootName, folder.name);
  await expect(folders.folder('images')).toHaveAccessibleName(/^images, 2 files, 8 B/);
  await folders.folder('images').click();
  await expect(files.grid).toHaveAttribute('aria-rowcount', '3');

  writeFileSync(join(folder.path, 'images', 'c.tif'), 'II*\0 and more');
  await page.getByRole('button', { name: 'Look again' }).first().click();
  await expect(folders.folder('images')).toHaveAccessibleName(/^images, 3 files, 21 B/);

  await folders.show('Kinds');
  await expect(folders.panel.getByRole('button', { name: /^Image/ })).toContainText('3');
  await folders.way.getByRole('button', { name: 'All folders' }).click();
  const skipped = folders.panel.getByRole('region', { name: 'Skipped' });
  await expect(skipped).toContainText('.hidden');
  await expect(skipped).not.toContainText('.zattrs');

  await folders.show('Tree');
  rmSync(join(folder.path, 'notes'), { recursive: true });
  await page.getByRole('button', { name: 'Take' }).first().click();
  await expect(folders.panel).toBeHidden();
  await page.keyboard.press('Control+z');
  await expect(folders.folder('images')).toHaveAccessibleName(/^images, 3 files/);
});
