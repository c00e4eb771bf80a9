import { expect, type Locator, type Page } from '@playwright/test';

export type RoomName = 'Files' | 'Look' | 'Describe' | 'Check' | 'Send';

/** What is around every room: the title, the five tabs, the mark that tells what is saved, short notes, all actions. */
export class Shell {
  readonly page: Page;
  /** The title of the submission. */
  readonly title: Locator;
  readonly savedMark: Locator;
  /** Says that the engine does not answer; not there while it does. */
  readonly connectionBar: Locator;
  readonly notes: Locator;

  constructor(page: Page) {
    this.page = page;
    this.title = page.getByRole('banner').getByRole('heading', { level: 1 });
    this.savedMark = page.getByRole('banner').getByRole('status');
    this.connectionBar = page
      .getByRole('alert')
      .filter({ hasText: 'The part of Slipway that does the work does not answer' });
    this.notes = page.getByRole('region', { name: /^Notes/ });
  }

  tab(name: RoomName): Locator {
    return this.page.getByRole('navigation', { name: 'Rooms of this submission' }).getByRole('link', {
      name: new RegExp(`^${name}`),
    });
  }

  room(name: RoomName): Locator {
    return this.page.getByRole('main', { name });
  }

  async goTo(name: RoomName): Promise<void> {
    await this.tab(name).click();
    await expect(this.tab(name)).toHaveAttribute('aria-current', 'page');
  }

  async backToLibrary(): Promise<void> {
    await this.page
      .getByRole('banner')
      .getByRole('link', { name: /^Slipway/ })
      .click();
  }

  /** A short note at the foot of the window, by its words. */
  note(words: string | RegExp): Locator {
    return this.notes.getByRole('listitem').filter({ hasText: words });
  }

  /** Closes all short notes, which may lie over what a spec wants to point at. */
  async closeNotes(): Promise<void> {
    const close = this.notes.getByRole('button', { name: 'Close this note' });
    while ((await close.count()) > 0) await close.first().click();
  }

  /** Waits until everything typed is on disk, as the header says. */
  async saved(): Promise<void> {
    await expect(this.savedMark).toHaveText('Saved');
  }

  async runAction(words: string): Promise<void> {
    await this.page.keyboard.press('Control+k');
    const palette = this.page.getByRole('dialog', { name: 'All actions' });
    await palette.getByRole('combobox').fill(words);
    await palette.getByRole('option', { name: words }).first().click();
    await expect(palette).toBeHidden();
  }

  async setAppearance(name: 'Light' | 'Dark' | 'High contrast'): Promise<void> {
    await this.page.getByRole('button', { name: 'Appearance' }).click();
    await this.page.getByRole('menuitemcheckbox', { name }).click();
  }
}
