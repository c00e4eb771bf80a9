import { expect, type Locator, type Page } from '@playwright/test';

/** Files: the folders, the grid of what was found in them, and the inspector of one file. */
export class FilesPage {
  readonly page: Page;
  readonly room: Locator;
  readonly grid: Locator;
  readonly folders: Locator;
  readonly inspector: Locator;
  readonly placesDialog: Locator;
  readonly pairingDialog: Locator;

  constructor(page: Page) {
    this.page = page;
    this.room = page.getByRole('main', { name: 'Files' });
    this.grid = this.room.getByRole('grid', { name: 'Files' });
    this.folders = this.room.getByRole('region', { name: 'Folders' });
    this.inspector = this.room.getByRole('complementary', { name: 'the selected file' });
    this.placesDialog = page.getByRole('dialog', { name: 'Add a folder' });
    this.pairingDialog = page.getByRole('dialog', { name: 'Pairing of images and masks' });
  }

  /**
   * Adds a folder with the place chooser and waits until it was looked through.
   * @param steps names of the folders to open one after the other; the last is added
   */
  async addFolder(...steps: readonly string[]): Promise<void> {
    await this.beginFolder(...steps);
    await expect(this.folders).toContainText(/\d+ files?, .*seen/);
  }

  /** Adds a folder, which is then looked through. */
  async beginFolder(...steps: readonly string[]): Promise<void> {
    await this.page.getByRole('button', { name: 'Add folder' }).first().click();
    for (const name of steps.slice(0, -1)) {
      await this.placesDialog.getByRole('listitem').getByRole('button', { name, exact: true }).click();
      await expect(
        this.placesDialog.getByRole('navigation').getByRole('button', { name, exact: true }),
      ).toHaveAttribute('aria-current', 'page');
    }
    await this.placesDialog.getByRole('button', { name: `Add ${steps.at(-1)}`, exact: true }).click();
    await expect(this.placesDialog).toBeHidden();
  }

  /** The row of a file, by its path below the folder that was added. */
  row(path: string): Locator {
    return this.grid.getByRole('row').filter({ has: this.page.getByTitle(path, { exact: true }) });
  }

  /** A cell of a file, by the title of its column. */
  async cell(path: string, column: string): Promise<Locator> {
    const head = this.grid.getByRole('columnheader', { name: column });
    const at = await head.getAttribute('aria-colindex');
    return this.row(path).locator(`[aria-colindex="${at}"]`);
  }

  /** Selects a file and gives the inspector that tells about it. */
  async inspect(path: string): Promise<Locator> {
    await this.row(path).click();
    const name = path.slice(path.lastIndexOf('/') + 1);
    await expect(this.inspector.getByRole('heading', { name, level: 2 })).toBeVisible();
    return this.inspector;
  }

  /** Turns one of the common filters on or off. */
  async filter(title: string): Promise<void> {
    await this.room.getByRole('search').getByRole('button', { name: 'Filter', exact: true }).click();
    await this.page.getByRole('menuitemcheckbox', { name: title, exact: true }).click();
  }
}
