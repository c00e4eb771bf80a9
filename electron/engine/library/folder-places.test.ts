import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { editAnyEntries, entryPage } from './entries.ts';
import { FolderPlaces, top } from './folder-places.ts';
import { Slices } from './in-slices.ts';
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

async function below(folder: string, sourceId?: number): Promise<string[]> {
  const filter = { folder, ...(sourceId === undefined ? {} : { sourceId }) };
  const { rows, total, bytes } = await entryPage(file, { offset: 0, limit: 500, filter });
  expect(total).toBe(rows.length);
  expect(bytes).toBe(rows.reduce((sum, { size }) => sum + size, 0));
  return rows.map(({ path }) => path).sort();
}

const segment = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    'a b',
    'a-b',
    'a.b',
    'ä',
    '🔬',
    '%',
    '_',
    "'",
    '\\',
    '0',
    'constructor',
    '__proto__',
  ),
  fc.string({ minLength: 1, maxLength: 3 }).filter((text) => !/[/\0]/.test(text) && text.isWellFormed()),
);
const paths = fc.uniqueArray(
  fc.array(segment, { minLength: 1, maxLength: 4 }).map((names) => names.join('/')),
  { maxLength: 40 },
);

test('a folder holds what begins with its path and a slash, and nothing else, in the grid and in an edit', async () => {
  await fc.assert(
    fc.asyncProperty(paths, fc.nat(), async (all, which) => {
      file.run('DELETE FROM source');
      writeIndex(file, Object.fromEntries(all.map((path) => [path, 'image'] as const)));
      const folders = [...new Set(all.flatMap(foldersOf))];
      for (const folder of folders) {
        expect(await below(folder)).toEqual(all.filter((path) => path.startsWith(`${folder}/`)).sort());
      }
      const one = folders[which % Math.max(1, folders.length)] ?? 'none';
      const changed = await editAnyEntries(file, { folder: one }, { kind: 'other' });
      expect(changed).toBe(all.filter((path) => path.startsWith(`${one}/`)).length);
      expect(
        file
          .all<{ path: string }>("SELECT path FROM entry WHERE kind = 'other'")
          .map(({ path }) => path)
          .sort(),
      ).toEqual(await below(one));
    }),
    { numRuns: 60 },
  );
});

test('follows rows that come, move and leave, of the source that is meant', async () => {
  writeIndex(file, { 'a/1.tif': 'image', 'a/b/2.tif': 'image' }, '/data/one');
  writeIndex(file, { 'a/3.tif': 'image' }, '/data/two');
  expect(await below('a')).toEqual(['a/1.tif', 'a/3.tif', 'a/b/2.tif']);
  expect(await below('a', 2)).toEqual(['a/3.tif']);
  expect(await below('a/b', 2)).toEqual([]);
  writeIndex(file, { 'a/b/c/4.tif': 'image' }, '/data/two');
  expect(await below('a/b', 2)).toEqual(['a/b/c/4.tif']);
  file.run("UPDATE entry SET path = 'z/1.tif' WHERE path = 'a/1.tif'");
  file.run("DELETE FROM entry WHERE path = 'a/3.tif'");
  expect(await below('a')).toEqual(['a/b/2.tif', 'a/b/c/4.tif']);
  expect(await below('z', 1)).toEqual(['z/1.tif']);
});

test('numbers each folder after the one above it, also at the end of a thousand folders', async () => {
  const deep = Array.from({ length: 1000 }, (_, at) => `n${at}`).join('/');
  writeIndex(file, { [`${deep}/x.dat`]: 'other', 'n0/n1/y.czi': 'other', 'z.dat': 'other' });
  const places = new FolderPlaces(file);
  await places.readAll(new Slices());
  expect(places.count).toBe(1 + 1 + 1000);
  for (let folder = 1; folder < places.count; folder++) {
    expect(places.parents[folder]).toBeLessThan(folder);
  }
  const end = places.find(1, deep) ?? top;
  expect(places.name(end)).toBe('n999');
  expect(places.folders[1]).toBe(end);
  expect(places.folders[2]).toBe(places.find(1, 'n0/n1'));
  expect(places.folders[3]).toBe(places.find(1, ''));
  expect(places.find(1, `${deep}/more`)).toBeNull();
  expect(places.find(7, '')).toBeNull();
});

function foldersOf(path: string): string[] {
  const names = path.split('/').slice(0, -1);
  return names.map((_, at) => names.slice(0, at + 1).join('/'));
}
