import { seriesName } from '../../../shared/rules/series-names.ts';
import { Slices } from '../library/in-slices.ts';
import { type Grouping, groupFiles } from '../library/items.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { omeReferences } from './ome-references.ts';

/** Files that are numbered alike are offered as an item from this number on. */
export const LEAST_OF_A_SERIES = 5;
const ROWS_AT_ONCE = 1000;

/** What may be one item: offered, never made without being asked. */
export interface FoundItem {
  /** Good until items are looked for again. */
  readonly key: number;
  readonly kind: 'series' | 'ome-tiff';
  /** Folder and pattern, or folder and name where the files name each other; what people tell it by. */
  readonly path: string;
  readonly files: number;
  readonly bytes: number;
  /** Bytes of the smallest and the largest file: planes of one image are about alike. */
  readonly smallest: number;
  readonly largest: number;
  /** True when the numbers say what they count (time, depth, channel). */
  readonly isMarked: boolean;
  /** The entry of an item that the files join; null for a new one. */
  readonly joins: number | null;
}

interface Candidate {
  readonly id: number;
  readonly source: number;
  readonly path: string;
  readonly name: string;
  readonly kind: string;
  readonly format: string;
  readonly size: number;
  /** 1: it has a partner of its own. */
  readonly paired: number;
}

const candidateSql = `SELECT e.id, e.source_id AS source, e.path, e.name, e.kind, e.format, e.size,
    (EXISTS (SELECT 1 FROM pair p WHERE p.image_entry_id = e.id AND p.parted = 0)
      OR EXISTS (SELECT 1 FROM pair p WHERE p.mask_entry_id = e.id AND p.parted = 0)) AS paired FROM entry e
  WHERE e.item_id IS NULL AND e.members = 1 AND e.state = 'present'`;

/**
 * Looks for files that may be one item: OME-TIFFs that name each other, then images and masks of one folder, format
 * and kind whose names differ in running numbers only. Numbers that do not say what they count are no series where each
 * file has a partner of its own: those are fields of view, and one row for all would lose whose mask is whose. What is found stands in temporary tables of the file, however
 * much it is; gives way between pages. Returns how many items were found.
 */
export async function findItems(
  file: SubmissionFile,
  signal?: AbortSignal,
  progress: (files: number) => void = () => {},
): Promise<number> {
  file.run('DROP TABLE IF EXISTS temp.found_item');
  file.run('DROP TABLE IF EXISTS temp.found_member');
  file.run(`CREATE TEMP TABLE found_item (key INTEGER PRIMARY KEY, kind TEXT, source INTEGER, folder TEXT,
    pattern TEXT, name TEXT, entry_kind TEXT, format TEXT, marked INTEGER, files INTEGER, bytes INTEGER,
    smallest INTEGER, largest INTEGER, UNIQUE (source, folder, pattern, entry_kind, format))`);
  file.run('CREATE TEMP TABLE found_member (entry_id INTEGER PRIMARY KEY, key INTEGER)');
  await findOmeSets(file, signal);
  await findSeries(file, signal, progress);
  file.run(
    `DELETE FROM temp.found_item WHERE files < ${LEAST_OF_A_SERIES} AND kind = 'series' AND ${joinsSql} IS NULL`,
  );
  return file.get<{ n: number }>('SELECT count(*) AS n FROM temp.found_item')?.n ?? 0;
}

/** The item that files of a pattern would join, given rows of found_item; by the few items, not the many entries. */
const joinsSql = `(SELECT i.id FROM item i CROSS JOIN entry lead ON lead.id = i.id AND +lead.item_id = i.id
  WHERE i.pattern = found_item.pattern AND i.folder = found_item.folder AND +lead.source_id = found_item.source
    AND lead.kind = found_item.entry_kind AND lead.format = found_item.format LIMIT 1)`;

/** One page of what {@link findItems} found last: OME-TIFFs first, then numbers that say what they count, the largest first. */
export function foundItems(file: SubmissionFile, page: { offset: number; limit: number }): FoundItem[] {
  if (!wasSearched(file)) return [];
  const rows = file.all<Omit<FoundItem, 'isMarked'> & { isMarked: number }>(
    `SELECT key, kind, iif(folder = '', '', folder || '/') || iif(kind = 'series', pattern, name) AS path, files, bytes,
       smallest, largest, marked AS isMarked, ${joinsSql} AS joins
     FROM temp.found_item ORDER BY kind, marked DESC, files DESC, key LIMIT ? OFFSET ?`,
    page.limit,
    page.offset,
  );
  return rows.map((row) => ({ ...row, isMarked: row.isMarked === 1 }));
}

/** Makes items of what was found: some by key, or all; each is one step that can be undone. Returns how many. */
export async function groupFound(
  file: SubmissionFile,
  keys: readonly number[] | 'all',
  signal?: AbortSignal,
  progress: (done: number, total: number) => void = () => {},
): Promise<number> {
  if (!wasSearched(file)) return 0;
  const wanted =
    keys === 'all' ? foundItems(file, { offset: 0, limit: 100_000 }).map(({ key }) => key) : [...keys];
  let made = 0;
  for (const key of wanted) {
    signal?.throwIfAborted();
    progress(made, wanted.length);
    const grouping = await groupingOf(file, key);
    if (grouping === null) continue;
    await groupFiles(file, grouping);
    file.run('DELETE FROM temp.found_item WHERE key = ?', key);
    made++;
  }
  return made;
}

function wasSearched(file: SubmissionFile): boolean {
  return file.get("SELECT 1 AS one FROM temp.sqlite_master WHERE name = 'found_item'") !== undefined;
}

async function groupingOf(file: SubmissionFile, key: number): Promise<Grouping | null> {
  const found = file.get<{
    kind: Grouping['kind'];
    source: number;
    folder: string;
    pattern: string;
    name: string;
    entry_kind: string;
    format: string;
    joins: number | null;
  }>(`SELECT *, ${joinsSql} AS joins FROM temp.found_item WHERE key = ?`, key);
  if (found === undefined) return null;
  const ids = found.kind === 'series' ? await seriesIds(file, found) : memberIds(file, key);
  const { kind, folder, name } = found;
  const pattern = kind === 'series' ? found.pattern : '';
  const joins = found.joins ?? undefined;
  if (ids.length < (joins === undefined ? 2 : 1)) return null;
  return { kind, folder, name, pattern, ids: Uint32Array.from(ids), joins };
}

function memberIds(file: SubmissionFile, key: number): number[] {
  return file
    .tuples<number>(
      `SELECT m.entry_id FROM temp.found_member m JOIN entry e ON e.id = m.entry_id AND e.item_id IS NULL
       WHERE m.key = ?`,
      key,
    )
    .map(([id = 0]) => id);
}

async function seriesIds(
  file: SubmissionFile,
  found: { source: number; folder: string; pattern: string; entry_kind: string; format: string },
): Promise<number[]> {
  const ids: number[] = [];
  const slices = new Slices();
  const above = found.folder === '' ? '' : `${found.folder}/`;
  // '0' comes right after '/'; without a folder, everything does.
  const before = found.folder === '' ? '\u{10ffff}' : `${found.folder}0`;
  for (let after = above; ; ) {
    const rows = file.all<Candidate>(
      `${candidateSql} AND e.source_id = ? AND e.path > ? AND e.path < ? ORDER BY e.path LIMIT ${ROWS_AT_ONCE}`,
      ...[found.source, after, before],
    );
    for (const row of rows) {
      const { id, path, name, kind, format } = row;
      if (path.length !== above.length + name.length || kind !== found.entry_kind || format !== found.format)
        continue;
      if (seriesOf(row)?.pattern === found.pattern) ids.push(id);
    }
    if (rows.length < ROWS_AT_ONCE) return ids;
    after = rows.at(-1)?.path ?? after;
    await slices.turn();
  }
}

async function findSeries(
  file: SubmissionFile,
  signal: AbortSignal | undefined,
  progress: (files: number) => void,
): Promise<void> {
  const slices = new Slices();
  let files = 0;
  for (let after = -1; ; ) {
    const rows = file.all<Candidate>(
      `${candidateSql} AND e.kind IN ('image', 'mask') AND e.id > ?
         AND e.id NOT IN (SELECT entry_id FROM temp.found_member) ORDER BY e.id LIMIT ${ROWS_AT_ONCE}`,
      after,
    );
    file.transaction(() => {
      for (const sum of summed(rows)) {
        file.run(
          `INSERT INTO temp.found_item (kind, source, folder, pattern, name, entry_kind, format, marked, files, bytes,
             smallest, largest) VALUES ('series', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT DO UPDATE SET files = files + excluded.files, bytes = bytes + excluded.bytes,
             smallest = min(smallest, excluded.smallest), largest = max(largest, excluded.largest)`,
          ...sum,
        );
      }
    });
    files += rows.length;
    progress(files);
    if (rows.length < ROWS_AT_ONCE) return;
    after = rows.at(-1)?.id ?? after;
    await slices.turn();
    signal?.throwIfAborted();
  }
}

type Sum = [
  ...what: [source: number, folder: string, pattern: string, name: string, kind: string, format: string],
  ...sums: [marked: number, files: number, bytes: number, smallest: number, largest: number],
];

/** The series a file may belong to by its name and its partners. */
function seriesOf({ name, paired }: Candidate): ReturnType<typeof seriesName> {
  const series = seriesName(name);
  return series !== null && series.axes.length === 0 && paired === 1 ? null : series;
}

/** Neighbours are mostly of one series: a page comes to a few sums. */
function summed(rows: readonly Candidate[]): Iterable<Sum> {
  const sums = new Map<string, Sum>();
  for (const row of rows) {
    const { source, path, name, kind, format, size } = row;
    const series = seriesOf(row);
    if (series === null) continue;
    const folder = path.slice(0, Math.max(0, path.length - name.length - 1));
    const key = `${source} ${kind} ${format} ${folder}/${series.pattern}`;
    const sum = sums.get(key);
    if (sum === undefined) {
      const marked = series.axes.length > 0 ? 1 : 0;
      sums.set(key, [source, folder, series.pattern, series.name, kind, format, marked, 1, size, size, size]);
      continue;
    }
    sum[7] += 1;
    sum[8] += size;
    sum[9] = Math.min(sum[9], size);
    sum[10] = Math.max(sum[10], size);
  }
  return sums.values();
}

/** OME-TIFFs and companion files that name each other; one file of each set is read. */
async function findOmeSets(file: SubmissionFile, signal: AbortSignal | undefined): Promise<void> {
  for (let after = -1; ; ) {
    const rows = file.all<Candidate & { local: string }>(
      `SELECT c.*, s.path || '/' || c.path AS local FROM (${candidateSql}
         AND (e.format = 'ome-tiff' OR (e.format = 'ome-xml' AND e.name LIKE '%.companion.ome'))) c
       JOIN source s ON s.id = c.source
       WHERE c.id > ? AND c.id NOT IN (SELECT entry_id FROM temp.found_member) ORDER BY c.id LIMIT 20`,
      after,
    );
    for (const row of rows) {
      signal?.throwIfAborted();
      after = row.id;
      // One of the files before may have named it meanwhile.
      if (file.get('SELECT 1 AS one FROM temp.found_member WHERE entry_id = ?', row.id)) continue;
      addSet(file, row, await setOf(row));
    }
    if (rows.length < 20) return;
  }
}

/** Names of the files of a set, those of a companion file that is named in their place among them. */
async function setOf({ local, name }: Candidate & { local: string }): Promise<Set<string>> {
  const names = new Set([name, ...(await omeReferences(local))]);
  const folder = local.slice(0, local.length - name.length);
  for (const other of names) {
    if (other.endsWith('.companion.ome') && other !== name) {
      for (const further of await omeReferences(folder + other)) names.add(further);
      break;
    }
  }
  return names;
}

function addSet(file: SubmissionFile, row: Candidate, names: ReadonlySet<string>): void {
  if (names.size < 2) return;
  const folder = row.path.slice(0, Math.max(0, row.path.length - row.name.length - 1));
  const paths = JSON.stringify([...names].map((name) => (folder === '' ? name : `${folder}/${name}`)));
  const members = `${candidateSql} AND e.source_id = ? AND e.path IN (SELECT value FROM json_each(?))`;
  file.transaction(() => {
    const sum = file.get<{ n: number; bytes: number; least: number; most: number }>(
      `SELECT count(*) AS n, sum(size) AS bytes, min(size) AS least, max(size) AS most FROM (${members})`,
      ...[row.source, paths],
    );
    if (sum === undefined || sum.n < 2) return;
    const name = setName(row.name);
    const { lastId } = file.run(
      `INSERT INTO temp.found_item (kind, source, folder, pattern, name, entry_kind, format, marked, files, bytes,
         smallest, largest) VALUES ('ome-tiff', ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)`,
      ...[
        row.source,
        folder,
        `: ${row.name}`,
        name,
        row.kind,
        row.format,
        sum.n,
        sum.bytes,
        sum.least,
        sum.most,
      ],
    );
    file.run(
      `INSERT OR IGNORE INTO temp.found_member SELECT id, ? FROM (${members})`,
      lastId,
      row.source,
      paths,
    );
  });
}

/** What the files of a set are called together. */
function setName(name: string): string {
  const series = seriesName(name);
  if (series !== null) return series.name;
  return name.replace(/\.(?:companion\.ome|ome\.(?:tiff?|tf[28]|btf))$/i, '');
}
