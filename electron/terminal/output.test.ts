import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startCli } from './cli.fixture.ts';
import { printable, problemLines } from './output.ts';

describe('what the terminal shows', () => {
  test('exploit: a file name with control sequences cannot rewrite the screen', () => {
    expect(printable('a\u001b[2J\u001b]0;owned\u0007b.tif')).not.toContain('\u001b');
    expect(printable('x\rDone.tif')).not.toContain('\r');
    expect(printable('c1\u009b31m.tif')).not.toContain('\u009b');
  });

  test('ordinary names stay as they are', () => {
    expect(printable('Zellkerne µm 日本.tif')).toBe('Zellkerne µm 日本.tif');
  });

  test('a problem says what, why and what to do', () => {
    expect(problemLines({ code: 'x', message: 'What.', cause: 'Because.', advice: 'Do.' })).toEqual([
      'What.',
      '  Why: Because.',
      '  What to do: Do.',
    ]);
  });
});

test('a reader that goes away ends the program without a stack trace', async () => {
  const home = mkdtempSync(join(tmpdir(), 'slipway-reader-'));
  try {
    const child = startCli(home, ['help']);
    let err = '';
    child.stderr?.on('data', (chunk) => {
      err += String(chunk);
    });
    child.stdout?.destroy();
    const [code] = await once(child, 'close');
    expect(err).toBe('');
    expect(code).toBe(1);
  } finally {
    rmSync(home, { recursive: true });
  }
});
