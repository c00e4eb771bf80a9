import { expect, type Locator, type Page } from '@playwright/test';

/** Describe: the sections and their fields. */
export class DescribePage {
  readonly page: Page;
  readonly room: Locator;
  readonly sections: Locator;
  readonly stillToDo: Locator;

  constructor(page: Page) {
    this.page = page;
    this.room = page.getByRole('main', { name: 'Describe' });
    this.sections = this.room.getByRole('navigation', { name: 'Sections' });
    this.stillToDo = this.room.getByRole('region', { name: 'Still to do' });
  }

  async openSection(title: string): Promise<void> {
    await this.sections.getByRole('link', { name: new RegExp(`^${title}`) }).click();
    await expect(this.heading(title)).toBeVisible();
  }

  heading(title: string): Locator {
    return this.room.getByRole('heading', { name: title, level: 2, exact: true });
  }

  field(label: string): Locator {
    return this.room.getByRole('textbox', { name: new RegExp(`^${label}`) });
  }

  /** Fills the description from a JSON file, as a template would be. */
  async fillFrom(json: unknown): Promise<void> {
    await this.page.getByRole('button', { name: 'Fill from' }).click();
    const choosing = this.page.waitForEvent('filechooser');
    await this.page.getByRole('menuitem', { name: 'A template or JSON file' }).click();
    await (await choosing).setFiles({
      name: 'description.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(json)),
    });
    await expect(this.stillToDo.getByRole('heading', { name: 'Nothing is missing' })).toBeVisible();
  }

  /** Goes on with the Tab key until what has the focus bears a name; fails when it is not among the next few. */
  async tabTo(
    name: RegExp,
    role: 'textbox' | 'combobox' | 'link' | 'button' = 'textbox',
    most = 12,
  ): Promise<void> {
    const target = this.room.getByRole(role, { name });
    for (let step = 0; step < most; step++) {
      await this.page.keyboard.press('Tab');
      if (await target.evaluateAll((all) => all.some((one) => one === document.activeElement))) return;
    }
    const focused = await this.page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200) ?? '');
    throw new Error(`Tab did not reach ${role} ${name} in ${most} steps; the focus is on ${focused}`);
  }
}
