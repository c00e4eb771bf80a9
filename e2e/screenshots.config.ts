import { defineConfig } from '@playwright/test';
import config from './playwright.config.ts';

/** Takes the pictures of the README; no part of the tests. `npx playwright test --config=e2e/screenshots.config.ts` */
export default defineConfig({
  ...config,
  testMatch: 'take-screenshots.ts',
  timeout: 300_000,
  expect: { timeout: 30_000 },
});
