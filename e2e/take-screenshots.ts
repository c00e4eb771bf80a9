import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import sharp from 'sharp';
import { drawScene } from '../electron/engine/samples/scene.ts';
import { writeTiff } from '../electron/engine/samples/tiff-writer.ts';
import { completeDescription } from './descriptions.ts';
import { startBrowserEntry } from './launchers/browser-entry.ts';
import { CheckPage } from './pages/check.ts';
import { DescribePage } from './pages/describe.ts';
import { FilesPage } from './pages/files.ts';
import { LibraryPage } from './pages/library.ts';
import { LookPage } from './pages/look.ts';
import { SendPage } from './pages/send.ts';
import { Shell } from './pages/shell.ts';

// Takes the pictures of the README (see screenshots.config.ts). Sample data only; the library is a new one.

const folder = resolve(import.meta.dirname, '..', 'resources', 'screenshots');
const mostBytes = 150_000;
// The folder's path is in the pictures, so it is one that could be anybody's.
const home = join(tmpdir(), 'Slipway');

/** Keeps a picture, with as many colours as fit the size a README may cost. */
async function keep(page: Page, name: string, pointer: 'away' | 'here' = 'away'): Promise<void> {
  await new Shell(page).closeNotes();
  if (pointer === 'away') await page.mouse.move(640, 799);
  const png = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  for (const quality of [100, 70, 60, 50, 40]) {
    const options = { palette: true, quality, effort: 10, compressionLevel: 9, dither: 0 } as const;
    const small = await sharp(png).png(options).toBuffer();
    if (small.length > mostBytes) continue;
    writeFileSync(join(folder, `${name}.png`), small);
    console.log(`${name}: ${small.length} bytes, quality ${quality}`);
    return;
  }
  throw new Error(`The picture ${name} does not fit ${mostBytes} bytes.`);
}

/** Stacks with empty masks, large enough that sending them can be watched; holes on the disk, not data. */
function makeLargeFolder(root: string): string {
  const target = join(root, 'Light-sheet hearts');
  for (const part of ['images', 'masks']) mkdirSync(join(target, part), { recursive: true });
  const image = writeTiff([drawScene(500, 96, 8).nuclei], '', 0.65);
  const mask = emptyTiff(6000, 4000);
  for (let index = 1; index <= 24; index++) {
    const name = `heart-${String(index).padStart(2, '0')}`;
    writeFileSync(join(target, 'images', `${name}.tif`), image);
    writeFileSync(join(target, 'masks', `${name}_mask.tif`), mask);
  }
  return target;
}

/** A grey 16-bit TIFF of nothing but zeros (TIFF 6.0, one uncompressed strip). */
function emptyTiff(width: number, height: number): Buffer {
  const tags = [
    [256, width],
    [257, height],
    [258, 16],
    [259, 1],
    [262, 1],
    [273, 256],
    [277, 1],
    [278, height],
    [279, width * height * 2],
  ] as const;
  const file = Buffer.alloc(256 + width * height * 2);
  file.write('II');
  file.writeUInt16LE(42, 2);
  file.writeUInt32LE(8, 4);
  file.writeUInt16LE(tags.length, 8);
  tags.forEach(([tag, value], at) => {
    file.writeUInt16LE(tag, 10 + at * 12);
    file.writeUInt16LE(4, 12 + at * 12);
    file.writeUInt32LE(1, 14 + at * 12);
    file.writeUInt32LE(value, 18 + at * 12);
  });
  return file;
}

async function takeAll(page: Page, root: string): Promise<void> {
  const shell = new Shell(page);
  const library = new LibraryPage(page);
  const files = new FilesPage(page);
  const look = new LookPage(page);
  const describe = new DescribePage(page);
  const check = new CheckPage(page);
  const send = new SendPage(page);

  await expect(library.practiceDoor).toBeVisible();
  await keep(page, 'first-run');
  await library.newDoor.click();
  await keep(page, 'new-submission');
  await page.keyboard.press('Escape');

  // Something that takes long enough to be watched.
  await library.makeSubmission('Nuclei of zebrafish hearts in light-sheet stacks');
  await files.addFolder(basename(root), 'Light-sheet hearts');
  await shell.goTo('Describe');
  await describe.fillFrom(completeDescription('Nuclei of zebrafish hearts in light-sheet stacks'));
  await shell.goTo('Check');
  await check.ready();
  await shell.goTo('Send');
  await send.signIn();
  await send.act('Send 24 files');
  await expect(send.progress).toHaveAttribute('aria-valuenow', /^[4-7]\d$/, { timeout: 60_000 });
  await keep(page, 'send-during');
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(send.heading('Sending rests')).toBeVisible();
  await shell.backToLibrary();

  await page.getByRole('button', { name: 'More ways to start' }).click();
  await page.getByRole('menuitem', { name: 'Practice with sample data' }).click();
  await expect(shell.tab('Files')).toHaveAccessibleName('Files 15');
  await shell.goTo('Check');
  await check.checked();
  await shell.goTo('Files');
  await files.inspect('masks/field-05 +drug_mask.tif');
  await expect(files.inspector.getByRole('img')).toBeVisible();
  await keep(page, 'files');

  await shell.goTo('Look');
  await look.lookAt('tissue.ome.zarr');
  await expect(look.panels.getByText(/labels on this plane/)).toBeVisible();
  await look.picture.click();
  await look.pointAt({ x: 297, y: 245 }, { width: 384, height: 384 });
  await expect(look.readout).toContainText('label');
  await keep(page, 'look', 'here');
  await page.emulateMedia({ colorScheme: 'dark' });
  await keep(page, 'look-dark', 'here');
  await page.emulateMedia({ colorScheme: 'light' });

  await shell.goTo('Describe');
  await describe
    .field('Description')
    .fill('Instance masks of nuclei in five fields and a stack, drawn by hand.');
  await shell.saved();
  await keep(page, 'describe');

  await shell.goTo('Check');
  await check.checked();
  await check.openGroup('name contains +');
  await keep(page, 'check');
  await page.emulateMedia({ colorScheme: 'dark' });
  await keep(page, 'check-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await check.fixAll('name contains +');
  await check.fixAll('mask has no image');
  await shell.goTo('Describe');
  await describe.fillFrom(completeDescription('Instance masks of nuclei, a practice run'));
  await shell.goTo('Check');
  await check.ready();
  await keep(page, 'check-ready');
  await shell.goTo('Send');
  await send.orderTrouble('The connection breaks', 'A wrong “failed” (502)');
  await keep(page, 'send');
  await send.act('Send 6 files');
  await send.arrived();
  await send.submit();
  await expect(send.room.getByRole('link', { name: 'As JSON' })).toBeVisible();
  await keep(page, 'send-deposited');

  await shell.backToLibrary();
  await library.makeSubmission('Calcium waves in organoids, revision 2');
  await shell.backToLibrary();
  await expect(library.row('Calcium waves')).toBeVisible();
  await keep(page, 'library');
}

test('pictures of every screen', async ({ page }) => {
  if (existsSync(home)) throw new Error(`${home} is there already; it would be in the pictures.`);
  mkdirSync(folder, { recursive: true });
  const root = mkdtempSync(join(tmpdir(), 'Microscopy-'));
  makeLargeFolder(root);
  const slipway = await startBrowserEntry([root], home);
  try {
    await page.goto(slipway.address());
    await takeAll(page, root);
  } finally {
    await slipway.stop();
    slipway.cleanUp();
    rmSync(root, { recursive: true, force: true });
  }
});
