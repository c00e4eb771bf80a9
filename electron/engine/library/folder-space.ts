import type { EntryFilter } from '../../../shared/contract/file-calls.ts';
import type { SpaceArea, SpacePart } from '../../../shared/contract/tree-calls.ts';
import { bit, kindOrder } from './entry-columns.ts';
import { top } from './folder-places.ts';
import { type CountedFolders, type FolderPlace, FolderTree, folderAt } from './folder-tree.ts';
import { Slices } from './in-slices.ts';
import { Largest } from './largest.ts';
import type { SubmissionFile } from './submission-file.ts';

/** Entries looked at between two turns of the event loop. */
const LOOKED_AT_ONCE = 200_000;

export interface SpaceQuery {
  readonly filter: EntryFilter;
  /** Most folders and files, and most parts of each of these folders. */
  readonly limit: number;
  readonly parts: number;
}

/** The largest folders and files in a folder and in each of these folders; what is smaller is one rest. */
export async function folderSpace(
  file: SubmissionFile,
  place: FolderPlace,
  { filter, limit, parts }: SpaceQuery,
): Promise<{ bytes: number; areas: SpaceArea[] }> {
  const tree = FolderTree.of(file);
  const counted = await tree.counted(filter);
  const folder = folderAt(counted, place);
  if (folder === null) return { bytes: 0, areas: [] };
  const { totals } = counted;
  const folders = new Largest(limit);
  for (const one of totals.foldersIn(folder)) folders.offer(one, totals.bytes[one] ?? 0);
  const files = await largestFiles(counted, folder, limit, folders.ids(), parts);
  const names = fileNames(
    file,
    [...files.values()].flatMap((largest) => largest.ids()),
  );

  const folderPart = (one: number): SpacePart => ({
    what: 'folder',
    name: tree.name(one),
    id: folder === top ? tree.sourceId(one) : 0,
    entries: totals.entries[one] ?? 0,
    files: totals.files[one] ?? 0,
    bytes: totals.bytes[one] ?? 0,
    kind: mainKind(counted, one),
  });
  const filePart = (id: number): SpacePart => ({
    what: 'file',
    name: names.get(id) ?? '',
    id,
    entries: 1,
    files: counted.columns.places.members[id] ?? 1,
    bytes: counted.columns.sizes[id] ?? 0,
    kind: kindOrder[(counted.columns.flags[id] ?? 0) & bit.kind] ?? 'other',
  });
  const partsOf = (one: number, most: number): { part: SpacePart; folder: number | null }[] => {
    const inside = new Largest(most);
    for (const below of totals.foldersIn(one)) inside.offer(below, totals.bytes[below] ?? 0);
    const all = [
      ...inside.ids().map((below) => ({ part: folderPart(below), folder: below })),
      ...(files.get(one)?.ids() ?? []).map((id) => ({ part: filePart(id), folder: null })),
    ];
    return all.sort((a, b) => b.part.bytes - a.part.bytes).slice(0, most);
  };
  const areas = partsOf(folder, limit).map(({ part, folder: below }): SpaceArea => {
    const inner = below === null ? [] : partsOf(below, parts).map((one) => one.part);
    return { ...part, parts: below === null || parts === 0 ? [] : withRest(inner, part) };
  });
  const whole = folderPart(folder);
  return { bytes: whole.bytes, areas: withRest(areas, whole).map((area) => ({ parts: [], ...area })) };
}

/** The largest files that lie directly in a folder and in some of those in it, by folder. */
async function largestFiles(
  { columns, ids }: CountedFolders,
  folder: number,
  limit: number,
  folders: readonly number[],
  parts: number,
): Promise<Map<number, Largest>> {
  const found = new Map([[folder, new Largest(limit)]]);
  if (parts > 0) for (const one of folders) found.set(one, new Largest(parts));
  const slots = new Uint8Array(columns.places.count);
  const bySlot = [...found.values()];
  for (const [slot, one] of [...found.keys()].entries()) slots[one] = slot + 1;
  const { places, sizes } = columns;
  const slices = new Slices();
  for (let from = 0; from < ids.length; from += LOOKED_AT_ONCE) {
    for (const id of ids.subarray(from, from + LOOKED_AT_ONCE)) {
      const slot = slots[places.folders[id] ?? top] ?? 0;
      if (slot !== 0 && places.members[id] !== 0) bySlot[slot - 1]?.offer(id, sizes[id] ?? 0);
    }
    await slices.turn();
  }
  return found;
}

/** The same with what they leave of the whole as a last part. */
function withRest<T extends SpacePart>(parts: readonly T[], whole: SpacePart): (T | SpacePart)[] {
  const sum = (what: 'entries' | 'files' | 'bytes') =>
    parts.reduce((left, part) => left - part[what], whole[what]);
  const entries = sum('entries');
  if (entries <= 0) return [...parts];
  return [
    ...parts,
    { what: 'rest', name: '', id: 0, entries, files: sum('files'), bytes: sum('bytes'), kind: whole.kind },
  ];
}

function mainKind({ totals }: CountedFolders, folder: number): SpacePart['kind'] {
  const from = folder * kindOrder.length;
  const weigh = (numbers: Uint32Array | Float64Array) => {
    const own = numbers.subarray(from, from + kindOrder.length);
    return own.indexOf(Math.max(...own));
  };
  const bytes = totals.bytes[folder] ?? 0;
  return kindOrder[weigh(bytes > 0 ? totals.kindBytes : totals.kindEntries)] ?? 'other';
}

function fileNames(file: SubmissionFile, ids: readonly number[]): Map<number, string> {
  const rows = file.all<{ id: number; name: string }>(
    'SELECT id, name FROM entry WHERE id IN (SELECT value FROM json_each(?))',
    JSON.stringify(ids),
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
