import { expect, type Locator, type Page } from '@playwright/test';
import { literal } from './words.ts';

/** Send: the plan, the transfer, the submission, the receipt. */
export class SendPage {
  readonly page: Page;
  readonly room: Locator;
  readonly nextStep: Locator;
  readonly signInButton: Locator;
  readonly submitDialog: Locator;
  readonly progress: Locator;

  constructor(page: Page) {
    this.page = page;
    this.room = page.getByRole('main', { name: 'Send' });
    this.nextStep = page.getByRole('region', { name: 'Next step' });
    this.signInButton = this.room.getByRole('button', { name: /^Sign in to / });
    this.submitDialog = page.getByRole('dialog', { name: /^Submit to / });
    this.progress = this.room.getByRole('progressbar', { name: 'Sent and confirmed' });
  }

  /** Signs in with the account the practice archive has ready. */
  async signIn(): Promise<void> {
    await expect(this.room.getByRole('textbox', { name: 'E-mail' })).toHaveValue(/@/);
    await this.signInButton.click();
    await expect(this.room.getByText('Signed in as')).toBeVisible();
  }

  /** Orders faults from the practice archive by their titles. */
  async orderTrouble(...titles: readonly string[]): Promise<void> {
    const box = (title: string) =>
      this.room.getByRole('checkbox', { name: new RegExp(`^${literal(title)}`) });
    if (!(await box(titles[0] ?? '').isVisible())) await this.room.getByText('Rehearse trouble').click();
    for (const title of titles) {
      await box(title).check();
      await expect(box(title)).toBeChecked();
    }
    await expect(this.room.getByText(`${titles.length} on order`)).toBeVisible();
  }

  heading(words: string | RegExp): Locator {
    return this.room.getByRole('heading', { name: words, level: 2 });
  }

  /** The one main button of the room, when nothing is in its way. */
  async act(name: string | RegExp): Promise<void> {
    const button = this.nextStep.getByRole('button', { name });
    await expect(button).not.toHaveAttribute('aria-disabled', 'true');
    await button.click();
  }

  /** Waits until so many files are confirmed, for example `5 of 6 files`. */
  async confirmed(words: string): Promise<void> {
    await expect(this.progress).toHaveAttribute('aria-valuetext', new RegExp(`${words} confirmed`));
  }

  async arrived(): Promise<void> {
    await expect(this.heading(/^Everything arrived/)).toBeVisible({ timeout: 60_000 });
  }

  /** Submits, confirms, and gives the accession. */
  async submit(): Promise<string> {
    await this.act(/^Submit to/);
    await this.submitDialog.getByRole('button', { name: 'Submit, for good' }).click();
    const accession = this.heading(/^S-/);
    await expect(accession).toBeVisible({ timeout: 60_000 });
    return (await accession.textContent()) ?? '';
  }

  /** Downloads something that the room links to and gives its name and content. */
  async download(link: string): Promise<{ name: string; text: string }> {
    const coming = this.page.waitForEvent('download');
    await this.room.getByRole('link', { name: link }).click();
    const download = await coming;
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk as Buffer));
    return { name: download.suggestedFilename(), text: Buffer.concat(chunks).toString('utf8') };
  }
}
