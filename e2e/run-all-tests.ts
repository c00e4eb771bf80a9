import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ensureChromium } from './chromium.ts';

// `npm test`: the check, the tests beside the source and the end-to-end specs, counted together on the last line.

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const root = resolve(import.meta.dirname, '..');
const reports = mkdtempSync(join(tmpdir(), 'slipway-tests-'));

function run(program: string, args: readonly string[], env: Record<string, string> = {}): number {
  const script = join(root, 'node_modules', ...program.split('/'));
  const child = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return child.status ?? 1;
}

/** Reads a report; a suite that ended without one has failed as a whole. */
function report<T>(file: string): T | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    return null;
  }
}

const broken: Counts = { passed: 0, failed: 1, skipped: 0 };

function check(): Counts {
  const steps = [
    ['typescript/bin/tsc', '-b'],
    ['@biomejs/biome/bin/biome', 'check', '--error-on-warnings'],
  ] as const;
  const failed = steps.filter(([program, ...args]) => run(program, args) !== 0).length;
  return { passed: steps.length - failed, failed, skipped: 0 };
}

function unit(): Counts {
  const file = join(reports, 'unit.json');
  const status = run('vitest/vitest.mjs', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  const result = report<{
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numTodoTests: number;
  }>(file);
  if (!result) return broken;
  // A suite that fails to load counts no test, yet the run has failed.
  const failed = status !== 0 ? Math.max(1, result.numFailedTests) : result.numFailedTests;
  return { passed: result.numPassedTests, failed, skipped: result.numPendingTests + result.numTodoTests };
}

function e2e(): Counts {
  const file = join(reports, 'e2e.json');
  const status = run(
    '@playwright/test/cli.js',
    ['test', '--config=e2e/playwright.config.ts', '--reporter=list,json'],
    {
      PLAYWRIGHT_JSON_OUTPUT_NAME: file,
      CHROMIUM_PATH: ensureChromium(),
    },
  );
  const stats = report<{ stats: { expected: number; unexpected: number; flaky: number; skipped: number } }>(
    file,
  )?.stats;
  if (!stats) return broken;
  if (stats.flaky > 0) console.log(`e2e: ${stats.flaky} passed at the second try only; look at them above`);
  return {
    passed: stats.expected + stats.flaky,
    failed: status !== 0 ? Math.max(1, stats.unexpected) : stats.unexpected,
    skipped: stats.skipped,
  };
}

const suites = { check, unit, e2e };
const only = process.argv[process.argv.indexOf('--only') + 1];
const chosen = Object.entries(suites).filter(([name]) => !process.argv.includes('--only') || name === only);
const counts = chosen.map(([name, suite]) => {
  const count = suite();
  console.log(`${name}: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
  return count;
});
rmSync(reports, { recursive: true });
const sum = (key: keyof Counts) => counts.reduce((total, count) => total + count[key], 0);
process.exitCode = sum('failed') > 0 || sum('passed') === 0 ? 1 : 0;
console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
