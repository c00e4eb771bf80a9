import { setImmediate } from 'node:timers/promises';
import { splitExtension, splitLastDot } from '../../../shared/rules/file-kinds.ts';
import { matchPattern, type Target, targetsOf } from '../../../shared/rules/pairing-matching.ts';
import { type Captures, type CompiledRule, foldCase } from '../../../shared/rules/pairing-patterns.ts';
import type { SubmissionFile } from '../library/submission-file.ts';

/** Images written to the finder between two turns of the event loop. */
const IMAGES_AT_ONCE = 1000;
/** Files that may begin alike before a `*` on the image side is given up as saying nothing. */
const MOST_ALIKE = 200;

export interface MaskPlace {
  readonly id: number;
  /** Below the source's folder. */
  readonly path: string;
  readonly sourceName: string;
  /** 1 when a person joined or parted it. */
  readonly byHand: number;
}

export interface FoundImage {
  readonly id: number;
  readonly path: string;
  readonly rule: string;
}

interface Candidate {
  readonly id: number;
  readonly path: string;
  readonly full: string;
  readonly state: string;
}

let tables = 0;

/**
 * The images of a submission by path without extension, in small letters, in a temporary table: a rule renders where
 * the image of a mask must be, and the table says whether it is there. Memory does not grow with the images.
 */
export class ImageFinder {
  readonly #file: SubmissionFile;
  readonly #table: string;
  #images = 0;

  private constructor(file: SubmissionFile, table: string) {
    this.#file = file;
    this.#table = table;
  }

  static async of(file: SubmissionFile, signal: AbortSignal | undefined): Promise<ImageFinder> {
    const table = `image_key_${++tables}`;
    file.run(
      `CREATE TEMP TABLE ${table} (key TEXT, entry_id INTEGER, PRIMARY KEY (key, entry_id)) WITHOUT ROWID`,
    );
    const finder = new ImageFinder(file, table);
    try {
      await finder.#fill(signal);
    } catch (error) {
      finder.close();
      throw error;
    }
    return finder;
  }

  close(): void {
    this.#file.run(`DROP TABLE IF EXISTS temp.${this.#table}`);
  }

  async #fill(signal: AbortSignal | undefined): Promise<void> {
    let after = { path: '', id: -1 };
    for (;;) {
      signal?.throwIfAborted();
      const page = this.#file.all<{ id: number; path: string; name: string }>(
        `SELECT e.id, e.path, s.name FROM entry e CROSS JOIN source s ON s.id = e.source_id
         WHERE e.kind = 'image' AND (e.path, e.id) > (?, ?) ORDER BY e.path, e.id LIMIT ${IMAGES_AT_ONCE}`,
        after.path,
        after.id,
      );
      const last = page.at(-1);
      if (!last) return;
      this.#images += page.length;
      const keys = page.flatMap(({ id, path, name }) => keysOf(fullPath(name, path)).map((key) => [key, id]));
      this.#file.run(
        `INSERT OR IGNORE INTO temp.${this.#table} SELECT value ->> 0, value ->> 1 FROM json_each(?)`,
        JSON.stringify(keys),
      );
      after = last;
      await setImmediate();
    }
  }

  /**
   * The image of a mask by the first rule that finds one. Among the images of one rule: the one with the longest text
   * in common, then one that is on disk, of the same extension, first by path. A `*` on the image's side that fits
   * several images finds none: it would be a guess.
   */
  find(rules: readonly CompiledRule[], mask: MaskPlace): FoundImage | null {
    if (this.#images === 0) return null;
    const full = fullPath(mask.sourceName, mask.path);
    for (const rule of rules) {
      for (const captures of matchPattern(rule.mask, full)) {
        const image = this.#imageFor(rule, captures);
        if (image) return { id: image.id, path: image.path, rule: rule.id };
      }
    }
    return null;
  }

  #imageFor(rule: CompiledRule, captures: Captures): Candidate | null {
    const found = new Map<number, Candidate>();
    const targets = targetsOf(rule.image, captures);
    const shared = new Map([...captures].filter(([name]) => rule.image.shared.has(name)));
    for (const candidate of this.#at(targets, rule.image.anyExtension)) {
      if (matchPattern(rule.image, candidate.full, shared).length > 0) found.set(candidate.id, candidate);
    }
    if (found.size > 1 && targets.some(({ begins }) => begins)) return null;
    const extension = captures.get('ext') ?? '';
    const rank = ({ state, full }: Candidate) =>
      (state === 'vanished' ? 2 : 0) + (full.endsWith(`.${extension}`) ? 0 : 1);
    const [best] = [...found.values()].sort((a, b) => rank(a) - rank(b) || (a.full < b.full ? -1 : 1));
    return best ?? null;
  }

  /** The images at any of these places, found in one question for all whose place is known whole. */
  #at(targets: readonly Target[], anyExtension: boolean): Candidate[] {
    const columns = `SELECT DISTINCT e.id, e.path, e.state,
      s.name || CASE e.path WHEN '' THEN '' ELSE '/' || e.path END AS full`;
    const joins = `CROSS JOIN temp.${this.#table} k CROSS JOIN entry e ON e.id = k.entry_id
      JOIN source s ON s.id = e.source_id`;
    const keys = targets
      .filter(({ begins }) => !begins)
      .map(({ text }) => (anyExtension ? text : withoutExtension(text)));
    const found = this.#file.all<Candidate>(
      `${columns} FROM json_each(?) asked ${joins} WHERE k.key = asked.value LIMIT ${MOST_ALIKE}`,
      JSON.stringify(keys),
    );
    for (const { text, begins } of targets) {
      if (!begins) continue;
      // Keys have no extension: a beginning that reaches into one finds nothing, and that is never what is meant.
      found.push(
        ...this.#file.all<Candidate>(
          `${columns} FROM (SELECT ? AS low, ? AS high) ${joins} WHERE k.key >= low AND k.key < high LIMIT ${MOST_ALIKE}`,
          text,
          `${text}\u{10FFFF}`,
        ),
      );
    }
    return found;
  }
}

function fullPath(sourceName: string, path: string): string {
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
