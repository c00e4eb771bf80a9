import { expect, type Locator, type Page } from '@playwright/test';

/** The cells of the Files room, walked and filled by keys as in a spreadsheet. */
export class GridCells {
  readonly page: Page;
  readonly grid: Locator;

  constructor(page: Page) {
    this.page = page;
    this.grid = page.getByRole('main', { name: 'Files' }).getByRole('grid', { name: 'Files' });
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** The cell or head that the cursor is in. */
  cursor(): Promise<Locator> {
    return this.grid.getAttribute('aria-activedescendant').then((id) => this.page.locator(`[id="${id}"]`));
  }

  /** Titles of the columns in sight, in order. */
  async titles(): Promise<readonly string[]> {
    return await this.grid
      .getByRole('columnheader')
      .evaluateAll((heads) =>
        heads
          .slice(1)
          .map((head) => (head.textContent ?? '').replace(/\* required by the archive$/, '').trim()),
      );
  }

  /** Walks to a cell by keys alone: down from the first row, right from the first column. */
  async walkTo(row: number, column: string): Promise<void> {
    await expect.poll(() => this.titles(), `there is a column ${column}`).toContain(column);
    const at = (await this.titles()).indexOf(column);
    await this.grid.focus();
    await this.press('Control+Home');
    for (let step = 0; step < row; step++) await this.press('ArrowDown');
    for (let step = 0; step < at; step++) await this.press('ArrowRight');
  }

  /** What stands in the cells of a column, of the rows in sight, as it is read out. */
  async column(title: string): Promise<readonly string[]> {
    const at = (await this.titles()).indexOf(title);
    const cells = this.grid.locator(`[role="gridcell"][data-column="${at}"]`);
    return await cells.evaluateAll((all) =>
      all.map((cell) => {
        const whole = cell.querySelector('[title]')?.getAttribute('title');
        return whole ?? cell.textContent ?? '';
      }),
    );
  }

  /** The chip of a filter that is on. */
  chip(words: string | RegExp): Locator {
    return this.page.getByRole('list', { name: 'Filters' }).getByRole('listitem').filter({ hasText: words });
  }

  /** Opens the menu in the head of a column by keys and chooses from it. */
  async chooseInHead(column: string, item: string): Promise<void> {
    await this.walkTo(0, column);
    await this.press('ArrowUp', 'Enter');
    const menu = this.page.getByRole('menu');
    await expect(menu).toBeVisible();
    await menu
      .getByRole('menuitem', { name: item })
      .or(menu.getByRole('menuitemcheckbox', { name: item }))
      .focus();
    await this.press('Enter');
  }
}
