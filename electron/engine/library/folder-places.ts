import { itemFactSql } from './entry-sql.ts';
import type { Slices } from './in-slices.ts';
import type { SubmissionFile } from './submission-file.ts';

/** Rows read at a time: a few milliseconds. */
const ROWS_AT_ONCE = 4000;
/** Rows read by id. */
const SOME_AT_ONCE = 500;
/** Formats told apart; what a hostile folder has beyond counts as none. */
const MOST_FORMATS = 4000;

/** Above the folders of all sources. */
export const top = 0;

type Row = [id: number, source: number, path: string, members: number, format: string];
const columns = `e.id, e.source_id, e.path, iif(e.state = 'vanished', 0, ${itemFactSql('members')}), e.format`;

/**
 * In which folder each entry lies, as numbers in memory: some ten bytes an entry and some hundred a folder. Folders
 * are numbered so that each comes after the one above it. A folder that lost its last entry stays until all is read
 * again; who counts finds nothing in it.
 */
export class FolderPlaces {
  readonly #file: SubmissionFile;
  /** By what `keyOf` makes of a folder. */
  readonly #numbers = new Map<string, number>();
  readonly #keys: string[] = [''];
  readonly #formatNumbers = new Map([['', 0]]);
  /** The folders on the way to the last one that was looked for. */
  readonly #way: number[] = [];
  #wayPath = '';
  #waySource = -1;

  /** By folder: the one above it. */
  parents = new Uint32Array(1);
  /** By entry id: its folder. */
  folders = new Uint32Array(0);
  /** By entry id: the files it stands for; 0 of what is gone. */
  members = new Uint32Array(0);
  /** By entry id: the place of its format in {@link formatNames}. */
  formats = new Uint16Array(0);
  readonly formatNames: string[] = [''];

  constructor(file: SubmissionFile) {
    this.#file = file;
  }

  /** How many folders there are, the top included. */
  get count(): number {
    return this.#keys.length;
  }

  /** The last segment of a folder's path; of the folder of a source, the source's id. */
  name(folder: number): string {
    const key = this.#keys[folder] ?? '';
    return key.slice(key.indexOf('/') + 1);
  }

  /** The folder with a path below a source, null when no entry ever lay in it. */
  find(sourceId: number, path: string): number | null {
    let folder = this.#numbers.get(keyOf(top, String(sourceId)));
    if (path === '') return folder ?? null;
    for (const name of path.split('/')) {
      if (folder === undefined) return null;
      folder = this.#numbers.get(keyOf(folder, name));
    }
    return folder ?? null;
  }

  /** By folder: 1 for a path and all below it, of one source or of all. */
  inside(sourceId: number | undefined, path: string): Uint8Array {
    const marks = new Uint8Array(this.count);
    for (const source of sourceId === undefined ? this.#sourceIds() : [sourceId]) {
      const folder = this.find(source, path);
      if (folder !== null) marks[folder] = 1;
    }
    for (let folder = 1; folder < marks.length; folder++) {
      if (marks[this.parents[folder] ?? top] === 1) marks[folder] = 1;
    }
    return marks;
  }

  /** Reads where all entries lie, or those from the one with an id on. */
  async readAll(slices: Slices, first = 0): Promise<void> {
    if (first === Number.POSITIVE_INFINITY) return;
    this.#makeRoom(this.#file.get<{ id: number | null }>('SELECT max(id) AS id FROM entry')?.id ?? 0);
    for (let after = first - 1; ; ) {
      const rows = this.#file.tuples<number | string>(
        `SELECT ${columns} FROM entry e WHERE e.id > ? ORDER BY e.id LIMIT ${ROWS_AT_ONCE}`,
        after,
      ) as Row[];
      for (const row of rows) this.#put(row);
      if (rows.length < ROWS_AT_ONCE) return;
      after = rows.at(-1)?.[0] ?? after;
      await slices.turn();
    }
  }

  /** Reads where some entries lie now; those that left stay where they were. */
  async readSome(ids: readonly number[], slices: Slices): Promise<void> {
    for (let from = 0; from < ids.length; from += SOME_AT_ONCE) {
      const rows = this.#file.tuples<number | string>(
        `SELECT ${columns} FROM entry e WHERE e.id IN (SELECT value FROM json_each(?)) ORDER BY e.id`,
        JSON.stringify(ids.slice(from, from + SOME_AT_ONCE)),
      ) as Row[];
      for (const row of rows) this.#put(row);
      await slices.turn();
    }
  }

  #put([id, source, path, members, format]: Row): void {
    this.#makeRoom(id);
    this.folders[id] = this.#folderOf(source, path.slice(0, Math.max(0, path.lastIndexOf('/'))));
    this.members[id] = members;
    this.formats[id] = this.#formatNumber(formatName(format, path));
  }

  /** Entries come folder by folder: what a path shares with the last one is not looked for again. */
  #folderOf(source: number, path: string): number {
    if (source === this.#waySource && path === this.#wayPath) return this.#way.at(-1) ?? top;
    const names = path === '' ? [] : path.split('/');
    const known = source === this.#waySource ? sharedNames(this.#wayPath, path) : -1;
    this.#way.length = known + 1;
    if (known < 0) this.#way.push(this.#numberOf(top, String(source)));
    for (const name of names.slice(this.#way.length - 1)) {
      this.#way.push(this.#numberOf(this.#way.at(-1) ?? top, name));
    }
    this.#waySource = source;
    this.#wayPath = path;
    return this.#way.at(-1) ?? top;
  }

  #numberOf(parent: number, name: string): number {
    const key = keyOf(parent, name);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#keys.length;
    const own = ownText(key);
    this.#keys.push(own);
    this.#numbers.set(own, number);
    if (number >= this.parents.length) {
      this.parents = grown(this.parents, new Uint32Array(Math.ceil(number * 1.5) + 16));
    }
    this.parents[number] = parent;
    return number;
  }

  #formatNumber(format: string): number {
    const known = this.#formatNumbers.get(format);
    if (known !== undefined) return known;
    if (this.formatNames.length >= MOST_FORMATS) return 0;
    const own = ownText(format);
    this.#formatNumbers.set(own, this.formatNames.length);
    return this.formatNames.push(own) - 1;
  }

  #sourceIds(): number[] {
    const ids: number[] = [];
    for (let folder = 1; folder < this.count; folder++) {
      if (this.parents[folder] === top) ids.push(Number(this.name(folder)));
    }
    return ids;
  }

  #makeRoom(id: number): void {
    if (id < this.folders.length) return;
    const room = Math.ceil((id + 1) * 1.25);
    this.folders = grown(this.folders, new Uint32Array(room));
    this.members = grown(this.members, new Uint32Array(room));
    this.formats = grown(this.formats, new Uint16Array(room));
  }
}

/** No name holds a slash. */
function keyOf(parent: number, name: string): string {
  return `${parent}/${name}`;
}

/** A copy of a short text that does not keep the long one alive which it was cut from. */
function ownText(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

/** How many whole names two paths begin with together. */
function sharedNames(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let names = 0;
  let at = 0;
  for (; at < length && a.charCodeAt(at) === b.charCodeAt(at); at++) {
    if (a.charCodeAt(at) === 0x2f) names++;
  }
  const endsA = at === a.length || a.charCodeAt(at) === 0x2f;
  const endsB = at === b.length || b.charCodeAt(at) === 0x2f;
  return endsA && endsB && at > 0 ? names + 1 : names;
}

/** The format, or for one that is not known what the name ends in: `.czi`; '' when it ends in nothing. */
function formatName(format: string, path: string): string {
  if (format !== 'unknown') return format;
  const ending = /[^/.]\.([A-Za-z0-9_-]{1,12})$/.exec(path.slice(-40))?.[1];
  return ending === undefined ? '' : `.${ending.toLowerCase()}`;
}

function grown<T extends Uint16Array | Uint32Array>(old: T, room: T): T {
  room.set(old);
  return room;
}
