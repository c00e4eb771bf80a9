import { remotePathSql } from '../library/entry-sql.ts';
import { Slices } from '../library/in-slices.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { submissionRow } from '../library/submission-row.ts';
import { PathIndex } from './path-index.ts';
import { endsWith, likenesses, likenessOf, type NamedEntry, type PathKey, pathKey } from './path-keys.ts';

/** Files of one name that are compared; more are too many to say which is meant. */
const MOST_COMPARED = 200;
const IDS_AT_ONCE = 5000;
const COMPARED_AT_ONCE = 1000;

/** Which file a path of a table means. */
export type Match =
  | {
      readonly what: 'file';
      readonly entryId: number;
      readonly isExact: boolean;
      /** The file's path with its source folder's name before it. */
      readonly path: string;
    }
  /** `paths` are some of them. */
  | { readonly what: 'several'; readonly count: number; readonly paths: readonly string[] }
  | { readonly what: 'none' };

interface Source {
  readonly id: number;
  readonly name: string;
  readonly parts: readonly string[];
}

/** Where an entry may stand in the index. */
type Place = readonly [key: number, sourceId: number, path: string];

const none: Match = { what: 'none' };

/**
 * Finds the files that paths of a table mean. The ways of meaning a file are tried from the surest on, and the first
 * that leads to any decides: to one file, or, when it leads to several, to none. How a path means a file is said at
 * {@link likenessOf}.
 */
export class PathMatcher {
  readonly #file: SubmissionFile;
  readonly #signal: AbortSignal | undefined;
  readonly #sources: readonly Source[];
  readonly #remoteFolder: string;
  #index: PathIndex | null = null;

  private constructor(file: SubmissionFile, signal: AbortSignal | undefined) {
    this.#file = file;
    this.#signal = signal;
    this.#remoteFolder = submissionRow(file).remote_folder;
    this.#sources = file
      .all<{ id: number; name: string; path: string }>('SELECT id, name, path FROM source')
      .map(({ id, name, path }) => ({ id, name, parts: pathKey(path)?.parts ?? [] }));
  }

  /** Good for as long as paths do not change. One at a time in an open file. */
  static async of(file: SubmissionFile, signal?: AbortSignal): Promise<PathMatcher> {
    const matcher = new PathMatcher(file, signal);
    await matcher.#noteChosenPaths();
    return matcher;
  }

  /** What each path means. Some hundred at a time. */
  async match(texts: readonly string[]): Promise<Match[]> {
    const keys = texts.map(pathKey);
    const matches = await this.#decided(keys, this.#directly(keys), 2);
    const open = keys.map((key, at) =>
      matches[at] === undefined && key !== null && key.parts.length > 0 ? key : null,
    );
    if (open.every((key) => key === null)) return matches.map((match) => match ?? none);
    this.#index ??= await PathIndex.build(this.#file, this.#signal);
    const index = this.#index;
    const nearly = open.map((key) => (key === null ? [] : index.endingWith(key.parts, MOST_COMPARED + 1)));
    const rest = await this.#decided(open, nearly, likenesses.length);
    return matches.map((match, at) => match ?? rest[at] ?? none);
  }

  /** Paths of files that may be meant by one that means none, at most three: of the same name, or next to it by path. */
  async near(text: string): Promise<string[]> {
    const parts = pathKey(text)?.parts ?? [];
    const name = parts.at(-1);
    if (name === undefined) return [];
    this.#index ??= await PathIndex.build(this.#file, this.#signal);
    const ids = [...this.#index.called(name, 3), ...this.#neighbours(parts)];
    const entries = this.#entries([...new Set(ids)]);
    return [...entries.values()].map(({ path }) => path).slice(0, 3);
  }

  #neighbours(parts: readonly string[]): number[] {
    return this.#sources.slice(0, 20).flatMap(({ id, name }) => {
      const path = (parts[0] === name ? parts.slice(1) : parts).join('/');
      const beside = (compare: '<' | '>', order: 'ASC' | 'DESC') =>
        this.#file.get<{ id: number; path: string }>(
          `SELECT id, path FROM entry WHERE source_id = ? AND path ${compare} ? ORDER BY path ${order} LIMIT 1`,
          ...[id, path],
        );
      return [beside('<', 'DESC'), beside('>', 'ASC')]
        .filter((found) => found !== undefined && isNear(found.path, path))
        .map((found) => found?.id ?? 0);
    });
  }

  /** Entries where a path says that they are, by its place among the keys. */
  #directly(keys: readonly (PathKey | null)[]): number[][] {
    const found: number[][] = keys.map(() => []);
    const places = keys.flatMap((key, at) => (key === null ? [] : [...this.#places(key, at)]));
    const rows = this.#file.tuples<number>(
      `SELECT asked.value ->> 0, e.id FROM json_each(?) asked
       CROSS JOIN entry e ON e.source_id = asked.value ->> 1 AND e.path = asked.value ->> 2`,
      JSON.stringify(places),
    );
    const chosen = keys.flatMap((key, at) => (key === null ? [] : this.#ways(key).map((path) => [at, path])));
    const renamed = this.#file.tuples<number>(
      `SELECT asked.value ->> 0, chosen.id FROM json_each(?) asked
       CROSS JOIN temp.chosen_path chosen ON chosen.path = asked.value ->> 1`,
      JSON.stringify(chosen),
    );
    for (const [at = 0, id = 0] of [...rows, ...renamed]) found[at]?.push(id);
    return found;
  }

  *#places(key: PathKey, at: number): Generator<Place> {
    for (const { id, name, parts } of this.#sources) {
      for (const way of this.#ways(key)) {
        yield [at, id, way];
        if (way === name) yield [at, id, ''];
        if (way.startsWith(`${name}/`)) yield [at, id, way.slice(name.length + 1)];
      }
      if (key.isWhole && parts.every((part, place) => key.parts[place] === part)) {
        yield [at, id, key.parts.slice(parts.length).join('/')];
      }
    }
  }

  /** A path as written, in plain parts, without the folder at the archive and without the ending of a ZIP. */
  #ways({ text, parts }: PathKey): string[] {
    const ways = new Set([text, parts.join('/')]);
    const folder = `${this.#remoteFolder}/`;
    for (const way of [...ways]) if (way.startsWith(folder)) ways.add(way.slice(folder.length));
    for (const way of [...ways]) if (way.endsWith('.zip')) ways.add(way.slice(0, -'.zip'.length));
    return [...ways];
  }

  /** What keys mean as far as the first ways of meaning a file go; undefined for those that lead to nothing. */
  async #decided(
    keys: readonly (PathKey | null)[],
    ids: readonly (readonly number[])[],
    ways: number,
  ): Promise<(Match | undefined)[]> {
    const slices = new Slices();
    const matches: (Match | undefined)[] = [];
    for (let from = 0; from < keys.length; ) {
      const wanted = new Set<number>();
      let to = from;
      while (to < keys.length && (to === from || wanted.size < COMPARED_AT_ONCE)) {
        for (const id of ids[to] ?? []) wanted.add(id);
        to += 1;
      }
      const entries = this.#entries([...wanted]);
      for (; from < to; from++)
        matches.push(this.#decide(keys[from] ?? null, ids[from] ?? [], entries, ways));
      await slices.turn();
    }
    return matches;
  }

  #decide(
    key: PathKey | null,
    ids: readonly number[],
    entries: ReadonlyMap<number, NamedEntry>,
    ways: number,
  ): Match | undefined {
    if (key === null) return undefined;
    if (ids.length > MOST_COMPARED) return several(ids, entries);
    const like = [...new Set(ids)].flatMap((id) => {
      const entry = entries.get(id);
      const likeness = entry === undefined ? null : likenessOf(key, entry, this.#remoteFolder);
      return entry === undefined || likeness === null ? [] : [{ entry, likeness }];
    });
    for (const way of likenesses.slice(0, ways)) {
      const fit = like.filter(({ likeness }) => likeness === way).map(({ entry }) => entry);
      const [only] = fit;
      if (only === undefined) continue;
      if (fit.length > 1)
        return several(
          fit.map(({ id }) => id),
          entries,
        );
      return { what: 'file', entryId: only.id, isExact: way === 'exactly', path: only.path };
    }
    return undefined;
  }

  #entries(ids: readonly number[]): Map<number, NamedEntry> {
    const rows = this.#file.tuples<number | string>(
      `SELECT e.id, e.source_id, e.path, ${remotePathSql()} FROM json_each(?) asked
       CROSS JOIN entry e ON e.id = asked.value JOIN source s ON s.id = e.source_id`,
      JSON.stringify(ids),
    );
    const sources = new Map(this.#sources.map((source) => [source.id, source]));
    const entries = new Map<number, NamedEntry>();
    for (const [id, sourceId, path, remotePath] of rows) {
      const source = sources.get(Number(sourceId));
      if (source === undefined) continue;
      const below = String(path);
      entries.set(Number(id), {
        ...{ id: Number(id), below, remotePath: String(remotePath) },
        path: below === '' ? source.name : `${source.name}/${below}`,
        whole: below === '' ? source.parts : [...source.parts, ...below.split('/')],
      });
    }
    return entries;
  }

  /** Entries whose path at the archive a person chose: there is no index of them, for few are. */
  async #noteChosenPaths(): Promise<void> {
    const file = this.#file;
    file.run('DROP TABLE IF EXISTS temp.chosen_path');
    file.run('CREATE TEMP TABLE chosen_path (path TEXT, id INTEGER, PRIMARY KEY (path, id)) WITHOUT ROWID');
    const last = file.get<{ id: number | null }>('SELECT max(id) AS id FROM entry')?.id ?? 0;
    const slices = new Slices();
    for (let from = 0; from <= last; from += IDS_AT_ONCE) {
      this.#signal?.throwIfAborted();
      file.run(
        `INSERT INTO temp.chosen_path SELECT remote_path_chosen, id FROM entry
         WHERE id >= ? AND id < ? AND remote_path_chosen IS NOT NULL`,
        ...[from, from + IDS_AT_ONCE],
      );
      await slices.turn();
    }
  }
}

function several(ids: readonly number[], entries: ReadonlyMap<number, NamedEntry>): Match {
  const paths = ids.slice(0, 3).map((id) => entries.get(id)?.path ?? '');
  return { what: 'several', count: ids.length, paths };
}

/** True for paths in one folder whose names begin and end alike. */
function isNear(path: string, other: string): boolean {
  const [parts, others] = [path.split('/'), other.split('/')];
  const [name = '', otherName = ''] = [parts.at(-1), others.at(-1)];
  if (!endsWith(others.slice(0, -1), parts.slice(0, -1)) && parts.length > 1) return false;
  const least = Math.min(name.length, otherName.length);
  let begin = 0;
  while (begin < least && name[begin] === otherName[begin]) begin += 1;
  let end = 0;
  while (end < least - begin && name.at(-1 - end) === otherName.at(-1 - end)) end += 1;
  return begin > 0 && begin + end >= 0.7 * Math.max(name.length, otherName.length);
}
