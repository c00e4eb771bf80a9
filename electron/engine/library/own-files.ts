import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { Problem } from '../../../shared/model/problem.ts';
import { sources } from './sources.ts';
import type { SubmissionFile } from './submission-file.ts';

/**
 * Refuses to write a file where it would take the place of the submission file, or lie in a folder of the submission:
 * there it could take the place of somebody's data, and would be found as one more file at the next look. Links are
 * followed: those in the path, and the one that may stand at its end.
 * @param what the word for what is written, such as `table`
 * @throws Problem `own-file`, `in-source`
 */
export async function refuseOwn(file: SubmissionFile, path: string, what: string): Promise<void> {
  const full = resolve(path);
  const places = [join(await truePath(dirname(full)), basename(full)), await truePath(full)];
  const own = await truePath(resolve(file.path));
  if (places.some((place) => [own, `${own}-wal`, `${own}-shm`].includes(place))) {
    throw new Problem('own-file', `${basename(full)} is the submission itself.`, {
      cause: `A ${what} would take the place of all that was described and sent.`,
      advice: 'Choose another name.',
    });
  }
  for (const { path: folder } of sources(file)) {
    const source = await truePath(folder);
    if (!places.some((place) => place.startsWith(source.endsWith(sep) ? source : source + sep))) continue;
    throw new Problem('in-source', `${dirname(full)} belongs to the submission.`, {
      cause: `A ${what} there would be found as one more file of it, or take the place of one.`,
      advice: `Choose a folder outside ${source}.`,
    });
  }
}

/** Where a file or folder lies, also one that is yet to be made. */
async function truePath(path: string): Promise<string> {
  for (let above = path, below = ''; ; below = join(basename(above), below), above = dirname(above)) {
    const real = (await stat(above).catch(() => null)) === null ? null : await realpath(above);
    if (real !== null) return below === '' ? real : join(real, below);
    if (dirname(above) === above) return path;
  }
}
