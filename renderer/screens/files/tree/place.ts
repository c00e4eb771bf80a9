import type { EntryFilter } from '../../../../shared/contract/file-calls.ts';

/** A folder; a source of null is above all sources. */
export interface Place {
  readonly sourceId: number | null;
  /** Path below the source; '' is the source. */
  readonly folder: string;
}

export const above: Place = { sourceId: null, folder: '' };

/** A text that no two places share. */
export function placeKey({ sourceId, folder }: Place): string {
  return sourceId === null ? '' : `${sourceId}/${folder}`;
}

/** The folder of a name in another; above all sources it is the source that counts. */
export function placeIn(place: Place, row: { readonly sourceId: number; readonly name: string }): Place {
  if (place.sourceId === null) return { sourceId: row.sourceId, folder: '' };
  return { sourceId: place.sourceId, folder: place.folder === '' ? row.name : `${place.folder}/${row.name}` };
}

/** The folder that holds it; null above all sources. */
export function placeAbove({ sourceId, folder }: Place): Place | null {
  if (sourceId === null) return null;
  if (folder === '') return above;
  return { sourceId, folder: folder.slice(0, Math.max(0, folder.lastIndexOf('/'))) };
}

/** All places on the way to one, from above all sources down to itself. */
export function wayTo(place: Place): readonly Place[] {
  const way: Place[] = [];
  for (let at: Place | null = place; at !== null; at = placeAbove(at)) way.push(at);
  return way.reverse();
}

/** The place that a filter of the grid narrows to. */
export function placeOf({ sourceId, folder }: EntryFilter): Place {
  return sourceId === undefined ? above : { sourceId, folder: folder ?? '' };
}

/** The filter narrowed to a place, and to nothing else that is a place. */
export function filterAt(filter: EntryFilter, { sourceId, folder }: Place): EntryFilter {
  const rest = filterWithoutPlace(filter);
  if (sourceId === null) return rest;
  return folder === '' ? { ...rest, sourceId } : { ...rest, sourceId, folder };
}

/** What a filter says besides the place. */
export function filterWithoutPlace({ sourceId: _, folder: __, ...rest }: EntryFilter) {
  return rest;
}

/** The last segment of a path, on whichever system it was made. */
export function lastName(path: string): string {
  return path.split(/[/\\]/).findLast((name) => name !== '') ?? path;
}
