import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['shared/**/*.test.ts', 'electron/**/*.test.ts', 'renderer/**/*.test.{ts,tsx}'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Many tests wait for servers, disks and clocks: two side by side take little more than half the time of one.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Kills and clocks meet a busy computer now and then; what passes at the second try only is marked in the report.
    retry: process.env.CI ? 1 : 0,
  },
});
