import type { PlaneValues } from './pixel-source.ts';
import { SharedWork } from './shared-work.ts';

/** Bytes of decoded strips, tiles, chunks and made levels that one decoder process keeps. */
const LIMIT = 256 * 1024 * 1024;

let lastSource = 0;

/** The decoded blocks of all open sources; one bound for the process, whatever is open. */
export const decodedBlocks = new SharedWork<PlaneValues>(LIMIT, (values) => values.byteLength);

/** Bytes of one PNG or JPEG, which can only be decoded whole. */
export const MAX_PICTURE_BYTES = 512 * 1024 * 1024;

/** The decoded PNGs and JPEGs, apart from the blocks: one large one would push out all of them. */
export const decodedPictures = new SharedWork<PlaneValues>(MAX_PICTURE_BYTES, (values) => values.byteLength);

/** A prefix of cache keys that no other source has. */
export function newCachePrefix(): string {
  return `${++lastSource}:`;
}
