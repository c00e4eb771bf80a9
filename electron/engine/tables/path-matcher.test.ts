import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { editEntries } from '../library/entries.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { newSubmissionFile, temporaryFolder, writeIndex } from '../library/test-support.ts';
import { likenesses, likenessOf, type NamedEntry, pathKey } from './path-keys.ts';
import { PathMatcher } from './path-matcher.ts';

let remove: () => void;
let file: SubmissionFile;
beforeEach(() => {
  const made = temporaryFolder();
  remove = made.remove;
  file = newSubmissionFile(made.folder);
});
afterEach(() => {
  file.close();
  remove();
});

const meant = async (...texts: string[]) =>
  (await (await PathMatcher.of(file)).match(texts)).map((match) =>
    match.what === 'file' ? `${match.isExact ? '=' : '~'}${match.path}` : match.what,
  );

describe('which file a path of a table means', () => {
  it('is found by the ways people write paths, the surest first', async () => {
    writeIndex(file, { 'masks/a.tif': 'mask', 'masks/b.tif': 'mask', 'B.tif': 'mask' }, '/data/set');
    writeIndex(file, { 'c.tif': 'mask', 'Größe.tif': 'mask' }, '/lab/old/more');
    const [id = 0] = file
      .all<{ id: number }>("SELECT id FROM entry WHERE path = 'c.tif'")
      .map((row) => row.id);
    editEntries(file, [id], { remotePath: 'final/see.tif' });
    expect(await meant('masks/a.tif', 'set/masks/a.tif', 'final/see.tif', 'more/c.tif')).toEqual([
      '=set/masks/a.tif',
      '=set/masks/a.tif',
      '=more/c.tif',
      '=more/c.tif',
    ]);
    expect(
      await meant(
        './masks\\a.tif',
        '/data/set/masks/a.tif',
        'a.tif',
        'old/more/c.tif',
        'C:\\x\\set\\masks\\a.tif',
      ),
    ).toEqual([
      '~set/masks/a.tif',
      '~set/masks/a.tif',
      '~set/masks/a.tif',
      '~more/c.tif',
      '~set/masks/a.tif',
    ]);
    // Exactly there, though another is called alike.
    expect(await meant('B.tif', 'masks/b.tif', 'masks/B.tif')).toEqual([
      '=set/B.tif',
      '=set/masks/b.tif',
      '~set/masks/b.tif',
    ]);
    expect(await meant('MASKS/A.TIF', 'gro\u0308\u00dfe.tif')).toEqual([
      '~set/masks/a.tif',
      '~more/Größe.tif',
    ]);
    expect(await meant('', '/', 'a', 'other/a.tif', '../masks/a.tif', 'x.tif', 'masks')).toEqual(
      Array.from({ length: 7 }, () => 'none'),
    );
  });

  it('is none when two files are meant as surely', async () => {
    writeIndex(file, {
      'p/a.tif': 'mask',
      'q/a.tif': 'mask',
      'x/y.tif': 'mask',
      'Q/Z.tif': 'mask',
      'q/z.tif': 'mask',
    });
    writeIndex(file, { 'x/y.tif': 'mask' }, '/data/other');
    const matcher = await PathMatcher.of(file);
    expect(await meant('a.tif', 'x/y.tif', 'set/x/y.tif', 'Q/z.tif', 'q/z.tif')).toEqual([
      'several',
      'several',
      '=set/x/y.tif',
      'several',
      '=set/q/z.tif',
    ]);
    expect(await matcher.match(['a.tif'])).toEqual([
      { what: 'several', count: 2, paths: ['set/p/a.tif', 'set/q/a.tif'] },
    ]);
  });

  it('does not compare thousands of files of one name', async () => {
    const many = Array.from({ length: 500 }, (_, at) => [`d${at}/0`, 'other'] as const);
    writeIndex(file, Object.fromEntries(many));
    expect(await meant('0', 'd7/0')).toEqual(['several', '=set/d7/0']);
  });

  it('is suggested when none is: by name, and by neighbours', async () => {
    writeIndex(file, { 'p/cell_01.tif': 'mask', 'p/cell_02.tif': 'mask', 'q/other.tif': 'mask' });
    const matcher = await PathMatcher.of(file);
    expect(await matcher.near('elsewhere/cell_01.tif')).toEqual(['set/p/cell_01.tif']);
    expect(await matcher.near('p/cell_1.tif')).toEqual(['set/p/cell_02.tif']);
    expect(await matcher.near('')).toEqual([]);
  });

  it('is what comparing with every file says, for any files and any paths', async () => {
    const part = fc.constantFrom('a', 'A', 'b', 'é', 'e\u0301', 'set', 'z.zip', 'z');
    const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
    const typed = fc.oneof(
      path,
      fc
        .tuple(
          fc.constantFrom('./', '/', '/data/set/', '/data/Set2/', 'set/', 'C:\\set\\', 'SET/', 'top/', ' '),
          path,
        )
        .map(([before, after]) => before + after),
      path.map((text) => text.replaceAll('/', '\\')),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(path, { maxLength: 8 }),
        fc.uniqueArray(path, { maxLength: 4 }),
        fc.array(fc.tuple(fc.nat(11), path), { maxLength: 3 }),
        fc.array(typed, { minLength: 1, maxLength: 12 }),
        async (one, two, renamed, texts) => {
          file.run('DELETE FROM source');
          const kinds = (paths: string[]) => Object.fromEntries(paths.map((each) => [each, 'mask' as const]));
          writeIndex(file, kinds(one), '/data/set');
          writeIndex(file, kinds(two), '/data/Set2');
          const ids = file.all<{ id: number }>('SELECT id FROM entry ORDER BY id').map(({ id }) => id);
          for (const [at, remotePath] of renamed) {
            const id = ids[at];
            if (id !== undefined) editEntries(file, [id], { remotePath });
          }
          file.run("UPDATE submission SET remote_folder = 'top'");
          const entries = allEntries();
          const found = await (await PathMatcher.of(file)).match(texts);
          for (const [at, text] of texts.entries())
            expect([text, found[at]]).toEqual([text, plainly(text, entries)]);
        },
      ),
      { numRuns: 150 },
    );
  });
});

function allEntries(): NamedEntry[] {
  return file
    .all<{ id: number; path: string; name: string; source: string; chosen: string | null }>(
      `SELECT e.id, e.path, s.name, s.path AS source, remote_path_chosen AS chosen
       FROM entry e JOIN source s ON s.id = e.source_id ORDER BY e.id`,
    )
    .map(({ id, path, name, source, chosen }) => ({
      ...{ id, below: path, path: `${name}/${path}`, remotePath: chosen ?? `${name}/${path}` },
      whole: `${source}/${path}`.split('/').slice(1),
    }));
}

/** The plainest way there is to say which file a path means. */
function plainly(text: string, entries: readonly NamedEntry[]) {
  const key = pathKey(text);
  if (key === null) return { what: 'none' };
  for (const way of likenesses) {
    const fit = entries.filter((entry) => likenessOf(key, entry, 'top') === way);
    const [only] = fit;
    if (only === undefined) continue;
    if (fit.length === 1)
      return { what: 'file', entryId: only.id, isExact: way === 'exactly', path: only.path };
    return expect.objectContaining({ what: 'several', count: fit.length });
  }
  return { what: 'none' };
}
