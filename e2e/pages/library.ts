import { expect, type Locator, type Page } from '@playwright/test';

/** The library: the three doors of a first run, later the list of submissions. */
export class LibraryPage {
  readonly page: Page;
  readonly practiceDoor: Locator;
  readonly newDoor: Locator;
  readonly openDoor: Locator;
  readonly newDialog: Locator;

  constructor(page: Page) {
    this.page = page;
    const main = page.getByRole('main');
    this.practiceDoor = main.getByRole('button', { name: /^Practice with sample data/ });
    this.newDoor = main.getByRole('button', { name: /^New submission/ });
    this.openDoor = main.getByRole('button', { name: /^Open a file/ });
    this.newDialog = page.getByRole('dialog', { name: 'New submission' });
  }

  /** Makes a submission for the practice archive in the dialog and goes to its files. */
  async makeSubmission(title: string): Promise<void> {
    await this.newDoor.click();
    await this.newDialog.getByRole('textbox', { name: 'Title' }).fill(title);
    await expect(this.newDialog.getByRole('radio', { name: /^Practice archive/ })).toBeChecked();
    await this.newDialog.getByRole('button', { name: 'Make the submission' }).click();
    await expect(this.newDialog).toBeHidden();
  }

  row(words: string | RegExp): Locator {
    return this.page.getByRole('table').getByRole('row').filter({ hasText: words });
  }

  async open(title: string): Promise<void> {
    await this.page.getByRole('table').getByRole('link', { name: title }).click();
  }

  async act(title: string, action: string): Promise<void> {
    await this.page.getByRole('button', { name: `Actions for ${title}` }).click();
    await this.page.getByRole('menuitem', { name: action }).click();
  }
}
