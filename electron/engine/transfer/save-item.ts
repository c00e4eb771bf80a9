import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../../../shared/model/problem.ts';
import { formatBytes } from '../../../shared/rules/format-quantities.ts';
import { refuseOwn } from '../library/own-files.ts';
import { type ListedItem, listedItem } from '../library/sendable.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { saveZip } from '../packing/save-zip.ts';
import { dropZip, listZip, zipMembers } from '../packing/zip-list.ts';
import { wholeItem } from './files-to-send.ts';
import { SteadyFile } from './local-file.ts';
import { Trouble } from './trouble.ts';

export interface SavedZip {
  readonly name: string;
  readonly members: number;
  readonly bytes: number;
}

export interface SavingItem {
  readonly signal?: AbortSignal;
  readonly progress?: (now: { done: number; total: number | null; now: string }) => void;
}

/** What the ZIP of an item is called where nobody says otherwise: its name, and `.zip`. */
export function zipName({ name }: Pick<ListedItem, 'name'>): string {
  return `${name}.zip`;
}

/**
 * Writes an item as the ZIP that would be sent, to a path where nothing is yet, and reads it back whole. Folders of the
 * submission are left as they are.
 * @throws Problem `no-item`, `in-source`, `own-file`, `file-exists`, `zip-not-written`, `folder-unreadable`, `zip-damaged`, or a
 * `Trouble` that names a member that changed
 */
export async function saveItem(
  file: SubmissionFile,
  entryId: number,
  target: { readonly folder: string; readonly name?: string },
  { signal, progress }: SavingItem = {},
): Promise<SavedZip> {
  const item = listedItem(file, entryId);
  if (item === undefined || item.members < 2) throw noItem(item?.name);
  const name = target.name ?? zipName(item);
  await refuseOwn(file, join(target.folder, name), 'ZIP');
  await mkdir(target.folder, { recursive: true }).catch(() => {});
  progress?.({ done: 0, total: null, now: `Reading what is in ${item.name}` });
  try {
    const zip = await listZip(file, item, 'save', wholeItem(file, item, signal), signal);
    const differs = () => new Trouble('file', 'changed', `${item.name} changed while it was packed.`);
    const total = 2 * zip.size;
    const { members } = await saveZip(
      join(target.folder, name),
      {
        members: () => zipMembers(file, zip.id, item.localPath),
        open: (member) => SteadyFile.open({ ...member, shownAs: member.name }),
        known: null,
        differs,
      },
      {
        bytes: zip.size,
        ...(signal ? { signal } : {}),
        onBytes: (stage, bytes) =>
          progress?.({
            done: stage === 'writing' ? bytes : zip.size + bytes,
            total,
            now: `${stage === 'writing' ? 'Writing' : 'Testing'} ${name}: ${formatBytes(bytes)} of ${formatBytes(zip.size)}`,
          }),
      },
    );
    return { name, members, bytes: zip.size };
  } finally {
    await dropZip(file, entryId, 'save');
  }
}

function noItem(name: string | undefined): Problem {
  return new Problem('no-item', name === undefined ? 'There is no such file.' : `${name} is one file.`, {
    cause: 'Only items of several files, such as an OME-Zarr, are packed.',
  });
}
