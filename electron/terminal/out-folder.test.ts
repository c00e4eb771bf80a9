import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { outFolder } from './out-folder.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-out-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('makes what is missing and takes what is there', async () => {
  const deep = join(folder, 'a', 'b', 'c');
  expect(await outFolder(deep)).toBe(deep);
  expect(statSync(deep).isDirectory()).toBe(true);
  expect(await outFolder(deep)).toBe(deep);
});

test('a file in the way is said, and stays', async () => {
  writeFileSync(join(folder, 'file'), 'precious');
  await expect(outFolder(join(folder, 'file'))).rejects.toMatchObject({ code: 'no-out-folder' });
  await expect(outFolder(join(folder, 'file', 'below'))).rejects.toMatchObject({ code: 'no-out-folder' });
});

test.runIf(existsSync('/proc/self'))('a place where no folder can be made ends at once', async () => {
  await expect(outFolder('/proc/slipway')).rejects.toMatchObject({ code: 'no-out-folder' });
});
