import { stat } from 'node:fs/promises';
import { nameTroubles } from '../../../shared/rules/remote-names.ts';
import type { NewFinding } from '../library/findings.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { zarrMembers } from '../scan/zarr.ts';
import type { CheckedEntry } from './checked-entries.ts';
import { fileRules } from './file-rules.ts';
import { memberFinding } from './name-rules.ts';
import { advice, found, leaveOut, placeOfEntry } from './rule.ts';

/** Files that the operating system is asked about at once. */
const AT_ONCE = 32;

/** What looking into an OME-Zarr found, good until it changes. */
const kept = new WeakMap<SubmissionFile, Map<string, { example: string; count: number }>>();

/** Looks whether the files of a page are still as the index has them; into OME-Zarrs for names the archive refuses. */
export async function checkDisk(
  file: SubmissionFile,
  page: readonly CheckedEntry[],
  signal: AbortSignal,
): Promise<NewFinding[]> {
  const entries = page.filter((entry) => entry.send && entry.state === 'present');
  const findings: NewFinding[] = [];
  for (let from = 0; from < entries.length; from += AT_ONCE) {
    signal.throwIfAborted();
    const looks = await Promise.all(entries.slice(from, from + AT_ONCE).map(lookAgain));
    findings.push(...looks.flat());
  }
  for (const entry of entries) {
    if (isStore(entry) && !entry.isZip) findings.push(...(await checkMembers(file, entry, signal)));
  }
  return findings;
}

function isStore(entry: CheckedEntry): boolean {
  return entry.format === 'ome-zarr' || entry.format === 'zarr';
}

async function lookAgain(entry: CheckedEntry): Promise<NewFinding[]> {
  const place = placeOfEntry(entry);
  try {
    const now = await stat(entry.localPath);
    // The time of a store is that of its newest member, which a look at the folder does not tell.
    if (isStore(entry) || (now.size === entry.size && Math.abs(now.mtimeMs - entry.modifiedMs) < 1))
      return [];
    const message =
      now.size === entry.size
        ? 'It was written again since.'
        : `It had ${entry.size} bytes then and has ${now.size} now.`;
    return [found(fileRules.changed, place, message, advice('Look through the folder again under Files'))];
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? [found(fileRules.vanished, place, 'It is no longer where it was.', leaveOut)]
      : [found(fileRules.unreadable, place, `Not readable: ${code || String(error)}.`, leaveOut)];
  }
}

async function checkMembers(
  file: SubmissionFile,
  entry: CheckedEntry,
  signal: AbortSignal,
): Promise<NewFinding[]> {
  const known = kept.get(file) ?? new Map<string, { example: string; count: number }>();
  kept.set(file, known);
  const key = JSON.stringify([entry.localPath, entry.size, entry.members, entry.modifiedMs]);
  let refused = known.get(key);
  if (!refused) {
    refused = await refusedMembers(entry.localPath, signal);
    known.set(key, refused);
  }
  return refused.count === 0 ? [] : [memberFinding(entry, refused.example, refused.count)];
}

async function refusedMembers(
  folder: string,
  signal: AbortSignal,
): Promise<{ example: string; count: number }> {
  const refused = { example: '', count: 0 };
  try {
    for await (const batch of zarrMembers(folder, signal)) {
      for (const { path } of batch) {
        if (!nameTroubles(path).some((rule) => rule.level === 'must')) continue;
        refused.count++;
        refused.example ||= path;
      }
    }
  } catch (error) {
    signal.throwIfAborted();
    // Gone or closed: said by the look at the folder itself.
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
  return refused;
}
