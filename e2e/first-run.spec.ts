import { completeDescription } from './descriptions.ts';
import { expect, test } from './fixtures.ts';
import { CheckPage } from './pages/check.ts';
import { DescribePage } from './pages/describe.ts';
import { FilesPage } from './pages/files.ts';
import { LibraryPage } from './pages/library.ts';
import { LookPage } from './pages/look.ts';
import { SendPage } from './pages/send.ts';
import { Shell } from './pages/shell.ts';

test('practice with sample data: from an empty library to an accession that counts nowhere', async ({
  page,
}) => {
  const shell = new Shell(page);
  const library = new LibraryPage(page);

  await test.step('the three doors of a first run', async () => {
    await expect(page.getByRole('heading', { name: 'Bring imaging data to the archive' })).toBeVisible();
    await expect(library.newDoor).toBeVisible();
    await expect(library.openDoor).toBeVisible();
    await library.practiceDoor.click();
  });

  await test.step('files are listed, told apart and paired', async () => {
    const files = new FilesPage(page);
    await expect(shell.title).toHaveText('Practice: nuclei masks of samples');
    await expect(page.getByRole('banner')).toContainText('Practice archive');
    await expect(shell.tab('Files')).toHaveAccessibleName('Files 15');
    await expect(shell.tab('Look')).toHaveAccessibleName('Look 7 pairs');
    await expect(files.row('masks/field-01_mask.tif')).toContainText('Mask');
    await expect(await files.cell('images/field-01.tif', 'Send')).toHaveText('No');
    const inspector = await files.inspect('masks/field-02_mask.tif');
    await expect(inspector.getByRole('img', { name: 'field-02_mask.tif' })).toBeVisible();
    await expect(inspector.getByText('paired by a rule')).toBeVisible();
  });

  await test.step('an image is looked at with its mask', async () => {
    const look = new LookPage(page);
    await shell.goTo('Look');
    await look.lookAt('field-03.tif');
    await expect(look.panels.getByText(/\d+ labels on this plane/)).toBeVisible();
  });

  await test.step('the description is filled from a file', async () => {
    const describe = new DescribePage(page);
    await shell.goTo('Describe');
    await describe.fillFrom(completeDescription('Practice run with synthetic nuclei and masks'));
    await shell.saved();
    await expect(shell.title).toHaveText('Practice run with synthetic nuclei and masks');
  });

  await test.step('what the archive would refuse is found and fixed', async () => {
    const check = new CheckPage(page);
    await shell.goTo('Check');
    await check.checked();
    await expect(check.sentence).toHaveText('2 things must be fixed before this can be sent.');
    await check.fixAll('mask has no image');
    await check.fixAll('name contains +');
    await check.ready();
    await expect(check.sentence).toContainText('Nothing must be fixed');
    await page.getByRole('button', { name: 'Go on to Send' }).click();
  });

  await test.step('everything is sent and submitted', async () => {
    const send = new SendPage(page);
    await send.signIn();
    await send.act('Send 6 files');
    await send.arrived();
    const accession = await send.submit();
    expect(accession).toMatch(/^S-BIAD/);
    await expect(send.room.getByText('Practice: it counts nowhere')).toBeVisible();
    await expect(shell.tab('Send')).toContainText('sent');
    await shell.backToLibrary();
    await expect(library.row('Practice run with synthetic nuclei and masks')).toContainText(
      `sent, ${accession}`,
    );
  });
});
