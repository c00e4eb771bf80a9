import { afterEach, beforeEach, expect, test } from 'vitest';
import { newSubmissionFile, temporaryFolder, writeIndex } from '../../engine/library/test-support.ts';
import { runCli } from '../cli.fixture.ts';

let home: ReturnType<typeof temporaryFolder>;
let path: string;

beforeEach(() => {
  home = temporaryFolder();
  const file = newSubmissionFile(home.folder);
  const many = Array.from({ length: 20 }, (_, at) => `wells/w${at}/x.tif`);
  writeIndex(file, {
    'plates/p1/a.tif': 'image',
    'plates/p1/deep/b.tif': 'mask',
    'notes.txt': 'other',
    ...Object.fromEntries(many.map((one) => [one, 'image' as const])),
  });
  file.run("UPDATE entry SET size = 5e9 WHERE path LIKE 'plates/%'");
  file.run("INSERT INTO skipped (source_id, path, reason) VALUES (1, '.DS_Store', 'a system file')");
  path = file.path;
  file.close();
});
afterEach(() => home.remove());

test('lists folders by size down to a depth, and counts those it does not name', async () => {
  const { out, code } = await runCli(home.folder, ['tree', path, '--depth', '3']);
  expect(code).toBe(0);
  const lines = out.trimEnd().split('\n');
  expect(lines[0]).toBe('10 GB in 23 files');
  expect(lines[1]).toMatch(/^ {2}10 GB {2}█{10} +23 files {2}\/data\/set$/);
  expect(lines.slice(2, 4).map((line) => line.replace(/.* files?/, ''))).toEqual(['    plates', '      p1']);
  expect(lines[4]).toContain('wells');
  expect(lines.at(-1)).toMatch(/^ +… and 5 more folders$/);
  expect(lines).toHaveLength(5 + 15 + 1);
});

test('gives all of it as data', async () => {
  const { json } = await runCli(home.folder, ['tree', path, '--depth', '9', '--json']);
  expect(json).toMatchObject({
    files: 23,
    folders: [
      {
        name: '/data/set',
        folders: [
          { name: 'plates', folders: [{ name: 'p1', files: 2, folders: [{ name: 'deep', files: 1 }] }] },
          { name: 'wells', files: 20, more: 0 },
        ],
      },
    ],
  });
  const { code, err } = await runCli(home.folder, ['tree', path, '--depth', 'all']);
  expect([code, err]).toEqual([2, expect.stringContaining('--depth takes a number')]);
});

test('status tells kinds and what was skipped', async () => {
  const { out } = await runCli(home.folder, ['status', path]);
  expect(out).toContain('Kinds: 21 images (5.0 GB), 1 mask (5.0 GB), 1 other (9 B)');
  expect(out).toContain('Skipped: 1 (a system file)');
});
