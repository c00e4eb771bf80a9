import type { ImageInfo, PlaneFacts } from '../../../shared/imaging/image-info.ts';
import { bytesPerPixel } from '../../../shared/imaging/image-info.ts';
import { Problem } from '../../../shared/model/problem.ts';

export interface ReadPlane {
  readonly c: number;
  readonly z: number;
  readonly t: number;
}

/**
 * Reads what an image is and the facts of one plane of it, the first unless another is named, in the decoder process.
 * `part` is a label image inside an OME-Zarr, or ''. Throws a Problem for what cannot be read, a file that ended the
 * decoder among it.
 */
export type ReadImage = (
  path: string,
  part: string,
  signal: AbortSignal,
  plane?: ReadPlane,
) => Promise<{ readonly info: Omit<ImageInfo, 'imageId'>; readonly facts: PlaneFacts }>;

/** What the checks keep of an image. */
export interface Reading {
  readonly sizes: ImageInfo['sizes'];
  readonly storedType: string;
  readonly floating: boolean;
  readonly rgb: boolean;
  readonly notes: readonly string[];
  /** `all`: no pixel of it is other than 0. `seen`: of those that were looked at. */
  readonly zero: 'no' | 'seen' | 'all';
}

/** Why an image could not be read. */
export interface Unread {
  readonly code: string;
  readonly why: string;
}

/** One file as it was: readings are good as long as it does not change. */
export interface ReadFile {
  readonly localPath: string;
  readonly size: number;
  readonly modifiedMs: number;
}

/** Planes of a stack that are looked at for a mask without labels. */
const PLANES = 5;
/** The decoder reads planes up to this size whole, larger ones in a coarser level. */
const WHOLE_PLANE = 64 * 1024 * 1024;
const MOST_KEPT = 50_000;
/** Failures that say nothing about the file and are tried again each time. */
const PASSING = new Set([
  'not-granted',
  'file-gone',
  'file-unreadable',
  'decoder-unavailable',
  'decoder-stopped',
  'decoder-timeout',
]);

/** Reads images once and remembers what they are, because people check again after every few edits. */
export class ImageReadings {
  readonly #kept = new Map<string, Reading | Unread>();

  /** What the file holds. With `look`, whether it is all zero too. Only an abort is thrown. */
  async read(
    file: ReadFile,
    part: string,
    read: ReadImage,
    options: { readonly look: boolean; readonly signal: AbortSignal },
  ): Promise<Reading | Unread> {
    const key = JSON.stringify([file.localPath, part, file.size, file.modifiedMs, options.look]);
    const known = this.#kept.get(key);
    if (known) return known;
    const reading = await attempt(file.localPath, part, read, options);
    if (!isUnread(reading) || !PASSING.has(reading.code)) {
      if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
      this.#kept.set(key, reading);
    }
    return reading;
  }
}

export function isUnread(reading: Reading | Unread): reading is Unread {
  return 'why' in reading;
}

async function attempt(
  path: string,
  part: string,
  read: ReadImage,
  { look, signal }: { readonly look: boolean; readonly signal: AbortSignal },
): Promise<Reading | Unread> {
  try {
    const { info, facts } = await read(path, part, signal);
    return {
      sizes: info.sizes,
      storedType: info.storedType,
      floating: info.storedType.startsWith('float'),
      rgb: info.rgb,
      notes: info.notes,
      zero: look ? await zeroness(path, part, read, signal, info, facts) : 'no',
    };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Problem) return { code: error.code, why: error.why ?? error.message };
    return { code: 'unknown', why: error instanceof Error ? error.message : String(error) };
  }
}

async function zeroness(
  path: string,
  part: string,
  read: ReadImage,
  signal: AbortSignal,
  info: Omit<ImageInfo, 'imageId'>,
  first: PlaneFacts,
): Promise<Reading['zero']> {
  const isZero = (facts: PlaneFacts) => facts.min === 0 && facts.max === 0;
  if (!isZero(first)) return 'no';
  const { c, z, t, x, y } = info.sizes;
  const planes = c * z * t;
  const step = Math.max(1, (planes - 1) / (PLANES - 1));
  for (let at = step; Math.round(at) < planes; at += step) {
    const index = Math.round(at);
    const plane = { z: index % z, t: Math.floor(index / z) % t, c: Math.floor(index / (z * t)) };
    if (!isZero((await read(path, part, signal, plane)).facts)) return 'no';
  }
  return planes <= PLANES && x * y * bytesPerPixel[info.pixelType] <= WHOLE_PLANE ? 'all' : 'seen';
}
