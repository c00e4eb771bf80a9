import { setImmediate } from 'node:timers/promises';
import type { EntryKind } from '../../../shared/model/entry.ts';
import { kindByFolders, namesMask, splitExtension } from '../../../shared/rules/file-kinds.ts';
import type { SubmissionFile } from '../library/submission-file.ts';

const ROWS_AT_ONCE = 1000;
/** More places than these are not kept: everything is weighed then. */
const MOST_PLACES = 10_000;
/** When so large a share of a folder's images say on their own that they are masks, the others are none. */
const MIXED_SHARE = 0.05;

/** A folder whose name says mask, while the rows below it pass by. */
interface Speaker {
  /** With the source's name in front and `/` at the end. */
  readonly prefix: string;
  images: number;
  /** Of these, the ones that would be masks without this folder's name. */
  sure: number;
}

interface Row {
  readonly id: number;
  readonly path: string;
  readonly name: string;
  readonly format: string;
  readonly kind_guess: EntryKind;
}

/** The outermost folders whose names say mask, as a walk meets folders, those above before those below. */
export class MaskFolders {
  #places: string[] = [];

  met(folders: readonly { readonly path: string; readonly says: 'mask' | 'image' | null }[]): void {
    for (const { path, says } of folders) {
      if (says !== 'mask' || path === '') continue;
      // Below a folder that says mask all say so, or the one that says otherwise is walked further in.
      if (kindByFolders(path.slice(path.lastIndexOf('/') + 1)) === 'mask') this.#places.push(path);
    }
    if (this.#places.length > MOST_PLACES) this.#places = [''];
  }

  /** Below these, and nowhere else, folders speak for files; '' is everything. */
  get places(): string[] {
    if (this.#places.includes('')) return [''];
    const sorted = this.#places.map((path) => `${path}/`).sort();
    const outermost: string[] = [];
    for (const place of sorted) {
      const last = outermost.at(-1);
      if (last === undefined || !place.startsWith(last)) outermost.push(place);
    }
    return outermost.map((place) => place.slice(0, -1));
  }
}

/**
 * Weighs what folder names say about kinds, once all files of a source are known. In `masks/` full of neutral names
 * all images are masks, even when the source itself is that folder. In a folder `segmentation/` that holds
 * `cells.tif` beside `cells_mask.tif`, the folder's name says nothing about `cells.tif`. Changes guesses only.
 * `places` are the folders below which any name says mask (see {@link MaskFolders}): the rest is not looked at.
 */
export async function weighFolders(
  file: SubmissionFile,
  source: { readonly id: number; readonly name: string },
  places: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  const chain = chainOf(source.name);
  for (const place of namesMask(source.name) ? [''] : places) {
    signal?.throwIfAborted();
    await weighBelow(file, source, place, chain);
    await setImmediate();
  }
}

/** Weighs the folders in one place; '' is the whole source. */
async function weighBelow(
  file: SubmissionFile,
  source: { readonly id: number; readonly name: string },
  place: string,
  chain: (full: string) => readonly string[],
): Promise<void> {
  const open: Speaker[] = [];
  const close = async (speaker: Speaker) => {
    if (speaker.sure === speaker.images) return;
    const isMixed = speaker.sure > 0 && speaker.sure >= speaker.images * MIXED_SHARE;
    await settle(file, source, speaker.prefix, isMixed ? 'image' : 'mask', chain);
  };
  for await (const rows of pages(
    file,
    source.id,
    place === '' ? '' : `${place}/`,
    place === '' ? null : `${place}0`,
  )) {
    for (const row of rows) {
      const full = `${source.name}/${row.path}`;
      for (let top = open.at(-1); top && !full.startsWith(top.prefix); top = open.at(-1)) {
        open.pop();
        await close(top);
      }
      const speakers = chain(full);
      for (const [depth, prefix] of speakers.entries()) {
        let speaker = open.find((one) => one.prefix === prefix);
        if (!speaker) {
          speaker = { prefix, images: 0, sure: 0 };
          open.push(speaker);
        }
        speaker.images++;
        if (depth < speakers.length - 1 || namesItself(row)) speaker.sure++;
      }
    }
  }
  for (const speaker of open.toReversed()) await close(speaker);
}

/** Gives the images that only one folder's name speaks for the kind that was found. */
async function settle(
  file: SubmissionFile,
  source: { readonly id: number; readonly name: string },
  prefix: string,
  kind: EntryKind,
  chain: (full: string) => readonly string[],
): Promise<void> {
  const from = prefix.slice(source.name.length + 1);
  // '0' is the character after '/': everything below the folder lies between the two.
  const before = from === '' ? null : `${from.slice(0, -1)}0`;
  for await (const rows of pages(file, source.id, from, before)) {
    const wrong = rows.filter(
      (row) =>
        row.kind_guess !== kind && !namesItself(row) && chain(`${source.name}/${row.path}`).at(-1) === prefix,
    );
    if (wrong.length === 0) continue;
    file.transaction(() => {
      file.run('UPDATE submission SET pairs_stale = 1');
      for (const row of wrong) file.run('UPDATE entry SET kind_guess = ? WHERE id = ?', kind, row.id);
    });
  }
}

function namesItself(row: Row): boolean {
  return namesMask(splitExtension(row.name).stem);
}

/**
 * For a full path the folders whose names say mask, the outermost first, as far as no folder further in says image.
 * Remembers the last folder: rows come in path order.
 */
function chainOf(sourceName: string): (full: string) => readonly string[] {
  const bySource = namesMask(sourceName) ? [`${sourceName}/`] : [];
  let last = '';
  let known: readonly string[] = [];
  return (full) => {
    const folder = full.slice(0, full.lastIndexOf('/'));
    if (folder === last) return known;
    let prefix = `${sourceName}/`;
    let speakers = [...bySource];
    const inside = folder.slice(prefix.length);
    for (const name of inside === '' ? [] : inside.split('/')) {
      prefix += `${name}/`;
      const says = kindByFolders(name);
      if (says === 'mask') speakers.push(prefix);
      if (says === 'image') speakers = [];
    }
    last = folder;
    known = speakers;
    return speakers;
  };
}

/** Images and masks of a source by path, but not Zarrs: those say themselves what they are. */
async function* pages(
  file: SubmissionFile,
  sourceId: number,
  from: string,
  before: string | null,
): AsyncGenerator<Row[]> {
  let after: string | null = null;
  for (;;) {
    const page: Row[] = file.all<Row>(
      `SELECT id, path, name, format, kind_guess FROM entry
       WHERE source_id = ? AND path >= ? AND (?3 IS NULL OR path > ?3) AND (?4 IS NULL OR path < ?4)
       ORDER BY path LIMIT ${ROWS_AT_ONCE}`,
      sourceId,
      after ?? from,
      after,
      before,
    );
    yield page.filter(isPlainImage);
    after = page.at(-1)?.path ?? null;
    if (page.length < ROWS_AT_ONCE) return;
    await setImmediate();
  }
}

function isPlainImage({ format, kind_guess: kind }: Row): boolean {
  if (format === 'ome-zarr' || format === 'zarr') return false;
  return kind === 'image' || kind === 'mask';
}
