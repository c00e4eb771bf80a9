import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { writeFiles } from '../../engine/library/test-support.ts';
import { runCli } from '../cli.fixture.ts';

// Each step is a program of its own; on a busy machine starting them takes its time.
vi.setConfig({ testTimeout: 120_000 });

let home: string;
let file: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'slipway-pairs-'));
  file = join(home, 'pairs.slipway');
  const tiff = Uint8Array.from([73, 73, 42, 0, 8, 0, 0, 0, 0, 0, 0, 0]);
  const paths = [0, 1, 2].flatMap((n) => [`d/camera/im${n}.tif`, `d/annotation/00${n + 1}_roi.tif`]);
  writeFiles(
    home,
    Object.fromEntries(
      [...paths, 'd/b.tif', 'd/b_2_mask.tif', 'd/c.tif', 'd/c_mask.tif'].map((path) => [path, tiff]),
    ),
  );
  await runCli(home, ['create', file, '--destination', 'bia-annotations']);
  await runCli(home, ['add', file, join(home, 'd')]);
});
afterAll(() => rmSync(home, { recursive: true }));

const pairs = async (...args: string[]) => {
  const { code, out } = await runCli(home, ['pairs', file, ...args]);
  return { code, out };
};

test('pairs says what is paired, open and alone, takes a suggested rule and what a rule left open', async () => {
  const before = await pairs('--json');
  expect(before.code).toBe(1);
  expect(JSON.parse(before.out)).toMatchObject({
    paired: { total: 1 },
    open: { total: 1, rows: [{ maskPath: 'b_2_mask.tif', why: 'number' }] },
    masks: { total: 3 },
    images: { total: 4 },
    choiceKinds: [{ rule: 'longer-name', why: 'number', count: 1 }],
  });
  const suggested = await pairs('--suggest', '--json');
  expect(JSON.parse(suggested.out)).toMatchObject({ suggestions: [{ matches: 3, looked: 3 }] });
  const taken = await pairs('--accept', '1');
  expect(taken.out).toContain('there are 4 pairs now');
  const decided = await pairs('--accept', 'longer-name');
  expect(decided).toMatchObject({ code: 0 });
  expect(decided.out).toContain('Paired 1 mask with the likeliest image.');
  expect((await pairs('--list', 'paired')).out).toContain('b.tif\tb_2_mask.tif\tmanual\n');
});

test('pairs refuses what it does not know, with what there is', async () => {
  expect((await pairs('--list', 'all')).code).toBe(2);
  const wrong = await pairs('--accept', 'nobody', '--json');
  expect(wrong.code).toBe(1);
  expect(JSON.parse(wrong.out)).toMatchObject({ problem: { code: 'no-rule' } });
});
