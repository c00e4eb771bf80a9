import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ArchiveError } from './archive-error.ts';
import type { Places } from './storage.ts';

/** The collections one may submit to, and how their accessions begin. */
export const COLLECTIONS = [{ accno: 'BioImages', title: 'BioImages', prefix: 'S-BIAD' }] as const;

/** Accessions of submissions to no collection begin so at BioStudies. */
const NO_COLLECTION_PREFIX = 'S-BSST';

const FIRST_NUMBER = 900_000;

/**
 * Gives out an accession that was never given out before, whatever became of it, by making an empty file that no
 * other program can make too.
 *
 * @param collection the collection to attach to, null for none; one that is not known is refused
 */
export async function allocateAccession(
  places: Places,
  user: string,
  collection: string | null,
): Promise<string> {
  const known = COLLECTIONS.find((item) => item.accno === collection);
  if (collection !== null && known === undefined) {
    throw new ArchiveError(500, `The user ${user} is not allowed to submit to ${collection} collection`);
  }
  const prefix = known?.prefix ?? NO_COLLECTION_PREFIX;
  let number = Math.max(FIRST_NUMBER, ...(await given(places)).map((last) => last + 1));
  for (;;) {
    try {
      await writeFile(path.join(places.accessions, `${prefix}${number}`), '', { flag: 'wx' });
      return `${prefix}${number}`;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      number += 1;
    }
  }
}

async function given(places: Places): Promise<number[]> {
  const names = await readdir(places.accessions);
  return names.map((name) => Number(/\d+$/.exec(name)?.[0] ?? 0));
}

/** Throws when a submission names a collection that does not exist. */
export function requireCollection(name: string | null): void {
  if (name !== null && !COLLECTIONS.some((item) => item.accno === name)) {
    throw new ArchiveError(500, `The collection '${name}' was not found`);
  }
}
