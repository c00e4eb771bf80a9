import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FolderRow } from '../../../shared/contract/tree-calls.ts';
import type { EntryKind } from '../../../shared/model/entry.ts';
import { editEntries } from './entries.ts';
import { folderSpace } from './folder-space.ts';
import { folderSummary } from './folder-summary.ts';
import { FolderTree, nameKey } from './folder-tree.ts';
import type { SubmissionFile } from './submission-file.ts';
import { newSubmissionFile, temporaryFolder, writeIndex } from './test-support.ts';

let home: ReturnType<typeof temporaryFolder>;
let file: SubmissionFile;

beforeEach(() => {
  home = temporaryFolder();
  file = newSubmissionFile(home.folder);
});
afterEach(() => {
  file.close();
  home.remove();
});

interface Plain {
  readonly path: string;
  readonly kind: EntryKind;
  readonly size: number;
  readonly members: number;
  readonly finding: 'must' | 'should' | 'may' | null;
}

const segment = fc.oneof(
  fc.constantFrom('a', 'b', 'plate 2', 'plate 10', 'a-b', 'a.b', '%', '_', '\\', "'", '🔬', '0', '__proto__'),
  fc.string({ minLength: 1, maxLength: 3 }).filter((text) => !/[/\0]/.test(text) && text.isWellFormed()),
);
const plains = fc.uniqueArray(
  fc.record<Plain>({
    path: fc.array(segment, { minLength: 1, maxLength: 5 }).map((names) => names.join('/')),
    kind: fc.constantFrom<EntryKind>('image', 'mask', 'table', 'other'),
    size: fc.oneof(fc.constant(0), fc.nat({ max: 1e6 })),
    members: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 1000 })),
    finding: fc.constantFrom(null, null, 'must' as const, 'should' as const, 'may' as const),
  }),
  { maxLength: 60, selector: ({ path }) => path },
);

/** Puts rows into one source, with findings; returns the source. */
function fill(all: readonly Plain[], source = '/data/set'): number {
  writeIndex(file, Object.fromEntries(all.map(({ path, kind }) => [path, kind])), source);
  for (const { path, size, members, finding } of all) {
    const id = file.get<{ id: number }>('SELECT id FROM entry WHERE path = ?', path)?.id ?? 0;
    file.run('UPDATE entry SET size = ?, members = ? WHERE id = ?', size, members, id);
    if (finding === null) continue;
    file.run(
      `INSERT INTO finding (rule, level, entry_id, place, message) VALUES ('rule', ?, ?, '{}', 'm')`,
      finding,
      id,
    );
  }
  return file.get<{ id: number }>('SELECT id FROM source WHERE path = ?', source)?.id ?? 0;
}

/** What a folder's row should say, counted the plain way; '' is the source. */
function plainRow(all: readonly Plain[], folder: string): Omit<FolderRow, 'sourceId' | 'name'> {
  const below = folder === '' ? '' : `${folder}/`;
  const inside = all.filter(({ path }) => path.startsWith(below));
  const sum = (of: readonly Plain[], what: 'size' | 'members') => of.reduce((s, one) => s + one[what], 0);
  const kind = (name: EntryKind) => {
    const own = inside.filter((one) => one.kind === name);
    return { entries: own.length, bytes: sum(own, 'size') };
  };
  const withFinding = (level: Plain['finding']) => inside.filter(({ finding }) => finding === level).length;
  return {
    entries: inside.length,
    files: sum(inside, 'members'),
    bytes: sum(inside, 'size'),
    kinds: { image: kind('image'), mask: kind('mask'), table: kind('table'), other: kind('other') },
    findings: { must: withFinding('must'), should: withFinding('should'), may: withFinding('may') },
    hasFolders: inside.some(({ path }) => path.slice(below.length).includes('/')),
  };
}

function childNames(all: readonly Plain[], folder: string): string[] {
  const below = folder === '' ? '' : `${folder}/`;
  const names = all
    .filter(({ path }) => path.startsWith(below))
    .map(({ path }) => path.slice(below.length).split('/'))
    .flatMap(([first, ...rest]) => (first === undefined || rest.length === 0 ? [] : [first]));
  return [...new Set(names)].sort((a, b) => (nameKey(a) < nameKey(b) ? -1 : 1));
}

const listing = { filter: {}, sort: 'name', offset: 0, limit: 500 } as const;

/** Walks the whole tree and compares every folder with the plain count. */
async function expectTree(all: readonly Plain[], sourceId: number, filter = {}): Promise<void> {
  const tree = FolderTree.of(file);
  const open = [''];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    const { rows, total, whole } = await tree.children({ sourceId, folder }, { ...listing, filter });
    expect(whole).toMatchObject(plainRow(all, folder));
    expect(rows.map(({ name }) => name)).toEqual(childNames(all, folder));
    expect(total).toBe(rows.length);
    for (const row of rows) {
      const path = folder === '' ? row.name : `${folder}/${row.name}`;
      expect(row).toEqual({ sourceId, name: row.name, ...plainRow(all, path) });
      open.push(path);
    }
  }
}

describe('the folder tree', () => {
  test('says of every folder what a plain count says, whatever the filter and whatever happened before', async () => {
    await fc.assert(
      fc.asyncProperty(plains, plains, async (all, more) => {
        file.run('DELETE FROM source');
        const sourceId = fill(all);
        await expectTree(all, sourceId);
        const masks = all.filter(({ kind }) => kind === 'mask');
        await expectTree(masks, sourceId, { kind: 'mask' });
        const fresh = more.filter(({ path }) => !all.some((one) => one.path === path));
        fill(fresh);
        await expectTree([...all, ...fresh], sourceId);
      }),
      { numRuns: 80 },
    );
  });

  test('follows edits, rows that leave, and the removal of a source', async () => {
    const plain = { size: 10, members: 1, finding: null } as const;
    const sourceId = fill([
      { path: 'a/1.tif', kind: 'image', ...plain },
      { path: 'a/2.tif', kind: 'image', ...plain },
      { path: 'b/3.tif', kind: 'image', ...plain },
    ]);
    const kinds = async () =>
      (await FolderTree.of(file).children({ sourceId, folder: '' }, listing)).rows.map(({ name, kinds }) => [
        name,
        kinds.image.entries,
        kinds.mask.entries,
      ]);
    expect(await kinds()).toEqual([
      ['a', 2, 0],
      ['b', 1, 0],
    ]);
    editEntries(file, [2], { kind: 'mask' });
    expect(await kinds()).toEqual([
      ['a', 1, 1],
      ['b', 1, 0],
    ]);
    // What is gone fills no space, and does again when it is back.
    file.run("UPDATE entry SET state = 'vanished' WHERE path = 'a/1.tif'");
    expect(await kinds()).toEqual([
      ['a', 0, 1],
      ['b', 1, 0],
    ]);
    expect((await folderSummary(file, { sourceId, folder: '' }, {})).formats).toMatchObject([
      { entries: 2, bytes: 20 },
    ]);
    file.run("UPDATE entry SET state = 'present' WHERE path = 'a/1.tif'");
    file.run("DELETE FROM entry WHERE path LIKE 'a/%'");
    expect(await kinds()).toEqual([['b', 1, 0]]);
    file.run('DELETE FROM source');
    expect(await kinds()).toEqual([]);
  });

  test('begins with the sources, by their paths on disk; pages and sorts thousands of folders', async () => {
    const all = Array.from({ length: 9000 }, (_, at) => `p${at}/x.tif`);
    writeIndex(file, Object.fromEntries(all.map((path) => [path, 'image' as const])), '/data/z');
    writeIndex(file, { 'x.tif': 'image' }, '/data/a');
    const tree = FolderTree.of(file);
    const roots = await tree.children({ sourceId: null, folder: '' }, listing);
    expect(roots.rows.map(({ name, sourceId }) => [name, sourceId])).toEqual([
      ['/data/a', 2],
      ['/data/z', 1],
    ]);
    expect(roots.whole.entries).toBe(9001);
    const page = await tree.children({ sourceId: 1, folder: '' }, { ...listing, offset: 8998, limit: 5 });
    expect(page.total).toBe(9000);
    expect(page.rows.map(({ name }) => name)).toEqual(['p8998', 'p8999']);
    const holding = await tree.children(
      { sourceId: 1, folder: '' },
      { ...listing, limit: 100, holding: 'p4321' },
    );
    expect([holding.offset, holding.rows[21]?.name]).toEqual([4300, 'p4321']);
    file.run("UPDATE entry SET size = 1e6 WHERE path = 'p77/x.tif'");
    const largest = await tree.children({ sourceId: 1, folder: '' }, { ...listing, sort: 'bytes', limit: 2 });
    expect(largest.rows.map(({ name }) => name)).toEqual(['p77', 'p1000']);
  });

  test('says nothing of a folder that is not there', async () => {
    writeIndex(file, { 'a/x.tif': 'image' });
    const { total, whole } = await FolderTree.of(file).children({ sourceId: 1, folder: 'gone' }, listing);
    expect([total, whole.entries, whole.name]).toEqual([0, 0, 'gone']);
    expect(await folderSpace(file, { sourceId: 7, folder: '' }, { filter: {}, limit: 4, parts: 4 })).toEqual({
      bytes: 0,
      areas: [],
    });
  });
});

describe('the space map', () => {
  test('shows the largest of a folder and of each folder in it, and leaves nothing out', async () => {
    await fc.assert(
      fc.asyncProperty(
        plains,
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 0, max: 4 }),
        async (all, limit, parts) => {
          file.run('DELETE FROM source');
          const sourceId = fill(all);
          const { bytes, areas } = await folderSpace(
            file,
            { sourceId, folder: '' },
            { filter: {}, limit, parts },
          );
          expect(bytes).toBe(plainRow(all, '').bytes);
          for (const what of ['entries', 'files', 'bytes'] as const) {
            const sum = (of: readonly { [key in typeof what]: number }[]) =>
              of.reduce((s, one) => s + one[what], 0);
            expect(sum(areas)).toBe(plainRow(all, '')[what]);
            for (const area of areas.filter((one) => one.parts.length > 0))
              expect(sum(area.parts)).toBe(area[what]);
          }
          const direct = all.filter(({ path }) => !path.includes('/'));
          const sizes = [
            ...childNames(all, '').map((name) => plainRow(all, name).bytes),
            ...direct.map(({ size }) => size),
          ].sort((a, b) => b - a);
          const shown = areas.filter(({ what }) => what !== 'rest');
          expect(shown.map((area) => area.bytes)).toEqual(sizes.slice(0, limit));
          for (const area of shown) {
            if (area.what === 'folder') expect(area).toMatchObject({ bytes: plainRow(all, area.name).bytes });
            else expect(direct.find(({ path }) => path === area.name)?.size).toBe(area.bytes);
          }
        },
      ),
      { numRuns: 80 },
    );
  });
});

describe('the summary', () => {
  test('counts kinds, formats and what was skipped below a folder', async () => {
    const sourceId = fill([
      { path: 'a/1.tif', kind: 'image', size: 100, members: 1, finding: null },
      { path: 'a/b/2.tif', kind: 'mask', size: 50, members: 1, finding: 'must' },
      { path: 'c/3.CZI', kind: 'other', size: 70, members: 1, finding: null },
      { path: 'c/.hidden', kind: 'other', size: 7, members: 1, finding: null },
    ]);
    file.run("UPDATE entry SET format = 'unknown' WHERE path LIKE 'c/%'");
    const skip = (path: string, reason: string) =>
      file.run('INSERT INTO skipped (source_id, path, reason) VALUES (?, ?, ?)', sourceId, path, reason);
    skip('a/.DS_Store', 'a hidden file');
    skip('a/b/.DS_Store', 'a hidden file');
    skip('a0/x', 'a link');
    const all = await folderSummary(file, { sourceId: null, folder: '' }, {});
    expect(all.formats).toEqual([
      { format: 'tiff', entries: 2, bytes: 150 },
      { format: '.czi', entries: 1, bytes: 70 },
      { format: '', entries: 1, bytes: 7 },
    ]);
    expect(all.skipped).toEqual([
      { cause: '', reason: 'a hidden file', count: 2, examples: ['a/.DS_Store', 'a/b/.DS_Store'] },
      { cause: '', reason: 'a link', count: 1, examples: ['a0/x'] },
    ]);
    expect(all.whole.findings.must).toBe(1);
    const below = await folderSummary(file, { sourceId, folder: 'a' }, { kind: 'mask' });
    expect(below.formats).toEqual([{ format: 'tiff', entries: 1, bytes: 50 }]);
    expect(below.skipped.map(({ count }) => count)).toEqual([2]);
    expect(below.whole.kinds.mask).toEqual({ entries: 1, bytes: 50 });
  });
});
