import type { PlaneValues } from './pixel-source.ts';
import { SharedWork } from './shared-work.ts';

/** Bytes of decoded strips, tiles, chunks and made levels that one decoder process keeps. */
const LIMIT = 256 * 1024 * 1024;

let lastSource = 0;

/** The decoded blocks of all open sources; one bound for the process, whatever is open. */
export const decodedBlocks = new SharedWork<PlaneValues>(LIMIT, (values) => values.byteLength);

/** A prefix of cache keys that no other source has. */
export function newCachePrefix(): string {
  return `${++lastSource}:`;
}
