import { expect, type Locator, type Page } from '@playwright/test';
import { literal } from './words.ts';

/** Check: what must, should or may be fixed, in groups of one cause. */
export class CheckPage {
  readonly page: Page;
  readonly room: Locator;
  readonly sentence: Locator;
  readonly fixDialog: Locator;

  constructor(page: Page) {
    this.page = page;
    this.room = page.getByRole('main', { name: 'Check' });
    this.sentence = this.room.getByRole('heading', { level: 2 });
    this.fixDialog = page.getByRole('dialog');
  }

  /** Waits until a check has ended and nothing was changed since. */
  checked(): Promise<void> {
    return this.#until(this.room.getByText(/^Checked /));
  }

  /** Waits until a check has found nothing that must be fixed, and the room says what will be sent. */
  ready(): Promise<void> {
    return this.#until(this.room.getByText(/will go to the/));
  }

  /** On a busy computer a check is not repeated by itself after every change: then it is asked for. */
  async #until(sign: Locator): Promise<void> {
    const changed = this.room.getByText('Something was changed since the last check.');
    const again = this.page.getByRole('button', { name: 'Check now' });
    await expect(async () => {
      if ((await changed.isVisible()) && (await again.isVisible())) await again.click({ timeout: 1000 });
      await expect(sign).toBeVisible({ timeout: 3000 });
    }).toPass({ timeout: 60_000 });
  }

  /** The card of a cause, by the words after its count. */
  group(title: string): Locator {
    return this.room.getByRole('article').filter({ has: this.toggle(title) });
  }

  toggle(title: string): Locator {
    return this.page.getByRole('button', { name: new RegExp(`^[\\d,]+ ?${literal(title)}$`) });
  }

  /** Opens a cause and gives the rows of its places. */
  async openGroup(title: string): Promise<Locator> {
    const toggle = this.toggle(title);
    if ((await toggle.getAttribute('aria-expanded')) !== 'true') await toggle.click();
    const list = this.group(title).getByRole('list', { name: /places:/ });
    await expect(list).toBeVisible();
    return list.getByRole('listitem');
  }

  /** Presses "Fix …" of a cause, again in the dialog that shows what will change, and waits until the cause is gone. */
  async fixAll(title: string): Promise<void> {
    const fix = this.group(title).getByRole('button', { name: /^(Fix|Leave) (it|out|all|\d)/ });
    // A list that a check has just renewed may move away under the pointer.
    await expect(async () => {
      if (!(await this.fixDialog.isVisible())) await fix.click({ timeout: 3000 });
      await expect(this.fixDialog).toBeVisible({ timeout: 2000 });
    }).toPass({ timeout: 30_000 });
    await this.fixDialog.getByRole('button', { name: /^(Fix|Leave) / }).click();
    await expect(this.fixDialog).toBeHidden();
    await expect(this.toggle(title)).toBeHidden();
  }
}
