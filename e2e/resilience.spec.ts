import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Page } from '@playwright/test';
import { readRequestLog } from '../electron/engine/practice/request-log.ts';
import { canvasFacts } from './canvas-pixels.ts';
import { expect, test } from './fixtures.ts';
import { inspectScreen } from './inspect-screen.ts';
import { makeLabFolder } from './lab-folder.ts';
import type { RunningSlipway } from './launchers/browser-entry.ts';
import { CheckPage } from './pages/check.ts';
import { DescribePage } from './pages/describe.ts';
import { FilesPage } from './pages/files.ts';
import { LibraryPage } from './pages/library.ts';
import { LookPage } from './pages/look.ts';
import { SendPage } from './pages/send.ts';
import { Shell } from './pages/shell.ts';
import { prepareToSend } from './practice-run.ts';
import { testData } from './test-data.ts';

/** Fails when the archive stored a file more than once; gives the number of files it stored. */
async function storedOnce(slipway: RunningSlipway): Promise<number> {
  const lines = await readRequestLog(join(slipway.home, 'Practice archive'));
  const stored = lines.flatMap((line) =>
    line.what === 'upload' && line.outcome === 'stored' ? [line.path] : [],
  );
  expect(stored.toSorted()).toEqual([...new Set(stored)].toSorted());
  return stored.filter((path) => path.includes('Nuclei samples')).length;
}

test('a reload in the middle of an upload joins it; a pause rests and a resume goes on', async ({
  page,
  slipway,
}) => {
  const send = await prepareToSend(page);
  await send.orderTrouble('The archive falls silent');
  await send.act('Send 6 files');
  await expect(send.heading('Sending')).toBeVisible();
  await send.confirmed('5 of 6 files');

  await page.reload();
  await expect(send.heading('Sending')).toBeVisible();
  await send.confirmed('5 of 6 files');

  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(send.heading('Sending rests')).toBeVisible();
  await send.act('Resume');
  await send.arrived();
  expect(await storedOnce(slipway)).toBe(6);
});

test('an engine killed in the middle of an upload comes back: what was typed is there, nothing goes twice', async ({
  page,
  context,
  slipway,
  consoleWatch,
}) => {
  consoleWatch.expect(/WebSocket connection to .* failed/, /net::ERR_CONNECTION_REFUSED/);
  const shell = new Shell(page);
  const describe = new DescribePage(page);
  const send = await prepareToSend(page);
  await send.orderTrouble('The archive falls silent');
  await send.act('Send 6 files');
  await send.confirmed('5 of 6 files');
  await shell.goTo('Describe');
  await describe.field('Acknowledgements').fill('Typed before the crash.');
  await shell.saved();

  await slipway.kill();
  await expect(shell.connectionBar).toContainText('open the address it prints and this window goes on too');
  await describe.field('Acknowledgements').fill('Typed before the crash. And after it.');
  await expect(shell.savedMark).not.toHaveText('Saved');

  await slipway.startAgain();
  // The new process knows nobody yet: its address, opened once, lets every window of this browser in again.
  const other = await context.newPage();
  await other.goto(slipway.address());
  await other.close();
  await expect(shell.connectionBar).toBeHidden({ timeout: 30_000 });
  await shell.saved();
  await expect(describe.field('Acknowledgements')).toHaveValue('Typed before the crash. And after it.');

  await shell.goTo('Check');
  await new CheckPage(page).checked();
  await shell.goTo('Send');
  await expect(send.heading('Sending rests')).toBeVisible();
  await send.confirmed('5 of 6 files');
  await send.signIn();
  await send.act('Resume');
  await send.arrived();
  expect(await storedOnce(slipway)).toBe(6);

  await page.reload();
  await shell.goTo('Describe');
  await expect(describe.field('Acknowledgements')).toHaveValue('Typed before the crash. And after it.');
});

test('what is said to be saved is there after a kill', async ({ page, slipway, consoleWatch }) => {
  consoleWatch.expect(/WebSocket connection to .* failed/, /net::ERR_CONNECTION_REFUSED/);
  const library = new LibraryPage(page);
  const describe = new DescribePage(page);
  const shell = new Shell(page);
  await library.makeSubmission('Kept whatever happens to the engine');
  await shell.goTo('Describe');
  await describe.field('Description').pressSequentially('Every word of it, up to the last one.');
  await expect(describe.field('Description')).toHaveValue('Every word of it, up to the last one.');
  await shell.saved();
  await slipway.kill();
  await expect(shell.connectionBar).toBeVisible();
  await inspectScreen(page, 'Describe, while the engine is gone');
  // A room that was never opened is there all the same, and the one with the text is not lost by going away.
  await shell.goTo('Send');
  await expect(page.getByText('Slipway met a fault of its own here.')).toBeHidden();
  await shell.goTo('Describe');
  await expect(describe.field('Description')).toHaveValue('Every word of it, up to the last one.');

  await slipway.startAgain();
  await page.goto(slipway.address());
  await library.open('Kept whatever happens to the engine');
  await shell.goTo('Describe');
  await expect(describe.field('Description')).toHaveValue('Every word of it, up to the last one.');
});

test('two windows on one submission see what the other does', async ({
  page,
  browser,
  slipway,
  consoleWatch,
}) => {
  const other = await browser.newContext();
  await consoleWatch.follow(other);
  const secondPage = await other.newPage();
  await new LibraryPage(page).makeSubmission('A title from the first window');
  await secondPage.goto(slipway.address());
  await new LibraryPage(secondPage).open('A title from the first window');
  const [first, second] = [
    { shell: new Shell(page), describe: new DescribePage(page) },
    { shell: new Shell(secondPage), describe: new DescribePage(secondPage) },
  ];
  await first.shell.goTo('Describe');
  await second.shell.goTo('Describe');

  await first.describe.field('Title').fill('A title that the first window changed');
  await expect(second.describe.field('Title')).toHaveValue('A title that the first window changed');
  await expect(second.shell.title).toHaveText('A title that the first window changed');

  // One goes on typing while the other writes elsewhere: neither loses a letter.
  await second.describe.field('Acknowledgements').pressSequentially('Thanks to the first ');
  await first.describe.field('Description').fill('Written by the first window.');
  await expect(second.describe.field('Description')).toHaveValue('Written by the first window.');
  await second.describe.field('Acknowledgements').pressSequentially('window.');
  await expect(first.describe.field('Acknowledgements')).toHaveValue('Thanks to the first window.');
  await expect(second.describe.field('Acknowledgements')).toHaveValue('Thanks to the first window.');
  await other.close();
});

test('a wrong password is answered in words, and the right one still works', async ({ page }) => {
  await new LibraryPage(page).makeSubmission('A submission with a wrong password');
  const send = new SendPage(page);
  await new Shell(page).goTo('Send');
  const password = send.room.getByRole('textbox', { name: 'Password' });
  await expect(send.room.getByRole('textbox', { name: 'E-mail' })).toHaveValue(/@/);
  const right = await password.inputValue();
  await password.fill('not the password');
  await send.signInButton.click();
  await expect(send.room.getByRole('alert')).toContainText(/password/i);
  await password.fill(right);
  await send.signInButton.click();
  await expect(send.room.getByText('Signed in as')).toBeVisible();
});

test('a submission file from a newer version is a row that says so, and is not touched', async ({
  page,
  slipway,
  consoleWatch,
}) => {
  consoleWatch.expect(/WebSocket connection to .* failed/, /net::ERR_CONNECTION_REFUSED/);
  await new LibraryPage(page).makeSubmission('Made by this version of Slipway');
  await expect(new FilesPage(page).room.getByRole('heading', { level: 2 })).toBeVisible();
  await slipway.stop();
  const [made = ''] = readdirSync(slipway.home, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.slipway'))
    .map((name) => join(slipway.home, name));
  const newer = join(dirname(made), 'From the future.slipway');
  copyFileSync(made, newer);
  const db = new DatabaseSync(newer);
  db.exec('PRAGMA user_version = 9000');
  db.close();
  const bytes = readFileSync(newer);

  await slipway.startAgain();
  await page.goto(slipway.address());
  const row = new LibraryPage(page).row('From the future.slipway');
  await expect(row).toContainText('was written by a newer Slipway');
  await expect(row.getByRole('link')).toHaveCount(0);
  await expect(new LibraryPage(page).row('Made by this version of Slipway')).toBeVisible();
  await inspectScreen(page, 'library with a file from a newer version');
  expect(readFileSync(newer).equals(bytes)).toBe(true);
});

test.describe('images that readers break on', () => {
  const damaged = {
    'string_dimension.tiff': 'broken/string_dimension.tiff',
    'seek_too_large.tif': 'broken/seek_too_large.tif',
    'actk.ome.tiff': 'broken/actk.ome.tiff',
    'tiff_overflow_rows_per_strip.tif': 'broken/tiff_overflow_rows_per_strip.tif',
  };
  /** These end or hang the process of a usual reader, and are sound. */
  const dangerous = {
    'quad-lzw.tif': 'tiff/compression/quad-lzw.tif',
    'multipage_single_frame_loop.tiff': 'broken/multipage_single_frame_loop.tiff',
  };
  const withLab = test.extend({
    roots: async ({ browserName: _ }, use) => {
      const lab = makeLabFolder('lab', { ...damaged, ...dangerous, 'sound.tif': 'masks/stardist/img2d.tif' });
      await use([lab.root]);
      lab.remove();
    },
  });
  withLab.skip(testData === null, 'real images lie in ../shared/data, which is not here');

  withLab('each costs at most a message; the next one still opens', async ({ page, roots, consoleWatch }) => {
    consoleWatch.expect(/status of 4\d\d .*\/content\/(thumbnail|tile)\?/);
    const look = await lookAtLab(page, roots);
    const message = look.viewer.getByRole('alert');
    for (const name of Object.keys(damaged)) {
      await look.option(name).click();
      await expect(message).toContainText(`"${name}" is damaged.`);
      await look.lookAt('sound.tif');
      await expect(message).toBeHidden();
    }
    await look.lookAt('quad-lzw.tif');
    expect((await canvasFacts(look.picture)).colours, 'a photograph').toBeGreaterThan(1000);
    await look.lookAt('multipage_single_frame_loop.tiff');
    expect((await canvasFacts(look.picture)).colours, 'every pixel of it is 0').toBe(1);
  });

  withLab(
    'a decoder that dies is started again for the next image',
    async ({ page, roots, slipway, consoleWatch }) => {
      withLab.skip(!existsSync('/proc/self/task'), 'child processes are found by /proc, which is not here');
      consoleWatch.expect(/status of 4\d\d .*\/content\/(thumbnail|tile)\?/);
      const look = await lookAtLab(page, roots);
      await look.lookAt('sound.tif');
      const decoder = decoderOf(slipway.processId);
      process.kill(decoder, 'SIGKILL');
      await look.lookAt('quad-lzw.tif');
      expect((await canvasFacts(look.picture)).spread).toBeGreaterThan(10);
      expect(decoderOf(slipway.processId)).not.toBe(decoder);
      await look.lookAt('sound.tif');
      expect((await canvasFacts(look.picture)).spread).toBeGreaterThan(10);
    },
  );
});

async function lookAtLab(page: Page, roots: readonly string[]): Promise<LookPage> {
  await new LibraryPage(page).makeSubmission('Images that readers break on');
  await new FilesPage(page).addFolder(basename(roots[0] ?? ''), 'lab');
  await new Shell(page).goTo('Look');
  return new LookPage(page);
}

/** The process that decodes images for an engine (Linux, proc(5): /proc/PID/task/TID/children). */
function decoderOf(engine: number): number {
  const children = readFileSync(`/proc/${engine}/task/${engine}/children`, 'utf8').split(' ').filter(Boolean);
  const decoder = children.find((id) => readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('decoder'));
  if (decoder === undefined) throw new Error('The engine has no decoder process.');
  return Number(decoder);
}
