import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Page } from '@playwright/test';
import { buildWindow } from '../../../electron/build.ts';
import { ensureChromium } from '../../chromium.ts';
import { startBrowserEntry } from '../../launchers/browser-entry.ts';
import { FilesPage } from '../../pages/files.ts';
import { LibraryPage } from '../../pages/library.ts';
import { benchRow } from '../bench-row.ts';
import { trees } from '../scan/trees.ts';
import type { Work } from '../works.ts';
import { type LongestTask, watchTasks } from './main-thread.ts';

const A_MILLION = 1_000_000;
const HELD_MS = 50;
const ROOT = 'data';
const FOLDER = 'tree';

/** The real window in Chromium, in which somebody scrolls and sorts while a million files are scanned. */
export const work: Work = {
  about: 'how long the window is deaf while a million files are scanned and somebody scrolls and sorts',
  async run(bench) {
    const files = bench.files ?? A_MILLION;
    const root = join(bench.folder, ROOT);
    trees.wide(join(root, FOLDER), files);
    // Files that were written a moment ago are held back and looked at again.
    await sleep(4000);
    await buildWindow();
    const slipway = await startBrowserEntry([root], join(bench.folder, 'home'));
    const browser = await chromium.launch({
      executablePath: ensureChromium(),
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
    });
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      await page.goto(slipway.address());
      await new LibraryPage(page).makeSubmission('Bench');
      const ended = await watchTasks(browser, page);
      const moves = await scanAndMove(page);
      const held = await ended();
      const what = `while ${files.toLocaleString('en')} files are scanned`;
      bench.row(row(`window: longest task, ${what}`, held));
      bench.note(
        `${held.tasks} tasks, ${moves} moves; the longest task took ${Math.round(held.cpuMs)} ms of its thread, ` +
          `${Math.round(held.wallMs)} ms by the clock, in which other programs had the processor too`,
      );
    } finally {
      await browser.close();
      await slipway.kill();
    }
  },
};

function row(work: string, { cpuMs }: LongestTask) {
  return benchRow({ work, peer: `${HELD_MS} ms of its thread`, ratio: cpuMs / HELD_MS, reach: 1 });
}

/** Adds the folder, then scrolls, jumps and sorts until its scan has ended. Returns how often. */
async function scanAndMove(page: Page): Promise<number> {
  const files = new FilesPage(page);
  await files.beginFolder(ROOT, FOLDER);
  await files.grid.waitFor({ timeout: 120_000 });
  let moves = 0;
  const acts = [
    async () => page.mouse.wheel(0, 3000),
    () => page.mouse.wheel(0, -1000),
    () => files.grid.press('Control+End'),
    () => page.mouse.wheel(0, -5000),
    () => files.grid.press('Control+Home'),
    () => files.grid.getByRole('columnheader', { name: 'Path' }).getByText('Path').click(),
  ];
  await files.grid.hover();
  for (; !(await isScanned(files)); moves++) {
    await acts[moves % acts.length]?.();
    await sleep(200);
  }
  return moves;
}

async function isScanned(files: FilesPage): Promise<boolean> {
  return /\d+ files?, .*seen/.test(await files.folders.innerText());
}
