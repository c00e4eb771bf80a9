import type { BrowserContext, Page } from '@playwright/test';

/**
 * Listens to everything a window complains about: errors on its console, exceptions nobody caught, and what its
 * content policy refused. A spec names beforehand what it provokes; everything else is a fault.
 */
export class ConsoleWatch {
  readonly #complaints: string[] = [];
  #expected: readonly RegExp[] = [];

  /** Follows every window of a browser context, those opened later too. */
  async follow(context: BrowserContext): Promise<void> {
    await context.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) => {
        console.error(
          `Content policy: ${event.violatedDirective} refused ${event.blockedURI || event.sample || 'inline code'}`,
        );
      });
    });
    for (const page of context.pages()) this.#watch(page);
    context.on('page', (page) => this.#watch(page));
  }

  /** Complaints that the spec causes on purpose. */
  expect(...patterns: readonly RegExp[]): void {
    this.#expected = [...this.#expected, ...patterns];
  }

  /** Everything said that was not expected. */
  complaints(): string[] {
    return this.#complaints.filter((line) => !this.#expected.some((pattern) => pattern.test(line)));
  }

  #watch(page: Page): void {
    page.on('console', (message) => {
      if (message.type() !== 'error') return;
      const { url } = message.location();
      this.#complaints.push(`${message.text()}${url === '' ? '' : ` (${url})`}`);
    });
    page.on('pageerror', (error) => this.#complaints.push(`Uncaught: ${error.stack ?? error.message}`));
  }
}
