import { test as base, type Page } from '@playwright/test';
import { ConsoleWatch } from './console-watch.ts';
import { type RunningSlipway, startBrowserEntry } from './launchers/browser-entry.ts';

export { expect } from '@playwright/test';

interface Fixtures {
  /** Folders the window may show; set with `test.use`. */
  readonly roots: readonly string[];
  readonly consoleWatch: ConsoleWatch;
  /** A browser entry with a new, empty library of its own. */
  readonly slipway: RunningSlipway;
  /** A window of it, open at the library. */
  readonly page: Page;
}

/** Every spec gets its own Slipway and library, and fails when its window complains. */
export const test = base.extend<Fixtures>({
  roots: [[], { option: true }],
  consoleWatch: [
    async ({ context }, use) => {
      const watch = new ConsoleWatch();
      await watch.follow(context);
      await use(watch);
      base.expect(watch.complaints(), 'what the window complained about').toEqual([]);
    },
    { auto: true },
  ],
  slipway: async ({ roots }, use) => {
    const slipway = await startBrowserEntry(roots);
    await use(slipway);
    await slipway.kill();
    slipway.cleanUp();
  },
  page: async ({ page, slipway }, use) => {
    await page.goto(slipway.address());
    await use(page);
  },
});
