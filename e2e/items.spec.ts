import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { test as base, expect } from './fixtures.ts';
import { inspectScreen } from './inspect-screen.ts';
import { type LabFolder, makeLabFolder } from './lab-folder.ts';
import { FilesPage } from './pages/files.ts';
import { LibraryPage } from './pages/library.ts';
import { Shell } from './pages/shell.ts';
import { testData } from './test-data.ts';

const test = base.extend<{ lab: LabFolder; out: string }>({
  lab: async ({ browserName: _ }, use) => {
    const mask = 'masks/stardist/mask2d.tif';
    const times = Array.from({ length: 6 }, (_, t) => [`movie/cells_mask_t${t + 1}.tif`, mask]);
    const lab = makeLabFolder('lab', {
      ...Object.fromEntries(times),
      'blobs.ome.zarr': 'ome-zarr/small/blobs_image_v05.ome.zarr',
      'simple.ozx': 'ome-zarr/zip/simple_0.5.zip',
    });
    await use(lab);
    lab.remove();
  },
  out: async ({ browserName: _ }, use) => {
    const out = mkdtempSync(join(tmpdir(), 'slipway-out-'));
    await use(out);
    rmSync(out, { recursive: true, force: true });
  },
  roots: async ({ lab, out }, use) => use([lab.root, out]),
});

test.skip(testData === null, 'real images lie in ../shared/data, which is not here');

test('files that belong together become one item, which is sent and saved as one ZIP', async ({
  page,
  lab,
  out,
}) => {
  test.setTimeout(120_000);
  const shell = new Shell(page);
  const files = new FilesPage(page);
  await new LibraryPage(page).makeSubmission('Items');
  await files.addFolder(lab.rootName, lab.name);
  await expect(shell.tab('Files')).toHaveAccessibleName(/^Files \d/);

  await test.step('a series is offered, not made, and made when it is asked for', async () => {
    await expect(files.row('movie/cells_mask_t1.tif')).toBeVisible();
    await shell.runAction('Find files that belong together…');
    const dialog = page.getByRole('dialog', { name: 'Files that belong together' });
    const offer = dialog.getByRole('checkbox', { name: /cells_mask_t\{t\}\.tif/ });
    await expect(offer).toBeChecked();
    await inspectScreen(page, 'the offer of items');
    await dialog.getByRole('button', { name: 'Make 1 item' }).click();
    await expect(dialog).toBeHidden();
    await expect(files.row('movie/cells_mask_t2.tif')).toHaveCount(0);
    await expect(files.row('movie/cells_mask_t{t}.tif')).toContainText('6 files');
    await expect(shell.tab('Files')).toHaveAccessibleName('Files 3');
  });

  await test.step('it is one row of six files, sent as one ZIP when a person says so', async () => {
    await shell.closeNotes();
    await files.row('movie/cells_mask_t{t}.tif').click();
    const { inspector } = files;
    await expect(inspector.getByRole('heading', { name: '6 files as one item' })).toBeVisible();
    await inspector.getByText('Files inside').click();
    await expect(inspector.getByText('cells_mask_t6.tif')).toBeVisible();
    await inspector.getByRole('combobox', { name: 'Send as' }).selectOption('One ZIP');
    await expect(inspector.getByRole('textbox', { name: 'Name at the archive' })).toHaveValue(
      'lab/movie/cells_mask.zip',
    );
    await shell.goTo('Send');
    await expect(shell.room('Send').getByText('1 item of 6 files as one ZIP')).toBeVisible();
    await shell.goTo('Files');
  });

  await test.step('an OME-Zarr is saved as one ZIP into a folder that a person picks', async () => {
    mkdirSync(join(out, 'zips'));
    await files.row('blobs.ome.zarr').click();
    await files.inspector.getByRole('button', { name: 'Save as ZIP…' }).click();
    const places = page.getByRole('dialog', { name: 'Choose a folder to write into' });
    await inspectScreen(page, 'the choice of a folder to write into');
    await places
      .getByRole('listitem')
      .getByRole('button', { name: basename(out), exact: true })
      .click();
    await places.getByRole('button', { name: 'Write into zips', exact: true }).click();
    await expect(shell.note('Wrote blobs.ome.zarr.zip into zips.')).toBeVisible();
    expect(readdirSync(join(out, 'zips'))).toEqual(['blobs.ome.zarr.zip']);
    const { error, status } = spawnSync('unzip', ['-tqq', join(out, 'zips', 'blobs.ome.zarr.zip')]);
    if (error === undefined) expect(status).toBe(0);
  });

  await test.step('a zipped OME-Zarr has a picture', async () => {
    await files.row('simple.ozx').click();
    await expect(files.inspector.getByRole('img')).toBeVisible();
  });

  await test.step('the item is parted, and put together again by undo', async () => {
    await shell.closeNotes();
    await files.row('movie/cells_mask_t{t}.tif').click();
    await files.inspector.getByRole('button', { name: 'Part the item' }).click();
    await expect(files.row('movie/cells_mask_t2.tif')).toBeVisible();
    await shell.note('6 files stand for themselves again.').getByRole('button', { name: 'Undo' }).click();
    await expect(files.row('movie/cells_mask_t2.tif')).toHaveCount(0);
  });
});
