import { cannotRead, damaged } from '../pixel-problems.ts';
import { type OmeGroup, readOmeGroup } from './ome-zarr-metadata.ts';
import type { ZarrFolder } from './zarr-folder.ts';
import { readArrayMetadata } from './zarr-metadata.ts';

/** Where the image of a store is: a group with a description, or a bare array without one. */
export type ZarrImagePlace =
  | {
      readonly kind: 'image';
      readonly path: string;
      readonly group: OmeGroup;
      readonly notes: readonly string[];
    }
  | { readonly kind: 'array'; readonly path: string; readonly notes: readonly string[] };

/** Plates, wells and conversions nest a few levels; more is a loop. */
const MAX_STEPS = 6;

/**
 * Finds the image to show: at the root, in group 0 of a bioformats2raw conversion, the first field of the first well of
 * a plate, or one folder down when the store was put into a folder of its own.
 */
export async function findZarrImage(folder: ZarrFolder): Promise<ZarrImagePlace> {
  const notes: string[] = [];
  let path = '';
  for (let step = 0; step < MAX_STEPS; step++) {
    const group = await readOmeGroup(folder, path);
    if (group?.multiscales) return { kind: 'image', path, group, notes };
    if (group?.wells) {
      notes.push(
        `This is a plate of ${inWords(group.wells.length, 'well')}. The first field of the first well is shown.`,
      );
      path = join(path, group.wells[0]);
    } else if (group?.fields) {
      if (notes.length === 0) notes.push('This is a well of a plate. Its first field is shown.');
      path = join(path, group.fields[0]);
    } else if (group?.bioformats2raw) {
      if (await readOmeGroup(folder, join(path, '1')))
        notes.push('The store holds several images. The first is shown.');
      path = join(path, '0');
    } else if (group === null && (await readArrayMetadata(folder, path))) {
      notes.push('This is a Zarr array without a description. Its axes are guessed.');
      return { kind: 'array', path, notes };
    } else {
      const inside = path === '' && group === null ? await onlyStoreInside(folder) : null;
      if (inside === null) throw nothingFound(folder.name, group !== null);
      notes.push(`The store lies one folder down, in "${inside}".`);
      path = inside;
    }
  }
  throw damaged(folder.name, 'Its groups point from one to the next without an image.');
}

/** The label images of an image, as parts: `labels/nuclei`. */
export async function listLabels(folder: ZarrFolder, imagePath: string): Promise<string[]> {
  const group = await readOmeGroup(folder, join(imagePath, 'labels'));
  return (group?.labels ?? []).map((label) => `labels/${label}`);
}

/** Follows a path below another; both relative to the root. */
export function join(path: string, further: string | undefined): string {
  return [path, further ?? ''].filter((part) => part !== '').join('/');
}

async function onlyStoreInside(folder: ZarrFolder): Promise<string | null> {
  const stores: string[] = [];
  for (const name of await folder.folders('')) {
    if ((await readOmeGroup(folder, name)) ?? (await readArrayMetadata(folder, name))) stores.push(name);
    if (stores.length > 1) return null;
  }
  return stores[0] ?? null;
}

function nothingFound(name: string, isStore: boolean) {
  return isStore
    ? cannotRead(name, 'It is a Zarr store without an OME-Zarr image (no "multiscales" in its description).')
    : cannotRead(
        name,
        'This folder is no Zarr store: it has neither zarr.json nor .zgroup, .zattrs or .zarray.',
      );
}

function inWords(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${count.toLocaleString('en')} ${what}s`;
}
