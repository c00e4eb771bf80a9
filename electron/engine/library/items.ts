import { Problem } from '../../../shared/model/problem.ts';
import { formatCounted } from '../../../shared/rules/format-quantities.ts';
import { seriesName } from '../../../shared/rules/series-names.ts';
import { changeEntriesInSlices, inTurn } from './history-in-slices.ts';
import { Slices } from './in-slices.ts';
import { settleLead } from './item-lead.ts';
import type { SubmissionFile } from './submission-file.ts';

/** Files that become one item. `pattern` and `name` are those of a series; see shared/rules/series-names.ts. */
export interface Grouping {
  readonly kind: 'series' | 'ome-tiff';
  readonly pattern: string;
  /** Folder that holds all of them, below their source's; '' for that itself. */
  readonly folder: string;
  readonly name: string;
  /** At least two, unless they join an item. None of them is of an item yet. */
  readonly ids: Uint32Array;
  /** The entry that stands for an item that they join. */
  readonly joins?: number | undefined;
}

const ROWS_AT_ONCE = 2000;

/**
 * Makes files one item, as one step that can be undone; the first image in the order of their paths stands for all.
 * Returns the entry that does.
 * @throws Problem `too-few-files`
 */
export function groupFiles(file: SubmissionFile, grouping: Grouping): Promise<number> {
  const { ids, kind, pattern, folder, name } = grouping;
  if (ids.length < (grouping.joins === undefined ? 2 : 1)) {
    throw new Problem('too-few-files', 'One file alone is no item of several files.');
  }
  return inTurn(file, async () => {
    const lead = grouping.joins ?? (await leadOf(file, ids));
    // Before the cells: whoever reads an entry that stands for others finds what they come to.
    const sums = await sumsOf(file, ids);
    file.run(
      'INSERT OR REPLACE INTO item VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      ...[lead, kind, pattern, folder, name, sums.members, sums.bytes, sums.modifiedMs],
    );
    const title = `Group ${formatCounted(ids.length, 'file')} as ${name}`;
    await changeEntriesInSlices(file, title, ids, ['item_id'], (where, some) => {
      file.run(`UPDATE entry SET item_id = ? WHERE ${where}`, lead, some);
    });
    await refreshItem(file, lead);
    return lead;
  });
}

/** Groups files that a person picked. Throws a Problem unless they are files of one folder that was added. */
export async function groupPicked(file: SubmissionFile, entryIds: readonly number[]): Promise<number> {
  const rows = file.all<{ id: number; source: number; path: string; name: string; isPlain: number }>(
    `SELECT id, source_id AS source, path, name, members = 1 AND item_id IS NULL AS isPlain FROM entry
     WHERE id IN (SELECT value FROM json_each(?)) ORDER BY path`,
    JSON.stringify(entryIds),
  );
  const [first] = rows;
  if (first === undefined || rows.some(({ source, isPlain }) => source !== first.source || isPlain === 0)) {
    throw new Problem('cannot-group', 'These cannot be one item.', {
      cause:
        'An item is made of plain files of one folder that was added, and a file is part of one item only.',
      advice: 'Select only such files, or part an item first.',
    });
  }
  const series = seriesName(first.name);
  const isOne = series !== null && rows.every(({ name }) => seriesName(name)?.pattern === series.pattern);
  return await groupFiles(file, {
    kind: 'series',
    pattern: isOne ? series.pattern : '',
    folder: commonFolder(rows.map(({ path }) => path)),
    name: series?.name ?? first.name,
    ids: Uint32Array.from(rows, ({ id }) => id),
  });
}

/** Makes the files of an item single files again, as one step that can be undone; returns how many they are. */
export function ungroup(file: SubmissionFile, entryId: number): Promise<number> {
  return inTurn(file, async () => {
    const ids: number[] = [];
    for (const page of memberPages(file, entryId)) ids.push(...page.map(({ id }) => id));
    if (ids.length === 0) {
      throw new Problem('no-item', 'This is not an item of several files.', {
        advice: 'Select the row that stands for the files.',
      });
    }
    const title = `Part ${formatCounted(ids.length, 'file')} of an item`;
    await changeEntriesInSlices(file, title, Uint32Array.from(ids), ['item_id'], (where, some) => {
      file.run(`UPDATE entry SET item_id = NULL WHERE ${where}`, some);
    });
    return ids.length;
  });
}

/** Lets every item stand for the files that are there, and adds up what they come to; to be called when files changed. */
export async function refreshItems(file: SubmissionFile): Promise<void> {
  for (let after = -1; ; ) {
    const items = file.all<{ id: number }>(
      'SELECT id FROM item WHERE id > ? AND id IN (SELECT item_id FROM entry WHERE item_id IS NOT NULL) ORDER BY id LIMIT 100',
      after,
    );
    for (const { id } of items) await refreshItem(file, await settleLead(file, id));
    if (items.length < 100) return;
    after = items.at(-1)?.id ?? after;
  }
}

async function refreshItem(file: SubmissionFile, id: number): Promise<void> {
  const slices = new Slices();
  const sums = { members: 0, bytes: 0, modifiedMs: 0 };
  for (const page of memberPages(file, id)) {
    for (const { size, modifiedMs } of page) {
      sums.members += 1;
      sums.bytes += size;
      sums.modifiedMs = Math.max(sums.modifiedMs, modifiedMs);
    }
    await slices.turn();
  }
  file.run(
    `UPDATE item SET members = ?1, bytes = ?2, modified_ms = ?3
     WHERE id = ?4 AND (members <> ?1 OR bytes <> ?2 OR modified_ms <> ?3)`,
    ...[sums.members, sums.bytes, sums.modifiedMs, id],
  );
}

/** A file of an item, by its path below the item's folder. */
export interface GroupMember {
  readonly path: string;
  readonly size: number;
  readonly modifiedMs: number;
  readonly inode: string;
}

/** The files of an item by their numbers, a page in memory at a time. One that is not there is a Problem. */
export function* groupMembers(file: SubmissionFile, entryId: number): Generator<GroupMember> {
  const folder = file.get<{ folder: string }>('SELECT folder FROM item WHERE id = ?', entryId)?.folder ?? '';
  const cut = folder === '' ? 0 : folder.length + 1;
  for (const page of memberPages(file, entryId)) {
    for (const { path, size, modifiedMs, inode, state } of page) {
      if (state !== 'present') throw notThere(path);
      yield { path: path.slice(cut), size, modifiedMs, inode };
    }
  }
}

/** Numbers of the files of an item, ascending, some at a time. */
export function* memberIdPages(file: SubmissionFile, itemId: number): Generator<number[]> {
  for (const page of memberPages(file, itemId)) yield page.map(({ id }) => id);
}

interface MemberRow {
  readonly id: number;
  readonly path: string;
  readonly size: number;
  readonly modifiedMs: number;
  readonly inode: string;
  readonly state: string;
}

function* memberPages(file: SubmissionFile, itemId: number): Generator<MemberRow[]> {
  for (let after = -1; ; ) {
    const rows = file.all<MemberRow>(
      `SELECT id, path, size, modified_ms AS modifiedMs, inode, state FROM entry
       WHERE item_id = ? AND id > ? ORDER BY id LIMIT ${ROWS_AT_ONCE}`,
      itemId,
      after,
    );
    if (rows.length > 0) yield rows;
    if (rows.length < ROWS_AT_ONCE) return;
    after = rows.at(-1)?.id ?? after;
  }
}

async function leadOf(file: SubmissionFile, ids: Uint32Array): Promise<number> {
  const slices = new Slices();
  let first: { id: number; rank: string } | null = null;
  for (const some of pieces(ids)) {
    // A companion file has no pixels to look at.
    const least = file.get<{ id: number; rank: string }>(
      `SELECT id, (format = 'ome-xml') || path AS rank FROM entry
       WHERE id IN (SELECT value FROM json_each(?)) ORDER BY rank LIMIT 1`,
      some,
    );
    if (least && (first === null || least.rank < first.rank)) first = least;
    await slices.turn();
  }
  return first?.id ?? 0;
}

async function sumsOf(file: SubmissionFile, ids: Uint32Array) {
  const slices = new Slices();
  const sums = { members: 0, bytes: 0, modifiedMs: 0 };
  for (const some of pieces(ids)) {
    const part = file.get<{ n: number; bytes: number; ms: number }>(
      `SELECT count(*) AS n, coalesce(sum(size), 0) AS bytes, coalesce(max(modified_ms), 0) AS ms
       FROM entry WHERE id IN (SELECT value FROM json_each(?))`,
      some,
    );
    sums.members += part?.n ?? 0;
    sums.bytes += part?.bytes ?? 0;
    sums.modifiedMs = Math.max(sums.modifiedMs, part?.ms ?? 0);
    await slices.turn();
  }
  return sums;
}

function* pieces(ids: Uint32Array): Generator<string> {
  for (let from = 0; from < ids.length; from += ROWS_AT_ONCE) {
    yield JSON.stringify([...ids.subarray(from, from + ROWS_AT_ONCE)]);
  }
}

/** The deepest folder that holds all of these paths. */
function commonFolder(paths: readonly string[]): string {
  const folders = paths.map((path) => path.split('/').slice(0, -1));
  const [first = []] = folders;
  let depth = first.length;
  for (const folder of folders) {
    let same = 0;
    while (same < depth && folder[same] === first[same]) same++;
    depth = same;
  }
  return first.slice(0, depth).join('/');
}

function notThere(path: string): Problem {
  return new Problem('member-not-there', `${path} is not there or cannot be read.`, {
    cause: 'It is one of the files of an item. A part of it must not go to the archive as if it were all.',
    advice: 'Bring the file back and look through the folder again, or part the item.',
  });
}
