import { readFileSync } from 'node:fs';
import type { Download } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { CheckPage } from './pages/check.ts';
import { GridCells } from './pages/grid.ts';
import { LibraryPage } from './pages/library.ts';
import { Shell } from './pages/shell.ts';

test.beforeEach(async ({ page, context }) => {
  test.setTimeout(240_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.setViewportSize({ width: 1920, height: 1080 });
  await new LibraryPage(page).practiceDoor.click();
  await expect(new Shell(page).tab('Files')).toHaveAccessibleName('Files 15');
});

test('cells are edited, filled down, copied, pasted, emptied and undone with the keyboard alone', async ({
  page,
}) => {
  const cells = new GridCells(page);
  const shell = new Shell(page);
  const source = () => cells.column('Source Image');
  const firstMask = 6;

  await test.step('typing begins an edit, Escape takes it back, Enter keeps it and goes down', async () => {
    await cells.walkTo(firstMask, 'Source Image');
    await page.keyboard.type('never mind');
    await cells.press('Escape');
    await expect(cells.grid).toBeFocused();
    await page.keyboard.type('raw/first.tif');
    await cells.press('Enter');
    await expect.poll(async () => (await source())[firstMask]).toBe('raw/first.tif');
    await expect(await cells.cursor()).toHaveAttribute('id', `entry-cell-${firstMask + 1}-7`);
  });

  await test.step('F2 goes on with what is there, Tab keeps it and goes on', async () => {
    await cells.press('ArrowUp', 'F2', 'End');
    await page.keyboard.type('f');
    await cells.press('Shift+Tab');
    await expect.poll(async () => (await source())[firstMask]).toBe('raw/first.tiff');
    await expect(await cells.cursor()).toHaveAttribute('id', `entry-cell-${firstMask}-6`);
  });

  await test.step('a term is chosen by typing its beginning; a wrong one says why and stays', async () => {
    await page.keyboard.type('se');
    await expect(page.getByRole('listbox').getByRole('option')).toHaveText(['Segmentation mask']);
    await cells.press('Enter');
    await expect
      .poll(async () => (await cells.column('Annotation Type'))[firstMask])
      .toBe('Segmentation mask');
    await page.keyboard.type('sculpture');
    await cells.press('Enter');
    await expect(page.getByRole('alert')).toContainText('is none of');
    await cells.press('Escape');
  });

  await test.step('a range is filled down, and that is one step', async () => {
    await cells.walkTo(firstMask, 'Source Image');
    await cells.press('Shift+ArrowDown', 'Shift+ArrowDown', 'Control+d');
    const filled = ['raw/first.tiff', 'raw/first.tiff', 'raw/first.tiff'];
    await expect.poll(async () => (await source()).slice(firstMask, firstMask + 3)).toEqual(filled);
    await cells.press('Control+z');
    await expect(shell.note(/^Undone: /)).toBeVisible();
    await expect.poll(async () => (await source())[firstMask + 1]).toMatch(/field-02\.tif$/);
    await cells.press('Control+Shift+z');
    await expect.poll(async () => (await source()).slice(firstMask, firstMask + 3)).toEqual(filled);
  });

  await test.step('a range is copied as a spreadsheet reads it, and a block with quotes is pasted', async () => {
    await cells.press('Control+c');
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(clipboard).toBe('raw/first.tiff\nraw/first.tiff\nraw/first.tiff\n');
    await page.evaluate(() =>
      navigator.clipboard.writeText('tracks\t"a ""b"".tif"\r\nclass_labels\tc.tif\r\n'),
    );
    await cells.walkTo(firstMask, 'Annotation Type');
    await cells.press('Control+v');
    await expect
      .poll(async () => (await source()).slice(firstMask, firstMask + 2))
      .toEqual(['a "b".tif', 'c.tif']);
    expect((await cells.column('Annotation Type')).slice(firstMask, firstMask + 2)).toEqual([
      'Tracks',
      'Class labels',
    ]);
  });

  await test.step('Delete empties; all that is selected takes a value at once', async () => {
    await cells.walkTo(firstMask, 'Annotation Type');
    await cells.press('Shift+ArrowDown', 'Delete');
    await expect
      .poll(async () => (await cells.column('Annotation Type')).slice(firstMask, firstMask + 2))
      .toEqual(['', '']);
    await cells.press('Control+a');
    await expect(page.getByRole('region', { name: 'Change what is selected' })).toContainText('15 selected');
    await page.keyboard.type('tracks');
    await cells.press('Control+Enter');
    await expect
      .poll(() => cells.column('Annotation Type'))
      .toEqual(Array.from({ length: 15 }, () => 'Tracks'));
    await cells.press('Control+z');
    await expect.poll(async () => (await cells.column('Annotation Type'))[0]).toBe('');
  });
});

test('columns are sorted, filtered, moved, widened, hidden, added, renamed and removed', async ({ page }) => {
  const cells = new GridCells(page);
  const shell = new Shell(page);
  const paths = () => cells.column('Path');

  await test.step('a head sorts three ways', async () => {
    await cells.walkTo(0, 'Size');
    const head = cells.grid.getByRole('columnheader', { name: /^Size/ });
    await cells.press('ArrowUp', 'Space');
    await expect(head).toHaveAttribute('aria-sort', 'descending');
    await expect.poll(async () => (await paths())[0]).toBe('images/field-05 +drug.tif');
    await cells.press('Space');
    await expect(head).toHaveAttribute('aria-sort', 'ascending');
    await expect.poll(async () => (await paths())[0]).toBe('README.txt');
    await cells.press('Space');
    await expect(head).toHaveAttribute('aria-sort', 'none');
  });

  await test.step('a head filters; the filter says how many and goes away', async () => {
    await cells.chooseInHead('Source Image', 'Filter…');
    const panel = page.getByRole('dialog', { name: 'Filter Source Image' });
    await panel.getByRole('textbox', { name: 'Text' }).fill('field-0');
    await cells.press('Enter');
    await expect(panel).toBeHidden();
    await expect(cells.chip('Source Image contains field-0')).toContainText('5');
    await expect(cells.grid).toHaveAttribute('aria-rowcount', '6');
    await page.getByRole('button', { name: 'Take away: Source Image contains field-0' }).click();
    await expect(cells.grid).toHaveAttribute('aria-rowcount', '16');
  });

  await test.step('a head is moved, made wider and hidden by keys, and stays so', async () => {
    await cells.walkTo(0, 'Kind');
    await cells.press('ArrowUp', 'Control+Shift+ArrowRight');
    await expect.poll(async () => (await cells.titles()).slice(0, 3)).toEqual(['Path', 'Size', 'Kind']);
    const head = cells.grid.getByRole('columnheader', { name: /^Kind/ });
    const before = (await head.boundingBox())?.width ?? 0;
    await cells.walkTo(0, 'Kind');
    await cells.press('ArrowUp', 'Shift+ArrowRight');
    await expect.poll(async () => (await head.boundingBox())?.width ?? 0).toBeGreaterThan(before + 20);
    await cells.chooseInHead('Send', 'Hide');
    await expect.poll(() => cells.titles()).not.toContain('Send');
    await page.reload();
    await expect.poll(async () => (await cells.titles()).slice(0, 3)).toEqual(['Path', 'Size', 'Kind']);
    expect(await cells.titles()).not.toContain('Send');
  });

  await test.step('a column of one’s own comes, is filled, renamed and removed, and comes back', async () => {
    await page.getByRole('button', { name: 'Columns' }).click();
    const panel = page.getByRole('dialog', { name: 'Columns' });
    await panel.getByRole('textbox', { name: 'Name of a new column' }).fill('Plate');
    await cells.press('Enter');
    await expect(panel.getByRole('checkbox', { name: /^Plate/ })).toBeChecked();
    await expectAccessible(page, 'columns', ['light']);
    await cells.press('Escape');
    await cells.walkTo(2, 'Plate');
    await page.keyboard.type('P-07');
    await cells.press('Enter');
    await expect.poll(async () => (await cells.column('Plate'))[2]).toBe('P-07');
    await cells.chooseInHead('Plate', 'Rename…');
    await page
      .getByRole('dialog', { name: 'Rename Plate' })
      .getByRole('textbox', { name: 'Name' })
      .fill('Well plate');
    await cells.press('Enter');
    await expect.poll(async () => (await cells.column('Well plate'))[2]).toBe('P-07');
    await cells.chooseInHead('Well plate', 'Remove with its cells');
    await expect(shell.note('Removed the column Well plate.')).toBeVisible();
    await expect.poll(() => cells.titles()).not.toContain('Well plate');
    await cells.press('Control+z');
    await expect.poll(async () => (await cells.column('Well plate'))[2]).toBe('P-07');
  });
});

test('the grid jumps, searches by typing, and is what assistive programs expect', async ({ page }) => {
  const cells = new GridCells(page);
  await cells.walkTo(0, 'Path');
  await page.keyboard.type('embryo');
  await expect.poll(async () => (await cells.cursor()).getAttribute('id')).toBe('entry-cell-12-0');
  await cells.press('Control+g');
  await expect(page.getByRole('searchbox', { name: 'Go to row or path' })).toBeFocused();
  await page.keyboard.type('9');
  await cells.press('Enter');
  await expect.poll(async () => (await cells.cursor()).getAttribute('id')).toBe('entry-cell-8-0');
  await expect(cells.grid).toBeFocused();
  await expect(cells.grid).toHaveAttribute('aria-rowcount', '16');
  await expect(cells.grid).toHaveAttribute('aria-colcount', String((await cells.titles()).length + 1));
  await cells.press('Shift+ArrowDown', 'Shift+ArrowRight');
  await expectAccessible(page, 'Files, a range');
  await cells.press('Escape', 'F2');
  await expect(page.getByRole('listbox')).toBeVisible();
  await expectAccessible(page, 'Files, an edit', ['light']);
  await cells.press('Escape', 'Tab');
  await expect(cells.grid).not.toBeFocused();
  await page.getByRole('button', { name: 'Import, export and keys' }).click();
  await page.getByRole('menuitem', { name: 'Keys of the grid…' }).click();
  await expect(page.getByRole('dialog', { name: 'Keys of the grid' })).toContainText('Ctrl D');
  await expectAccessible(page, 'keys of the grid', ['light']);
});

test('a table is imported with a report of rows that match no file, and exported again', async ({ page }) => {
  const cells = new GridCells(page);
  const shell = new Shell(page);
  const rows = [
    'File\tStain\tSource Image\tNobody wants this',
    'masks/field-01_mask.tif\tDAPI\traw/1.tif\tx',
    'masks/field-02_mask.tif\tGFP\traw/2.tif\tx',
    'masks/not-there.tif\tGFP\traw/3.tif\tx',
  ];
  await page.getByRole('button', { name: 'Import, export and keys' }).click();
  await page.getByRole('menuitem', { name: 'Import a table…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import a table' });
  await test.step('the file is chosen; what goes where is guessed and can be changed', async () => {
    await expectAccessible(page, 'import, empty', ['light']);
    const chooser = page.waitForEvent('filechooser');
    await dialog.getByRole('button', { name: 'Choose a file' }).click();
    await (await chooser).setFiles({
      name: 'cells.tsv',
      mimeType: 'text/plain',
      buffer: Buffer.from(rows.join('\n')),
    });
    await expect(dialog.getByRole('status').filter({ hasText: 'match' })).toContainText(
      '2 rows match · 1 match no file',
    );
    await expect(dialog.getByRole('combobox', { name: 'Where File goes' })).toHaveValue('path');
    await dialog.getByRole('combobox', { name: 'Where Stain goes' }).selectOption('New column “Stain”');
    await dialog.getByRole('combobox', { name: 'Where Nobody wants this goes' }).selectOption('Leave out');
    await expect(dialog).toContainText('4 cells of 2 files change.');
    await expectAccessible(page, 'import, mapping');
  });

  await test.step('it is one step; the report names the row that was left', async () => {
    await dialog.getByRole('button', { name: 'Import 2 rows' }).click();
    const report = page.getByRole('dialog', { name: 'Report of the import' });
    await expect(report.getByRole('listitem').filter({ hasText: 'not-there.tif' })).toBeVisible();
    await expectAccessible(page, 'report of an import', ['light']);
    const download = page.waitForEvent('download');
    await report.getByRole('button', { name: 'Save as TSV' }).click();
    expect(await readText(await download)).toContain('masks/not-there.tif');
    await report.getByRole('button', { name: 'Close', exact: true }).last().click();
    await expect.poll(async () => (await cells.column('Stain')).filter(Boolean)).toEqual(['DAPI', 'GFP']);
    await cells.grid.focus();
    await cells.press('Control+z');
    await expect(shell.note(/^Undone: /)).toBeVisible();
    await expect.poll(() => cells.titles()).not.toContain('Stain');
    await cells.press('Control+Shift+z');
    await expect.poll(() => cells.titles()).toContain('Stain');
  });

  await test.step('what the filter matches is exported with the columns chosen', async () => {
    await page.getByRole('searchbox', { name: 'Search in paths' }).fill('field-02');
    await expect(cells.grid).toHaveAttribute('aria-rowcount', '3');
    await page.getByRole('button', { name: 'Import, export and keys' }).click();
    await page.getByRole('menuitem', { name: 'Export as a table…' }).click();
    const panel = page.getByRole('dialog', { name: 'Export as a table' });
    await expect(panel.getByRole('combobox', { name: 'Files' })).toHaveValue('filter');
    await expectAccessible(page, 'export', ['light']);
    const download = page.waitForEvent('download');
    await panel.getByRole('button', { name: 'Save the table' }).click();
    const [head, ...lines] = (await readText(await download)).trimEnd().split(/\r?\n/);
    expect(head?.split('\t')).toEqual(expect.arrayContaining(['Path', 'Source Image', 'Stain']));
    expect(lines).toHaveLength(2);
    expect(lines.join('\n')).toContain('GFP');
  });
});

async function readText(download: Download): Promise<string> {
  return readFileSync(await download.path(), 'utf8');
}

test('the files of one finding are shown in the grid, from Check and from the head of the column', async ({
  page,
}) => {
  const cells = new GridCells(page);
  const shell = new Shell(page);
  const check = new CheckPage(page);
  await shell.goTo('Check');
  await check.checked();
  await check.openGroup('name contains +');
  await check.group('name contains +').getByRole('button', { name: 'Show this file in the grid' }).click();
  await expect(shell.tab('Files')).toHaveAttribute('aria-current', 'page');
  await expect(cells.chip('name contains +')).toContainText('1');
  await expect.poll(() => cells.column('Path')).toEqual(['masks/field-05 +drug_mask.tif']);
  await cells.chooseInHead('Findings', 'Filter…');
  const panel = page.getByRole('dialog', { name: 'Filter Findings' });
  await expect(panel.getByRole('radio', { name: 'name contains +' })).toBeChecked();
  await panel.getByRole('radio', { name: 'All' }).click();
  await expect(cells.grid).toHaveAttribute('aria-rowcount', '16');
});
