import { expect, test } from './fixtures.ts';
import { inspectScreen } from './inspect-screen.ts';
import { makeLabFolder } from './lab-folder.ts';
import { FilesPage } from './pages/files.ts';
import { LibraryPage } from './pages/library.ts';
import { PairingPage } from './pages/pairing.ts';

const numbers = [0, 1, 2, 3, 4, 5];
const tiff = Uint8Array.from([73, 73, 42, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
const png = Uint8Array.from([137, 80, 78, 71, 13, 10, 26, 10]);

const lab = makeLabFolder('plate', {
  ...Object.fromEntries(
    numbers.flatMap((n) => [
      [`images/cell_${n}.tif`, tiff],
      [`masks/cell_${n}_mask.tif`, tiff],
      [`camera/im${n}.tif`, tiff],
      [`annotation/00${n + 1}_roi.tif`, tiff],
    ]),
  ),
  'two/a.png': png,
  'two/a.czi': new TextEncoder().encode('ZISRAWFILE'),
  'two/a_mask.tif': tiff,
  'one/b.tif': tiff,
  'one/b_2_mask.tif': tiff,
  'scans/Zebra 7.tif': tiff,
  'by Lee/done/zebra_07_annotated.tif': tiff,
});

test.use({ roots: [lab.root] });
test.afterAll(() => lab.remove());

test('what rules cannot tell is decided by a person, what is left gets rules and likely partners', async ({
  page,
}) => {
  test.setTimeout(240_000);
  const files = new FilesPage(page);
  const pairing = new PairingPage(page);
  await new LibraryPage(page).makeSubmission('Pairs');
  await files.addFolder(lab.rootName, lab.name);

  await test.step('the grid and the inspector say what waits', async () => {
    await files.room.getByRole('searchbox', { name: 'Search in paths' }).fill('two/');
    await expect(files.row('two/a_mask.tif')).toContainText('2 candidates');
    const inspector = await files.inspect('two/a_mask.tif');
    await expect(inspector.getByText('For you to decide')).toBeVisible();
    await expect(inspector.getByRole('button', { name: 'Pair with two/a.png' })).toBeVisible();
  });

  await test.step('a fault is explained where it is typed, and what is found comes at once', async () => {
    await pairing.open();
    await expect(pairing.found).toContainText('6 pairs');
    await expect(pairing.found).toContainText('2 masks for you to decide');
    await pairing.pattern(1, 'Mask').fill('{dirs}{x');
    await expect(pairing.dialog.getByText('A brace is not closed in “{dirs}{x”.')).toBeVisible();
    await pairing.dialog.getByRole('button', { name: 'Cancel' }).click();
    await pairing.open();
    await inspectScreen(page, 'pairing, rules');
  });

  await test.step('a suggested rule pairs what was counted from another start', async () => {
    await expect(pairing.suggestions).toContainText('Pairs 6 of 7 masks looked at');
    await pairing.suggestions
      .getByRole('button', { name: /^Add the rule/ })
      .first()
      .click();
    await expect(pairing.found).toContainText('12 pairs');
    await pairing.dialog.getByRole('button', { name: 'Pair by these rules' }).click();
    await expect(
      pairing.dialog.getByRole('status').getByText('There are 12 pairs by these rules.'),
    ).toBeVisible();
    await expect(pairing.dialog.getByRole('tab', { name: 'Found' })).toContainText('12');
  });

  await test.step('masks left open are decided by key, and all of a kind at once', async () => {
    await pairing.goTo('To decide');
    await expect(pairing.row('two/a_mask.tif')).toContainText('fits several images equally');
    await inspectScreen(page, 'pairing, to decide');
    await pairing.row('two/a_mask.tif').focus();
    await page.keyboard.press('2');
    await expect(pairing.dialog.getByText('Paired a_mask.tif with a.png.')).toBeVisible();
    await pairing.dialog.getByRole('button', { name: 'Take the first' }).click();
    await expect(pairing.dialog.getByRole('heading', { name: 'Nothing to decide' })).toBeVisible();
  });

  await test.step('files without a partner get likely ones', async () => {
    await pairing.goTo('Without partner');
    await expect(pairing.row('by Lee/done/zebra_07_annotated.tif')).toContainText('scans/Zebra 7.tif');
    await inspectScreen(page, 'pairing, without partner');
    await pairing.dialog.getByLabel('Pair all that are sure by at least').selectOption('0.8');
    await pairing.dialog.getByRole('button', { name: 'Pair them' }).click();
    await expect(pairing.dialog.getByRole('heading', { name: 'Every mask has its image' })).toBeVisible();
  });

  await test.step('found pairs are searched and parted, and undo brings them back', async () => {
    await pairing.goTo('Found');
    await expect(pairing.dialog.getByRole('tab', { name: 'Found' })).toContainText('15');
    await pairing.dialog.getByRole('searchbox', { name: 'Search in paths' }).fill('zebra');
    await pairing.row('scans/Zebra 7.tif').getByRole('button', { name: /^Part/ }).click();
    await expect(pairing.dialog.getByRole('tab', { name: 'Found' })).toContainText('14');
    await inspectScreen(page, 'pairing, found');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+z');
    await pairing.open();
    await expect(pairing.dialog.getByRole('tab', { name: 'Found' })).toContainText('15');
  });
});
