import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newSubmissionFile, temporaryFolder, writeFiles } from '../../engine/library/test-support.ts';
import { runCli } from '../cli.fixture.ts';

let home: ReturnType<typeof temporaryFolder>;
let data: string;
let path: string;
const cli = (...args: string[]) => runCli(home.folder, args);

beforeEach(async () => {
  home = temporaryFolder();
  data = join(home.folder, 'lab');
  mkdirSync(data);
  writeFiles(data, { 'a.tif': 'image a', 'b.tif': 'image b', 'x.tmp': 'half', '.DS_Store': '' });
  symlinkSync('a.tif', join(data, 'link.tif'));
  const file = newSubmissionFile(home.folder);
  path = file.path;
  file.close();
  const { code, out } = await cli('add', path, data);
  expect(code).toBe(0);
  expect(out).toContain('3 files, 18 B (3 new); 2 skipped; 0 pairs');
});
afterEach(() => home.remove());

test('scan says what is new, changed, gone and renamed, and status does too', async () => {
  renameSync(join(data, 'a.tif'), join(data, 'first.tif'));
  rmSync(join(data, 'b.tif'));
  writeFiles(data, { 'c.tif': 'image c', 'x.tmp': 'more than half' });
  const { code, out } = await cli('scan', path);
  expect(code).toBe(0);
  expect(out.trimEnd().split('\n')).toEqual([
    '3 files, 28 B (1 new, 1 changed, 1 gone, 1 renamed); 2 skipped; 0 pairs of image and mask.',
    `${data}: 3 files; 1 new, 1 changed, 1 gone, 1 renamed; 2 skipped`,
    '  + new  c.tif',
    '  ~ changed  x.tmp',
    '  - gone  b.tif',
    '  > renamed  a.tif → first.tif',
  ]);
  expect((await cli('status', path)).out).toContain('1 new, 1 changed, 1 gone, 1 renamed');
  const { json } = await cli('scan', path, '--json');
  expect(json).toMatchObject({ added: 0, changes: [], sources: [{ report: { gone: 0 } }] });
});

test('scan follows links when told, and holds back what was just written', async () => {
  const { json } = await cli('scan', path, '--links', 'inside', '--settle', '0', '--json');
  expect(json).toMatchObject({ files: 4, skipped: 1, held: 0, sources: [{ links: 'inside' }] });
  expect((await cli('scan', path, '--links', 'some')).code).toBe(2);
  expect((await cli('scan', path, '--settle', 'soon')).code).toBe(2);
});

test('skip shows the rules, changes them and looks again', async () => {
  const added = await cli('skip', path, '--add', '*.tmp', '--off', 'system', '--off', 'hidden', '--paths');
  expect(added.out).toMatch(/✓ {2}1 skipped .*\*\.tmp/);
  expect(added.out).toMatch(/· {2}off .*DS_Store/);
  expect(added.out).toContain('- x.tmp: by the rule *.tmp');
  expect(added.out).toContain('- link.tif: a link to a file');
  const { json } = await cli('skip', path, '--remove', '*.tmp', '--defaults', '--json');
  expect(json).toMatchObject({ problem: { code: 'unknown-skip-rule' } });
  expect((await cli('skip', path, '--defaults', '--json')).json).toMatchObject({ changed: true, skipped: 2 });
  expect((await cli('skip', path, '--add', '*')).code).toBe(1);
});
