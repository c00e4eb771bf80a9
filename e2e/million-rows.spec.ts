import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { makeIndex } from './benchmarks/grid-index.ts';
import { expect, test } from './fixtures.ts';
import { FilesPage } from './pages/files.ts';
import { LibraryPage } from './pages/library.ts';
import { Shell } from './pages/shell.ts';

const ROWS = 1_000_000;
/** Paths of the index by {@link makeIndex}: the first and the last of all, and of those in the folder edited. */
const first = 'plate-000/images/well-0000/field_0000000.tif';
const last = 'plate-049/masks/well-0099/field_0499999_mask.png';
/** In the paths of a tenth of them. */
const tenth = 'well-000';
const lastTenth = 'plate-049/masks/well-0009/field_0490999_mask.png';
/** Most that the window's own objects may take, in bytes: pages of rows, not a million. */
const MOST_HEAP = 60e6;

test('a million files: to the end, narrowed, sorted, a hundred thousand changed at once and back', async ({
  page,
  slipway,
}) => {
  test.setTimeout(300_000);
  const shell = new Shell(page);
  const files = new FilesPage(page);
  const library = new LibraryPage(page);
  const count = files.room.getByRole('search').getByText(/items?, /);
  const grid = files.grid;
  const head = (title: string) => grid.getByRole('columnheader', { name: title });

  await test.step('a submission of a million indexed files is opened', async () => {
    makeIndex(join(slipway.home, 'Million.slipway'), ROWS);
    await page.reload();
    await library.open('Grid');
    await expect(grid).toHaveAttribute('aria-rowcount', String(ROWS + 1), { timeout: 60_000 });
    await expect(files.row(first)).toBeVisible();
  });

  await test.step('the last of them is reached', async () => {
    await grid.focus();
    await page.keyboard.press('Control+End');
    await expect(files.row(last)).toBeVisible();
    await page.keyboard.press('Control+Home');
    await expect(files.row(first)).toBeVisible();
    await grid.evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
    await expect(files.row(last)).toBeVisible();
  });

  await test.step('a tenth of them is found, and sorted', async () => {
    await files.room.getByRole('searchbox', { name: 'Search in paths' }).fill(tenth);
    await expect(count).toHaveText(/^100,000 items/);
    await expect(grid).toHaveAttribute('aria-rowcount', String(ROWS / 10 + 1));
    await head('Path').getByText('Path').click();
    await expect(head('Path')).toHaveAttribute('aria-sort', 'descending');
    await expect(files.row(lastTenth)).toBeVisible();
  });

  await test.step('all of these are given a type at once, which is seen', async () => {
    await grid.press('Control+a');
    const bulk = page.getByRole('region', { name: 'Change what is selected' });
    await expect(bulk.getByRole('status')).toHaveText('100,000 selected');
    await bulk.getByRole('button', { name: 'Annotation type' }).click();
    await page.getByRole('menuitem', { name: 'Class labels' }).click();
    await expect(shell.note('Type is class labels: 100,000 files.')).toBeVisible();
    await expect(await files.cell(lastTenth, 'Annotation Type')).toHaveText('Class labels');
  });

  await test.step('and is taken back', async () => {
    await shell.note('Type is class labels').getByRole('button', { name: 'Undo' }).click();
    await expect(shell.note('Undone: ')).toBeVisible();
    await expect(await files.cell(lastTenth, 'Annotation Type')).toHaveText('');
    await shell.saved();
  });

  await test.step('the window holds rows for the eye, not for the index', async () => {
    const { JSHeapUsedSize = Number.NaN } = await heapOf(page);
    expect(JSHeapUsedSize).toBeLessThan(MOST_HEAP);
  });
});

/** What the window's own objects take, after the ones not needed any more are let go. */
async function heapOf(page: Page): Promise<Record<string, number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}
