import { completeDescription } from './descriptions.ts';
import { expect, test } from './fixtures.ts';
import { inspectScreen } from './inspect-screen.ts';
import { CheckPage } from './pages/check.ts';
import { DescribePage } from './pages/describe.ts';
import { FilesPage } from './pages/files.ts';
import { LibraryPage } from './pages/library.ts';
import { LookPage } from './pages/look.ts';
import { SendPage } from './pages/send.ts';
import { Shell } from './pages/shell.ts';

test('a first run and an empty submission: axe, small windows, reduced motion', async ({ page }) => {
  const shell = new Shell(page);
  const library = new LibraryPage(page);
  await expect(library.practiceDoor).toBeVisible();
  await inspectScreen(page, 'first run', ['light', 'dark', 'high contrast']);

  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'All actions' })).toBeVisible();
  await inspectScreen(page, 'all actions');
  await page.keyboard.press('Escape');

  await library.newDoor.click();
  await expect(library.newDialog).toBeVisible();
  await inspectScreen(page, 'new submission');
  await page.keyboard.press('Escape');

  await library.makeSubmission('');
  await expect(new FilesPage(page).room.getByRole('heading', { level: 2 })).toBeVisible();
  await inspectScreen(page, 'Files, empty');
  await page.getByRole('button', { name: 'Add folder' }).first().click();
  await expect(new FilesPage(page).placesDialog).toBeVisible();
  await inspectScreen(page, 'place chooser');
  await page.keyboard.press('Escape');

  await shell.goTo('Look');
  await expect(page.getByRole('heading', { name: 'No images yet' })).toBeVisible();
  await inspectScreen(page, 'Look, empty');
  await shell.goTo('Check');
  await new CheckPage(page).checked();
  await inspectScreen(page, 'Check, nothing there');
  await shell.goTo('Send');
  await expect(new SendPage(page).heading('Nothing to send yet')).toBeVisible();
  await inspectScreen(page, 'Send, empty');
  await shell.backToLibrary();
  await expect(library.row('Untitled submission')).toBeVisible();
  await inspectScreen(page, 'library');
  await page.getByRole('button', { name: 'Actions for Untitled submission' }).click();
  await inspectScreen(page, 'library, menu');
});

test('the five rooms, from files to an accession: axe, small windows, reduced motion', async ({ page }) => {
  test.setTimeout(360_000);
  const shell = new Shell(page);
  const files = new FilesPage(page);
  const look = new LookPage(page);
  const describe = new DescribePage(page);
  const check = new CheckPage(page);
  const send = new SendPage(page);
  await new LibraryPage(page).practiceDoor.click();
  await expect(shell.tab('Files')).toHaveAccessibleName('Files 15');

  await files.inspect('masks/field-01_mask.tif');
  await files.row('masks/field-02_mask.tif').click({ modifiers: ['Control'] });
  await expect(page.getByRole('region', { name: 'Change what is selected' })).toBeVisible();
  await inspectScreen(page, 'Files', ['light', 'dark', 'high contrast']);
  await page.getByRole('button', { name: 'Pairing' }).click();
  await expect(files.pairingDialog.getByRole('region', { name: 'What these rules find' })).toBeVisible();
  await inspectScreen(page, 'pairing dialog');
  await page.keyboard.press('Escape');
  await page.getByRole('searchbox', { name: 'Search in paths' }).fill('no such file');
  await expect(page.getByRole('heading', { name: 'No file matches all of these' })).toBeVisible();
  await inspectScreen(page, 'Files, nothing found');

  await shell.goTo('Look');
  await look.lookAt('embryo.tif');
  await inspectScreen(page, 'Look', ['light', 'dark', 'high contrast']);
  await look.viewer.getByRole('button', { name: 'Keys and pointer' }).click();
  await expect(page.getByRole('heading', { name: 'Keys and pointer' })).toBeVisible();
  await inspectScreen(page, 'Look, keys');
  await page.keyboard.press('Escape');

  await shell.goTo('Describe');
  await describe.field('Title').fill('too short');
  await describe.field('Description').focus();
  await expect(describe.room.getByText('The archive wants at least 25 characters here.')).toBeVisible();
  await inspectScreen(page, 'Describe, Study', ['light', 'dark', 'high contrast']);
  for (const section of ['Contacts', 'Links', 'Annotations', 'Publications', 'Funding']) {
    await describe.openSection(section);
    await inspectScreen(page, `Describe, ${section}`, ['light']);
  }
  await describe.fillFrom(completeDescription('Practice run with synthetic nuclei and masks'));

  await shell.goTo('Check');
  await check.checked();
  await check.openGroup('name contains +');
  await check.openGroup('names contain a blank');
  await inspectScreen(page, 'Check', ['light', 'dark', 'high contrast']);
  await check
    .group('name contains +')
    .getByRole('button', { name: /^Fix it/ })
    .click();
  await expect(check.fixDialog).toBeVisible();
  await inspectScreen(page, 'fix dialog');
  await check.fixDialog.getByRole('button', { name: /^Fix / }).click();
  await check.fixAll('mask has no image');
  await check.ready();
  await inspectScreen(page, 'Check, nothing left', ['light']);

  await shell.goTo('Send');
  await send.orderTrouble('The archive falls silent');
  await inspectScreen(page, 'Send, before', ['light', 'dark', 'high contrast']);
  await send.signIn();
  await send.act('Send 6 files');
  await send.confirmed('5 of 6 files');
  await inspectScreen(page, 'Send, during');
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(send.heading('Sending rests')).toBeVisible();
  await inspectScreen(page, 'Send, resting', ['light']);
  await send.act('Resume');
  await send.arrived();
  await inspectScreen(page, 'Send, arrived');
  await send.act(/^Submit to/);
  await expect(send.submitDialog).toBeVisible();
  await inspectScreen(page, 'submit dialog');
  await send.submitDialog.getByRole('button', { name: 'Cancel' }).click();
  await send.submit();
  await inspectScreen(page, 'Send, deposited');
});
