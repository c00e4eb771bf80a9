import type { CountedProgress } from '../../../shared/contract/call.ts';
import { splitExtension, splitLastDot } from '../../../shared/rules/file-kinds.ts';
import type { Candidate } from '../../../shared/rules/pairing-decision.ts';
import { type Target, targetsOf } from '../../../shared/rules/pairing-matching.ts';
import { type Captures, foldCase, hasStar, type Pattern } from '../../../shared/rules/pairing-patterns.ts';
import { Slices } from '../library/in-slices.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { KeyFilter } from './key-filter.ts';

/** Numbers of entries looked through at a time. */
export const ENTRIES_AT_ONCE = 2000;
/** Files that may begin alike before a `*` is given up as saying nothing. */
const MOST_ALIKE = 500;
/** The same for `{all}`, which asks for many. */
const MOST_OF_ALL = 20_000;

export interface KeyOptions {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((progress: CountedProgress) => void) | undefined;
}

let tables = 0;

/**
 * The images of a submission by path without extension, in small letters, in a temporary table: a rule renders where
 * the image of a mask must be, and the table says whether it is there. Memory does not grow with the images.
 */
export class ImageKeys {
  readonly #file: SubmissionFile;
  readonly #table = `image_key_${++tables}`;
  /** Which keys may be there: nearly all that are asked for are not, and need no question. */
  readonly #mayBe = new KeyFilter();
  #hasNames = false;
  #isEmpty = true;

  private constructor(file: SubmissionFile) {
    this.#file = file;
  }

  static async of(file: SubmissionFile, options: KeyOptions): Promise<ImageKeys> {
    const keys = new ImageKeys(file);
    file.run(
      `CREATE TEMP TABLE ${keys.#table} (key TEXT, entry_id INTEGER, PRIMARY KEY (key, entry_id)) WITHOUT ROWID`,
    );
    try {
      await keys.#fill(options);
    } catch (error) {
      keys.close();
      throw error;
    }
    return keys;
  }

  /** True when there is no image at all. */
  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  close(): void {
    for (const table of [this.#table, `${this.#table}_name`])
      this.#file.run(`DROP TABLE IF EXISTS temp.${table}`);
  }

  async #fill({ signal, progress }: KeyOptions): Promise<void> {
    const slices = new Slices();
    const most = this.#file.get<{ n: number | null }>('SELECT max(id) AS n FROM entry')?.n ?? 0;
    for (let from = 0; from < most; from += ENTRIES_AT_ONCE) {
      signal?.throwIfAborted();
      const page = this.#file.tuples<number | string>(
        `SELECT e.id, e.path, s.name FROM entry e CROSS JOIN source s ON s.id = e.source_id
         WHERE e.id > ? AND e.id <= ? AND e.kind = 'image'`,
        ...[from, from + ENTRIES_AT_ONCE],
      );
      if (page.length > 0) {
        this.#isEmpty = false;
        const keys = page.flatMap(([id, path, name]) =>
          keysOf(fullPath(String(name), String(path))).map((key) => [key, id]),
        );
        for (const [key] of keys) this.#mayBe.add(String(key));
        this.#file.run(
          `INSERT OR IGNORE INTO temp.${this.#table} SELECT value ->> 0, value ->> 1 FROM json_each(?)`,
          JSON.stringify(keys),
        );
      }
      progress?.({ done: from, total: most, now: 'Looking at the images' });
      await slices.turn();
    }
  }

  /**
   * Ids of the images that stand at one of the targets of some captures; by the place of the captures. What stands
   * there belongs only if its path matches too. Null where too many begin alike.
   */
  async at(
    pattern: Pattern,
    captures: readonly Captures[],
    slices: Slices,
  ): Promise<(readonly number[] | null)[]> {
    const asked = new Map<string, Target>();
    const targets = captures.map((one) => {
      const own = targetsOf(pattern, one).map((target) =>
        target.begins || pattern.anyExtension ? target : { ...target, text: withoutExtension(target.text) },
      );
      return own.map((target) => {
        if (!target.begins && !this.#mayBe.has(target.text)) return '';
        const key = target.begins
          ? `${target.text}*${this.#namesOf(pattern, one)?.join('\0') ?? ''}`
          : target.text;
        if (!asked.has(key)) asked.set(key, target);
        return key;
      });
    });
    const found = this.#exactly([...asked].filter(([, { begins }]) => !begins).map(([key]) => key));
    for (const [at, one] of captures.entries()) {
      for (const key of targets[at] ?? []) {
        const target = asked.get(key);
        if (!target?.begins || found.has(key)) continue;
        found.set(
          key,
          await this.#beginning(target.text, this.#namesOf(pattern, one), hasStar(pattern, 'all')),
        );
        await slices.turn();
      }
    }
    return targets.map((keys) => {
      const ids: number[] = [];
      for (const key of keys) {
        const here = found.get(key);
        if (here === null) return null;
        if (here) ids.push(...here);
      }
      return ids;
    });
  }

  /** The last part of the path, where nothing in it is open: then names are looked for, not beginnings. */
  #namesOf(pattern: Pattern, captures: Captures): string[] | null {
    const last = pattern.segments.at(-1);
    if (!last || pattern.segments.length === 1) return null;
    const alone: Pattern = { ...pattern, segments: [{ folders: null, pieces: last.pieces }] };
    const targets = targetsOf(alone, captures);
    if (targets.some(({ begins }) => begins)) return null;
    return targets.map(({ text }) => (pattern.anyExtension ? text : withoutExtension(text)));
  }

  #exactly(keys: readonly string[]): Map<string, number[] | null> {
    const found = new Map<string, number[] | null>();
    if (keys.length === 0) return found;
    for (const [at, id] of this.#file.tuples<number>(
      `SELECT asked.key, k.entry_id FROM json_each(?) asked CROSS JOIN temp.${this.#table} k ON k.key = asked.value`,
      JSON.stringify(keys),
    )) {
      const key = keys[at ?? 0] ?? '';
      const ids = found.get(key);
      if (ids) ids.push(id ?? 0);
      else found.set(key, [id ?? 0]);
    }
    return found;
  }

  async #beginning(text: string, names: readonly string[] | null, isAll: boolean): Promise<number[] | null> {
    const most = isAll ? MOST_OF_ALL : MOST_ALIKE;
    const high = `${text}\u{10FFFF}`;
    // Keys have no extension: a beginning that reaches into one finds nothing, and that is never what is meant.
    let rows: number[][];
    if (names === null) {
      rows = this.#file.tuples<number>(
        `SELECT DISTINCT entry_id FROM temp.${this.#table} WHERE key >= ? AND key < ? LIMIT ${most + 1}`,
        ...[text, high],
      );
    } else {
      await this.#makeNames();
      rows = this.#file.tuples<number>(
        `SELECT DISTINCT entry_id FROM json_each(?) asked CROSS JOIN temp.${this.#table}_name k
         ON k.name = asked.value AND k.key >= ? AND k.key < ? LIMIT ${most + 1}`,
        ...[JSON.stringify(names), text, high],
      );
    }
    return rows.length > most ? null : rows.map(([id = 0]) => id);
  }

  /** Made when a rule first asks for a name in folders that it leaves open. */
  async #makeNames(): Promise<void> {
    if (this.#hasNames) return;
    this.#hasNames = true;
    const names = `${this.#table}_name`;
    this.#file.run(
      `CREATE TEMP TABLE ${names} (name TEXT, key TEXT, entry_id INTEGER, PRIMARY KEY (name, key, entry_id)) WITHOUT ROWID`,
    );
    const slices = new Slices();
    for (let last: [string, number] = ['', -1]; ; ) {
      const page = this.#file.tuples<string | number>(
        `SELECT key, entry_id FROM temp.${this.#table} WHERE (key, entry_id) > (?, ?) LIMIT ${ENTRIES_AT_ONCE}`,
        ...last,
      );
      const end = page.at(-1);
      if (!end) return;
      const rows = page.map(([key, id]) => [String(key).slice(String(key).lastIndexOf('/') + 1), key, id]);
      this.#file.run(
        `INSERT OR IGNORE INTO temp.${names} SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)`,
        JSON.stringify(rows),
      );
      last = [String(end[0]), Number(end[1])];
      await slices.turn();
    }
  }

  /** What is known of some images; of those that are gone meanwhile nothing. */
  candidates(ids: readonly number[]): Map<number, Candidate> {
    const rows = this.#file.tuples<string | number>(
      `SELECT e.id, s.name, e.path, e.state <> 'vanished', e.modified_ms
       FROM json_each(?) asked CROSS JOIN entry e ON e.id = asked.value JOIN source s ON s.id = e.source_id`,
      JSON.stringify(ids),
    );
    return new Map(
      rows.map(([id, source, path, here, modified]) => [
        Number(id),
        {
          id: Number(id),
          full: fullPath(String(source), String(path)),
          here: here === 1,
          modifiedMs: Number(modified),
        },
      ]),
    );
  }
}

/** A path as rules see it: with the name of the added folder in front. */
export function fullPath(sourceName: string, path: string): string {
  return path === '' ? sourceName : `${sourceName}/${path}`;
}

function withoutExtension(folded: string): string {
  const slash = folded.lastIndexOf('/') + 1;
  return folded.slice(0, slash) + splitExtension(folded.slice(slash)).stem;
}

/** `a.ome.tif` is found as `a` and as `a.ome`. */
function keysOf(full: string): string[] {
  const folded = foldCase(full);
  const slash = folded.lastIndexOf('/') + 1;
  const name = folded.slice(slash);
  const folder = folded.slice(0, slash);
  const short = folder + splitExtension(name).stem;
  const long = folder + splitLastDot(name).stem;
  return short === long ? [short] : [short, long];
}
