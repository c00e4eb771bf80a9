import type { ZarrArray } from './zarr-array.ts';
import type { ZarrFolder } from './zarr-folder.ts';
import type { ZarrArrayMetadata } from './zarr-metadata.ts';

/** Chunk files looked for when an image is opened; of larger arrays a sample spread evenly. */
const MOST_LOOKED_AT = 256;

/**
 * A note when chunk files of a level are missing. Zarr gives the fill value for them without any sign, which is right
 * for empty areas and wrong for a copy that is not complete.
 */
export async function missingChunksNote(
  folder: ZarrFolder,
  array: ZarrArray,
  level: number,
): Promise<string | null> {
  const { shape, fileShape, fillValue } = array.metadata;
  const counts = shape.map((size, axis) => Math.ceil(size / (fileShape[axis] ?? 1)));
  const total = counts.reduce((product, count) => product * count, 1);
  const looked = Math.min(total, MOST_LOOKED_AT);
  let missing = 0;
  for (let index = 0; index < looked; index++) {
    const coordinates = unravel(Math.floor((index * total) / looked), counts);
    if (!(await folder.exists(`${array.path}/${chunkKey(array.metadata, coordinates)}`))) missing++;
  }
  // Coarser levels of sparse images have empty chunks too; without a single one they were never made or copied.
  if (missing === 0 || (level > 0 && missing < looked)) return null;
  const of = looked === total ? `${total}` : `${looked} looked at (of ${total.toLocaleString('en')})`;
  return `Level ${level}: ${missing} of ${of} chunk files are missing and shown as ${Number(fillValue)}. That is right for empty areas only; else the copy is not complete.`;
}

/** The name of a chunk's file (Zarr specifications, chunk key encoding). */
export function chunkKey(metadata: ZarrArrayMetadata, coordinates: readonly number[]): string {
  const { name, separator } = metadata.keyEncoding;
  return [...(name === 'default' ? ['c'] : []), ...coordinates].join(separator) || '0';
}

function unravel(index: number, counts: readonly number[]): number[] {
  const coordinates: number[] = [];
  let rest = index;
  for (const count of [...counts].reverse()) {
    coordinates.unshift(rest % count);
    rest = Math.floor(rest / count);
  }
  return coordinates;
}
