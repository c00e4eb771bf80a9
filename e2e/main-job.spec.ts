import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { readRequestLog } from '../electron/engine/practice/request-log.ts';
import { receiptSchema } from '../shared/model/receipt.ts';
import { canvasFacts } from './canvas-pixels.ts';
import { test as base, expect } from './fixtures.ts';
import { fillWholeForm } from './keyboard-form.ts';
import { type LabFolder, makeLabFolder, sha256 } from './lab-folder.ts';
import { CheckPage } from './pages/check.ts';
import { FilesPage } from './pages/files.ts';
import { LibraryPage } from './pages/library.ts';
import { LookPage } from './pages/look.ts';
import { SendPage } from './pages/send.ts';
import { Shell } from './pages/shell.ts';
import { testData } from './test-data.ts';

const TITLE = 'Masks of nuclei, blobs and migrating cells';
/** A name as people give them: an accent, a plus, two blanks. */
const AWKWARD = 'small/Zelle é+  1';

const test = base.extend<{ lab: LabFolder }>({
  lab: async ({ browserName: _ }, use) => {
    const lab = makeLabFolder('lab', {
      'nuclei/img2d.tif': 'masks/stardist/img2d.tif',
      'nuclei/mask2d.tif': 'masks/stardist/mask2d.tif',
      'nuclei/img3d.tif': 'masks/stardist/img3d.tif',
      'nuclei/mask3d.tif': 'masks/stardist/mask3d.tif',
      'blobs/blobs.tif': 'masks/blobs/blobs.tif',
      'blobs/blobs_labeled.tif': 'masks/blobs/blobs_labeled.tif',
      'migration/cancer_cell_migration_crop.tif': 'masks/timelapse/cancer_cell_migration_crop.tif',
      'migration/cancer_cell_migration_voronoi_otsu_labeling_crop.tif':
        'masks/timelapse/cancer_cell_migration_voronoi_otsu_labeling_crop.tif',
      'hyperstack/multi_m.tiff': 'stacks/multi_m.tiff',
      [`${AWKWARD}.tif`]: 'masks/small/human_mitosis_crop.tif',
      [`${AWKWARD}_mask.tif`]: 'masks/small/human_mitosis_crop_annotation.tif',
      'lost_mask.tif': 'masks/small/label_map_with_index_gaps.tif',
      'broken_mask.tif': new Uint8Array(),
    });
    await use(lab);
    lab.remove();
  },
  roots: async ({ lab }, use) => use([lab.root]),
});

test.skip(testData === null, 'real images lie in ../shared/data, which is not here');

test('the main job, on real files: from an empty library to a receipt', async ({
  page,
  lab,
  slipway,
  consoleWatch,
}) => {
  test.setTimeout(360_000);
  // Of the file of 0 bytes there is no picture, and the gallery says so.
  consoleWatch.expect(/status of 404 .*\/content\/thumbnail\?/);
  const shell = new Shell(page);
  const before = lab.checksums();

  await test.step('a new submission', async () => {
    await new LibraryPage(page).makeSubmission('');
    await expect(shell.title).toHaveText('Untitled submission');
  });

  await test.step('a folder is added and looked through', () => addFolder(page, lab));
  await test.step('an image and its mask are looked at', () => lookAtMask(page));
  await test.step('channels, planes and frames are looked at', () => lookAtHyperstack(page));
  await test.step('the whole form is filled by keyboard', () => fillWholeForm(page, TITLE));
  await expect(shell.title).toHaveText(TITLE);
  await test.step('findings are seen and fixed', () => fixFindings(page));

  const send = new SendPage(page);
  await test.step('it is sent, with a 502 and a cut on the way', async () => {
    await page.getByRole('button', { name: 'Go on to Send' }).click();
    await expect(send.heading('5 files, 3.8 MB, for the Practice archive')).toBeVisible();
    const list = await send.download('file-list-1-instance-masks.tsv');
    const [header, ...rows] = list.text.trimEnd().split('\n');
    expect(header?.split('\t').slice(0, 3)).toEqual(['Files', 'Annotation Type', 'Source Image']);
    expect(rows).toHaveLength(5);
    for (const row of rows) expect(row).toMatch(/^[\w\-/.() ]+\tsegmentation_mask\t\S/);

    await send.signIn();
    await send.orderTrouble('The connection breaks', 'A wrong “failed” (502)');
    await send.act('Send 5 files');
    await expect(send.heading('Sending')).toBeVisible();
    await send.arrived();
    await send.room.getByRole('tab', { name: /^Confirmed/ }).click();
    await expect(send.room.getByText('2 attempts')).toHaveCount(1);
  });

  const archive = join(slipway.home, 'Practice archive');
  await test.step('the archive met both troubles and stored every file once', async () => {
    const uploads = (await readRequestLog(archive)).filter((line) => line.what === 'upload');
    expect(uploads.filter(({ outcome }) => outcome === 'cut')).toHaveLength(1);
    expect(uploads.filter(({ outcome, status }) => outcome === 'stored' && status === 502)).toHaveLength(1);
    const stored = uploads.filter(({ outcome, path }) => outcome === 'stored' && path.includes('/lab/'));
    expect(new Set(stored.map(({ path }) => path)).size).toBe(5);
    expect(stored).toHaveLength(5);
  });

  const accession = await test.step('it is submitted', () => send.submit());
  expect(accession).toMatch(/^S-BIAD/);

  await test.step('the receipt proves every file', async () => {
    const json = await send.download('As JSON');
    expect(json.name).toMatch(/ receipt\.json$/);
    const receipt = receiptSchema.parse(JSON.parse(json.text));
    expect(receipt).toMatchObject({ accession, title: TITLE, practice: true, totals: { files: 5 } });
    expect(receipt.files.map(({ path }) => path).toSorted()).toEqual(
      [
        'lab/blobs/blobs_labeled.tif',
        'lab/migration/cancer_cell_migration_voronoi_otsu_labeling_crop.tif',
        'lab/nuclei/mask2d.tif',
        'lab/nuclei/mask3d.tif',
        `lab/${AWKWARD}_mask.tif`,
      ].toSorted(),
    );
    for (const file of receipt.files) {
      expect(file.sha256, file.path).toBe(before.get(file.path));
      const kept = readFileSync(join(archive, 'user', file.remotePath));
      expect(sha256(kept), `what the archive has of ${file.path}`).toBe(file.sha256);
      expect(kept.length).toBe(file.size);
    }
    await readReceiptPage(page, lab, send, receipt.files[0]?.sha256 ?? '');
  });

  expect(lab.checksums(), 'the files themselves are as they were').toEqual(before);
});

async function addFolder(page: Page, lab: LabFolder): Promise<void> {
  const files = new FilesPage(page);
  const shell = new Shell(page);
  await expect(
    files.room.getByRole('heading', { name: 'Which images and masks belong to this?' }),
  ).toBeVisible();
  await files.addFolder(lab.rootName, lab.name);
  await expect(shell.note('Looked through the folders.')).toContainText(/13 files, .* \(13 new\); 5 pairs/);
  await expect(shell.tab('Files')).toHaveAccessibleName('Files 13');
  await expect(files.folders).toContainText(lab.path);
  await expect(files.row('nuclei/mask2d.tif')).toContainText('Mask');
  await expect(files.row('nuclei/img2d.tif')).toContainText('Image');
  const inspector = await files.inspect(`${AWKWARD}_mask.tif`);
  await expect(inspector.getByRole('textbox', { name: 'Source image' })).toHaveValue(/Zelle é\+ {2}1\.tif$/);
  await expect(inspector.getByText('paired by a rule')).toBeVisible();
  await files.filter('Without a pair');
  await expect(files.grid.getByRole('row')).toHaveCount(4);
  await page.getByRole('button', { name: 'Show all' }).click();
}

async function lookAtMask(page: Page): Promise<void> {
  const look = new LookPage(page);
  await new Shell(page).goTo('Look');
  await expect(look.room.getByText('5 pairs · 1 image without mask · 2 masks without image')).toBeVisible();
  await look.lookAt('img2d.tif');
  await expect(look.fact('Image', 'Size')).toHaveText('512 × 512 pixels');
  await expect(look.panels.getByText('125 labels on this plane.')).toBeVisible();

  const withMask = await canvasFacts(look.picture);
  expect(withMask.spread, 'the picture is not empty').toBeGreaterThan(15);
  expect(withMask.coloured, 'labels are drawn in colours').toBeGreaterThan(0.1);
  await page.keyboard.press('Space');
  await expect(look.maskButton).toHaveAttribute('aria-pressed', 'false');
  await look.painted();
  const without = await canvasFacts(look.picture);
  expect(without.coloured, 'a grey image without its mask is grey').toBe(0);
  expect(without.colours, 'the image itself has many greys').toBeGreaterThan(60);
  await page.keyboard.press('Space');
  await expect(look.maskButton).toHaveAttribute('aria-pressed', 'true');
  await look.painted();
  expect((await canvasFacts(look.picture)).fingerprint).toBe(withMask.fingerprint);

  await new Shell(page).closeNotes();
  // Values as an independent reader finds them in these files.
  const size = { width: 512, height: 512 };
  await look.pointAt({ x: 256, y: 256 }, size);
  await expect(look.readout).toHaveText(/x 256 y 256\s*102\s*label 174$/);
  await look.pointAt({ x: 53, y: 459 }, size);
  await expect(look.readout).toHaveText(/x 53 y 459\s*235\s*label 130$/);
  await look.pointAt({ x: 300, y: 200 }, size);
  await expect(look.readout).toHaveText(/x 300 y 200\s*31\s*background$/);
}

async function lookAtHyperstack(page: Page): Promise<void> {
  const look = new LookPage(page);
  await look.lookAt('multi_m.tiff');
  await expect(look.fact('Image', 'Channels')).toContainText('2');
  await expect(look.fact('Image', 'Planes (Z)')).toHaveText('3');
  await expect(look.fact('Image', 'Frames (T)')).toHaveText('2');
  await look.pointAt({ x: 80, y: 80 }, { width: 169, height: 169 });
  const shows = async (z: string, t: string, first: number, second: number) => {
    await look.painted();
    await expect(look.slider('Plane (Z)')).toHaveAttribute('aria-valuetext', z);
    await expect(look.slider('Frame (T)')).toHaveAttribute('aria-valuetext', t);
    await expect(look.readout).toHaveText(
      new RegExp(`x 80 y 80\\s*Channel 1 ${first}\\s*Channel 2 ${second}$`),
    );
    return (await canvasFacts(look.picture)).fingerprint;
  };
  const seen = [await shows('2 of 3', '1 of 2', 12, 42)];
  await page.keyboard.press(']');
  seen.push(await shows('3 of 3', '1 of 2', 2, 37));
  await page.keyboard.press('.');
  seen.push(await shows('3 of 3', '2 of 2', 4, 30));
  await page.keyboard.press('[');
  seen.push(await shows('2 of 3', '2 of 2', 13, 24));
  expect(new Set(seen).size, 'every plane is another picture').toBe(4);

  const both = await canvasFacts(look.picture);
  await look.panels.getByRole('checkbox', { name: 'Show Channel 2' }).uncheck();
  await look.pointAt({ x: 80, y: 80 }, { width: 169, height: 169 });
  await expect(look.readout).toHaveText(/x 80 y 80\s*Channel 1 13$/);
  await look.painted();
  const one = await canvasFacts(look.picture);
  expect(one.fingerprint).not.toBe(both.fingerprint);
  expect(one.red + one.green + one.blue, 'one channel is darker than two').toBeLessThan(
    both.red + both.green + both.blue,
  );
}

async function fixFindings(page: Page): Promise<void> {
  const shell = new Shell(page);
  const check = new CheckPage(page);
  await shell.goTo('Check');
  await check.checked();
  const musts = [
    'masks have no image',
    'file is empty',
    'name contains +',
    'name has letters or signs outside plain English ones',
  ];
  for (const title of musts) await expect(check.group(title)).toBeVisible();
  await expect(check.group('name has several blanks in a row')).toBeVisible();
  await expect(check.sentence).toHaveText('5 things must be fixed before this can be sent.');

  const places = await check.openGroup('name contains +');
  await expect(places).toHaveCount(1);
  await expect(places).toContainText('Zelle é+  1_mask.tif');
  await expect(places.getByText(/Zelle e-- 1_mask\.tif/)).toBeVisible();

  await check.fixAll('masks have no image');
  await expect(shell.note('2 findings fixed.')).toBeVisible();
  await check.checked();
  await expect(check.group('masks have no image')).toBeHidden();
  await expect(check.group('file is empty')).toBeHidden();
  await shell.note('2 findings fixed.').getByRole('button', { name: 'Undo' }).click();
  await expect(shell.note(/^Undone: Fix: masks have no image/)).toBeVisible();
  await check.checked();
  await expect(check.group('masks have no image')).toBeVisible();
  await expect(check.group('file is empty')).toBeVisible();
  await check.fixAll('masks have no image');
  await check.checked();
  await expect(check.group('masks have no image')).toBeHidden();

  await check.fixAll('name contains +');
  await check.ready();
  await expect(check.group('name has letters or signs outside plain English ones')).toBeHidden();
  await expect(check.sentence).toContainText('Nothing must be fixed.');
  await expect(shell.tab('Check')).not.toContainText('to fix');
}

/** Opens the downloaded page from the disk, as somebody would years later. */
async function readReceiptPage(page: Page, lab: LabFolder, send: SendPage, checksum: string): Promise<void> {
  const html = await send.download('To read and print');
  expect(html.name).toMatch(/ receipt\.html$/);
  const file = join(lab.root, 'receipt.html');
  writeFileSync(file, html.text);
  const reader = await page.context().newPage();
  await reader.goto(pathToFileURL(file).href);
  await expect(reader.getByRole('heading', { name: TITLE })).toBeVisible();
  await expect(reader.getByText('Practice: these files went to a practice archive')).toBeVisible();
  await expect(reader.getByRole('table').getByRole('row')).toHaveCount(6);
  await expect(reader.getByText(checksum)).toBeVisible();
  await reader.close();
}
