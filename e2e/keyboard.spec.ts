import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { makeSampleData } from '../electron/engine/samples/sample-data.ts';
import { test as base, expect } from './fixtures.ts';
import { KeyboardPerson } from './keyboard.ts';
import { CheckPage } from './pages/check.ts';
import { FilesPage } from './pages/files.ts';
import { LibraryPage } from './pages/library.ts';
import { LookPage } from './pages/look.ts';
import { SendPage } from './pages/send.ts';
import { Shell } from './pages/shell.ts';

const test = base.extend({
  roots: async ({ browserName: _ }, use) => {
    const root = mkdtempSync(join(tmpdir(), 'slipway-keys-'));
    await makeSampleData(root);
    await use([root]);
    rmSync(root, { recursive: true, force: true });
  },
});

test('the key steps of the job with the keyboard alone', async ({ page, roots }) => {
  const keys = new KeyboardPerson(page);
  const shell = new Shell(page);
  const library = new LibraryPage(page);
  const files = new FilesPage(page);

  await test.step('a new submission; a dialog gives the focus back', async () => {
    await keys.tabTo(library.newDoor);
    await keys.press('Enter');
    const title = library.newDialog.getByRole('textbox', { name: 'Title' });
    await expect(title).toBeFocused();
    await keys.press('Escape');
    await expect(library.newDialog).toBeHidden();
    await expect(library.newDoor).toBeFocused();
    await keys.press('Enter');
    await keys.type('Made without ever touching a mouse');
    await keys.tabTo(library.newDialog.getByRole('button', { name: 'Make the submission' }));
    await keys.press('Enter');
    await expect(shell.title).toHaveText('Made without ever touching a mouse');
  });

  await test.step('a folder from the place chooser', async () => {
    await expect(files.room.getByRole('heading', { level: 2 })).toBeVisible();
    await keys.press('Alt+a');
    await expect(files.placesDialog).toBeVisible();
    const root = basename(roots[0] ?? '');
    await keys.tabTo(
      files.placesDialog.getByRole('listitem').getByRole('button', { name: root, exact: true }),
    );
    await keys.press('Enter');
    await keys.tabTo(files.placesDialog.getByRole('button', { name: 'Add Nuclei samples', exact: true }));
    await keys.press('Enter');
    await expect(shell.tab('Files')).toHaveAccessibleName('Files 15');
  });

  await test.step('the grid: arrows walk, Shift extends, Escape lets go, Enter looks', async () => {
    await keys.tabTo(files.grid);
    await keys.press('End');
    await keys.press('Home');
    await keys.press('ArrowDown');
    await expect(files.row('images/field-01.tif')).toHaveAttribute('aria-selected', 'true');
    await keys.press('Shift+ArrowDown');
    const bulk = page.getByRole('region', { name: 'Change what is selected' });
    await expect(bulk).toContainText('2 selected');
    await keys.press('Control+a');
    await expect(bulk).toContainText('15 selected');
    await keys.press('Escape');
    await expect(bulk).toBeHidden();
    await keys.press('Enter');
    await expect(shell.tab('Look')).toHaveAttribute('aria-current', 'page');
  });

  await test.step('the picture: Space for the mask, arrows for images, brackets for planes', async () => {
    const look = new LookPage(page);
    await expect(look.viewer.getByRole('heading', { level: 2 })).toHaveAccessibleName('field-02.tif');
    await look.painted();
    await keys.press('Space');
    await expect(look.maskButton).toHaveAttribute('aria-pressed', 'false');
    await keys.press('Space');
    await keys.press('ArrowDown');
    await expect(look.viewer.getByRole('heading', { level: 2 })).toHaveAccessibleName('field-03.tif');
    await keys.tabTo(look.gallery);
    await keys.press('End');
    await keys.press('ArrowUp');
    await keys.press('ArrowUp');
    await expect(look.viewer.getByRole('heading', { level: 2 })).toHaveAccessibleName('embryo.tif');
    await look.painted();
    await keys.press(']');
    await expect(look.slider('Plane (Z)')).toHaveAttribute('aria-valuetext', '7 of 11');
    await keys.tabTo(look.slider('Plane (Z)'));
    await keys.press('Home');
    await expect(look.slider('Plane (Z)')).toHaveAttribute('aria-valuetext', '1 of 11');
  });

  await test.step('a finding: opened, fixed, undone', async () => {
    const check = new CheckPage(page);
    await keys.press('Alt+4');
    await check.checked();
    await keys.tabTo(check.toggle('name contains +'));
    await keys.press('Enter');
    await expect(check.group('name contains +').getByRole('listitem')).toHaveCount(1);
    const fix = check.group('name contains +').getByRole('button', { name: /^Fix it/ });
    await keys.tabTo(fix);
    await keys.press('Enter');
    await keys.tabTo(check.fixDialog.getByRole('button', { name: /^Fix / }));
    await keys.press('Enter');
    await expect(check.toggle('name contains +')).toBeHidden();
    await expect(page.locator('article button:focus')).toBeVisible();
    await keys.press('Control+z');
    await expect(shell.note(/^Undone: Fix: names contain \+/)).toBeVisible();
    await check.checked();
    await expect(check.toggle('name contains +')).toBeVisible();
  });

  await test.step('signing in', async () => {
    const send = new SendPage(page);
    await keys.press('Alt+5');
    await expect(send.room.getByRole('textbox', { name: 'E-mail' })).toHaveValue(/@/);
    await keys.tabTo(send.signInButton, 60);
    await keys.press('Enter');
    await expect(send.room.getByText('Signed in as')).toBeVisible();
  });

  await test.step('all actions, found by typing', async () => {
    await keys.press('Control+k');
    await keys.type('dark');
    await expect(page.getByRole('option')).toHaveCount(1);
    await keys.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await keys.press('Alt+0');
    await expect(library.row('Made without ever touching a mouse')).toBeVisible();
  });
});
