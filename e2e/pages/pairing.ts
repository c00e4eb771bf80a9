import type { Locator, Page } from '@playwright/test';

/** The place where images and masks are paired: rules, what they found, what is left to decide, what has no partner. */
export class PairingPage {
  readonly page: Page;
  readonly dialog: Locator;
  readonly found: Locator;
  readonly suggestions: Locator;

  constructor(page: Page) {
    this.page = page;
    this.dialog = page.getByRole('dialog', { name: 'Pairing of images and masks' });
    this.found = this.dialog.getByRole('region', { name: 'What these rules find' });
    this.suggestions = this.dialog.getByRole('region', { name: 'Suggested rules' });
  }

  async open(): Promise<void> {
    await this.page.getByRole('button', { name: 'Pairing' }).click();
    await this.found.waitFor();
  }

  async goTo(tab: 'Rules' | 'Found' | 'To decide' | 'Without partner'): Promise<void> {
    await this.dialog.getByRole('tab', { name: tab }).click();
  }

  /** A row of the list in sight, by a path in it. */
  row(path: string): Locator {
    return this.dialog
      .getByRole('listitem')
      .filter({ has: this.page.getByTitle(path, { exact: true }) })
      .first();
  }

  /** One of the two patterns of a rule. */
  pattern(rule: number, side: 'Image' | 'Mask'): Locator {
    return this.dialog
      .getByRole('listitem')
      .filter({ has: this.page.getByRole('checkbox', { name: `Rule ${rule}`, exact: true }) })
      .getByRole('textbox', { name: side });
  }
}
