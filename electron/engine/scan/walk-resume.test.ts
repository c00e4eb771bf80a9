import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addSource } from '../library/sources.ts';
import { SubmissionFile } from '../library/submission-file.ts';
import { newSubmissionFile, temporaryFolder, writeFiles } from '../library/test-support.ts';
import { scanSources } from './scan.ts';

/** Many files in one folder make several batches of it: a stop may fall between them. */
const folders = fc.uniqueArray(
  fc.record({
    path: fc
      .array(fc.constantFrom('a', 'images', 'masks', 'b.zarr', 'ü', 'a b'), { maxLength: 4 })
      .map((names) => names.join('/')),
    files: fc.constantFrom(0, 1, 3, 40, 2100),
    ending: fc.constantFrom('.tif', '_mask.tif', '.dat'),
    isZarr: fc.boolean(),
  }),
  { selector: ({ path }) => path, minLength: 1, maxLength: 5 },
);

/** At which transaction each of the scans before the last one is stopped, and whether its work is lost with it. */
const stops = fc.array(fc.record({ at: fc.integer({ min: 1, max: 9 }), isLost: fc.boolean() }), {
  minLength: 1,
  maxLength: 4,
});

class Lost extends Error {}

/** A scan that ends at one of its transactions; what it did in that one is kept or not. */
async function stoppedScan(path: string, { at, isLost }: { at: number; isLost: boolean }): Promise<void> {
  const file = SubmissionFile.open(path);
  const stop = new AbortController();
  const { transaction } = SubmissionFile.prototype;
  let left = at;
  file.transaction = <T>(work: () => T): T =>
    transaction.call(file, () => {
      const result = work();
      if (--left > 0) return result;
      if (isLost) throw new Lost();
      stop.abort();
      return result;
    }) as T;
  await scanSources(file, { signal: stop.signal, settleMs: 0 }).catch((error: unknown) => {
    if (!(error instanceof Lost) && !stop.signal.aborted) throw error;
  });
  file.close();
}

function rowsOf(file: SubmissionFile): unknown[][] {
  return file.tuples(
    `SELECT path, name, format, kind, size, members, modified_ms, inode, state, state_reason, labels FROM entry
     ORDER BY path`,
  );
}

it('a walk that was stopped any number of times ends with the rows of one that was not', {
  timeout: 240_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(folders, stops, async (tree, points) => {
      const { folder, remove } = temporaryFolder();
      try {
        const data = join(folder, 'data');
        mkdirSync(data);
        for (const { path, files, ending, isZarr } of tree) {
          const below = path === '' ? '' : `${path}/`;
          const names = Array.from({ length: files }, (_, n) => [
            `${below}f${n}${ending}`,
            n % 64 ? '' : 'II*\0',
          ]);
          writeFiles(data, Object.fromEntries(names));
          if (isZarr) writeFiles(data, { [`${below}.zgroup`]: '{}' });
        }
        const [whole, parts] = ['whole', 'parts'].map((title) => {
          const file = newSubmissionFile(folder, title);
          addSource(file, data);
          return file;
        }) as [SubmissionFile, SubmissionFile];
        const result = await scanSources(whole, { settleMs: 0 });
        parts.close();
        for (const point of points) await stoppedScan(parts.path, point);
        const last = SubmissionFile.open(parts.path);
        const { files, bytes } = await scanSources(last, { settleMs: 0 });
        expect({ files, bytes }).toEqual({ files: result.files, bytes: result.bytes });
        expect(rowsOf(last)).toEqual(rowsOf(whole));
        expect(await scanSources(last, { settleMs: 0 })).toMatchObject({ added: 0, changed: 0, vanished: 0 });
        last.close();
        whole.close();
      } finally {
        remove();
      }
    }),
    { numRuns: 8 },
  );
});
