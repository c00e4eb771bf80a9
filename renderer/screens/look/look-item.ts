import type { Entry } from '../../../shared/model/entry.ts';
import { imagePartOf, type Pair } from '../../../shared/model/pair.ts';

/** Something to open: an entry, or a label image inside it. */
export interface LookTarget {
  readonly entryId: number;
  readonly part: string;
  readonly path: string;
  /** When the file was changed last; a changed file is opened anew. */
  readonly modifiedMs: number;
}

/** One row of the gallery: an image with one of its masks, an image alone, or a mask whose image is unknown. */
export interface LookItem {
  readonly key: string;
  readonly kind: 'pair' | 'image' | 'mask';
  readonly image: LookTarget;
  readonly mask: LookTarget | null;
}

export function pairItem(pair: Pair): LookItem {
  return {
    key: `pair ${pair.id}`,
    kind: 'pair',
    image: {
      entryId: pair.imageEntryId,
      part: imagePartOf(pair.maskPart),
      path: pair.imagePath,
      modifiedMs: pair.imageModifiedMs,
    },
    mask: {
      entryId: pair.maskEntryId,
      part: pair.maskPart,
      path: pair.maskPath,
      modifiedMs: pair.maskModifiedMs,
    },
  };
}

/** The id of the pair that an item is; null when it is none. */
export function pairIdOf({ kind, key }: LookItem): number | null {
  return kind === 'pair' ? Number(key.slice('pair '.length)) : null;
}

/** A mask without image is shown over its own values, so that its labels can be judged. */
export function entryItem(entry: Pick<Entry, 'id' | 'path' | 'kind' | 'modifiedMs'>): LookItem {
  const target = { entryId: entry.id, part: '', path: entry.path, modifiedMs: entry.modifiedMs };
  const mask = entry.kind === 'mask';
  return {
    key: `entry ${entry.id}`,
    kind: mask ? 'mask' : 'image',
    image: target,
    mask: mask ? target : null,
  };
}

/** Whether an item shows an entry, as image or as mask. */
export function shows(item: LookItem, entryId: number): boolean {
  return item.image.entryId === entryId || item.mask?.entryId === entryId;
}

/** Whether two items would be seen the same: the same files, unchanged. */
export function sameSight(a: LookItem, b: LookItem): boolean {
  return (
    a.key === b.key && a.image.modifiedMs === b.image.modifiedMs && a.mask?.modifiedMs === b.mask?.modifiedMs
  );
}

/** The last segment of a path, with the part inside an OME-Zarr if one is meant. */
export function targetName({ path, part }: LookTarget): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return part === '' ? name : `${name} / ${part}`;
}
