import { resolve, sep } from 'node:path';
import { bytesPerPixel, type ImageInfo, type PlaneFacts } from '../../../shared/imaging/image-info.ts';
import { Problem } from '../../../shared/model/problem.ts';
import { planeFactsSchema, sourceInfoSchema, type Work } from './decoder-protocol.ts';
import { DecoderWork } from './decoder-work.ts';
import type { Plane } from './pixel-source.ts';

/** The engine's end of a decoder process. `onExit` tells why in a few words, once. */
export interface DecoderChannel {
  post(message: unknown, transfer?: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (why: string) => void): void;
  kill(): void;
}

/** Starts a decoder process that may read these folders: a port, each host decides how the process is made. */
export type DecoderLauncher = (grantedFolders: readonly string[]) => DecoderChannel;

/** A tile of one plane: column and row of the level's tile grid. */
export interface TilePlace extends Plane {
  readonly level: number;
  readonly x: number;
  readonly y: number;
}

/** Reads images in a process of its own, which may die without harm. Failures are Problems that name the file. */
export interface Decoder {
  /** Folders (or single files) the decoder may read. A change restarts the process when idle, or when it is needed. */
  grant(folders: readonly string[]): void;
  /** Opens a file or an OME-Zarr folder; `part` is '' or names an image inside, such as `labels/nuclei`. */
  open(path: string, part: string, signal?: AbortSignal): Promise<ImageInfo>;
  /** Range, histogram and labels of a plane, at the finest level that is small enough to be read whole. */
  facts(imageId: string, plane: Plane, signal?: AbortSignal): Promise<PlaneFacts>;
  /** Values row by row in `info.pixelType`, little-endian. Tiles at the right and lower edge are cut. */
  tile(imageId: string, tile: TilePlace, signal?: AbortSignal): Promise<Uint8Array>;
  /** A PNG with its longest side `size`; with `mask` its labels filled and outlined over it. */
  thumbnail(path: string, part: string, options: ThumbnailOptions, signal?: AbortSignal): Promise<Uint8Array>;
  close(imageId: string): void;
  /** Ends the process; what is under way fails. */
  stop(): Promise<void>;
}

export interface ThumbnailOptions {
  readonly size: number;
  readonly mask?: { readonly path: string; readonly part: string } | undefined;
}

export interface DecoderOptions {
  /** Longest time one request may take, in milliseconds. */
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT = 60_000;
const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47];

interface OpenImage {
  readonly path: string;
  readonly part: string;
  readonly info: ImageInfo;
}

/** Makes a decoder. No process runs before the first request. */
export function createDecoder(launch: DecoderLauncher, options: DecoderOptions = {}): Decoder {
  const work = new DecoderWork(launch, options.timeoutMs ?? DEFAULT_TIMEOUT);
  const images = new Map<string, OpenImage>();
  let lastImage = 0;

  const image = (imageId: string): OpenImage => {
    const found = images.get(imageId);
    if (found) return found;
    throw new Problem('image-closed', 'This image is no longer open.', { advice: 'Open it again.' });
  };
  const ask = async (request: Work, signal: AbortSignal | undefined): Promise<unknown> => {
    const mask = request.what === 'thumbnail' ? request.mask : null;
    const paths = mask && mask.path !== request.path ? [request.path, mask.path] : [request.path];
    return work.ask({ request, paths, urgent: request.what !== 'thumbnail' }, signal);
  };

  return {
    grant: (folders) => work.grant(folders.map((folder) => resolve(folder))),
    async open(path, part, signal) {
      const imageId = `image-${++lastImage}`;
      const full = resolve(path);
      const answer = await ask({ what: 'open', imageId, path: full, part }, signal);
      const info = { imageId, ...understood(sourceInfoSchema.safeParse(answer), path) };
      images.set(imageId, { path: full, part, info });
      return info;
    },
    async facts(imageId, plane, signal) {
      const { path, part } = image(imageId);
      const { c, z, t } = plane;
      const answer = await ask({ what: 'facts', imageId, path, part, c, z, t }, signal);
      return understood(planeFactsSchema.safeParse(answer), path);
    },
    async tile(imageId, tile, signal) {
      const { path, part, info } = image(imageId);
      const { level, c, z, t, x, y } = tile;
      const bytes = await ask({ what: 'tile', imageId, path, part, level, c, z, t, x, y }, signal);
      if (!(bytes instanceof Uint8Array) || bytes.byteLength !== tileBytes(info, tile)) throw badAnswer(path);
      return bytes;
    },
    async thumbnail(path, part, { size, mask }, signal) {
      const request: Work = {
        what: 'thumbnail',
        path: resolve(path),
        part,
        size,
        mask: mask ? { path: resolve(mask.path), part: mask.part } : null,
      };
      const bytes = await ask(request, signal);
      const isPng =
        bytes instanceof Uint8Array && PNG_SIGNATURE.every((byte, index) => bytes[index] === byte);
      if (!isPng) throw badAnswer(path);
      return bytes;
    },
    close(imageId) {
      if (images.delete(imageId)) work.tell({ type: 'close', imageId });
    },
    async stop() {
      images.clear();
      await work.stop();
    },
  };
}

function tileBytes(info: ImageInfo, tile: TilePlace): number {
  const level = info.levels[tile.level];
  if (!level) return 0;
  const width = Math.min(level.tileWidth, level.width - tile.x * level.tileWidth);
  const height = Math.min(level.tileHeight, level.height - tile.y * level.tileHeight);
  return width * height * bytesPerPixel[info.pixelType];
}

function understood<T>(parsed: { success: true; data: T } | { success: false }, path: string): T {
  if (parsed.success) return parsed.data;
  throw badAnswer(path);
}

function badAnswer(path: string): Problem {
  return new Problem(
    'bad-answer',
    `The image reader gave an answer about "${path.split(sep).at(-1)}" that makes no sense.`,
    {
      cause: 'The file may have taken it over. Nothing of the answer is used.',
      advice: 'Do not open the file with other programs before you know where it comes from.',
    },
  );
}
