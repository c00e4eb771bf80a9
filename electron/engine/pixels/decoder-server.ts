import { Problem, problemOf } from '../../../shared/model/problem.ts';
import { type FromDecoder, toDecoderSchema, type Work } from './decoder-protocol.ts';
import { setGrantedFolders } from './granted-files.ts';
import { OpenedImages, type OpenSource } from './opened-images.ts';
import { asPixelProblem } from './pixel-problems.ts';
import { type PixelSource, type Plane, valueBytes } from './pixel-source.ts';
import { readPlaneFacts } from './plane-facts.ts';
import { makeThumbnail } from './thumbnail.ts';

/** How the process hears the engine and answers. */
export interface DecoderPort {
  post(message: FromDecoder): void;
  onMessage(listener: (message: unknown) => void): void;
}

/** Answers the engine's requests until the process ends. Several are under way at once; each can be cancelled. */
export function serveDecoder(port: DecoderPort, openSource: OpenSource): void {
  const images = new OpenedImages(openSource);
  const running = new Map<number, AbortController>();

  const answer = async (id: number, work: Work) => {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      port.post({ type: 'answer', id, value: await perform(images, openSource, work, controller.signal) });
    } catch (error) {
      port.post({ type: 'failure', id, problem: problemOf(asPixelProblem(error, work.path)) });
    } finally {
      running.delete(id);
    }
  };

  port.onMessage((message) => {
    const parsed = toDecoderSchema.safeParse(message);
    if (!parsed.success) return;
    const request = parsed.data;
    switch (request.type) {
      case 'start':
        setGrantedFolders(request.folders);
        port.post({ type: 'ready' });
        return;
      case 'work':
        void answer(request.id, request.work);
        return;
      case 'cancel':
        running.get(request.id)?.abort();
        return;
      case 'close':
        images.close(request.imageId);
    }
  });
}

async function perform(
  images: OpenedImages,
  openSource: OpenSource,
  work: Work,
  signal: AbortSignal,
): Promise<unknown> {
  switch (work.what) {
    case 'open':
      return images.use(work, async (source) => source.info);
    case 'facts':
      return images.use(work, (source) => readPlaneFacts(source, checkedPlane(source, work), signal));
    case 'tile':
      return images.use(work, (source) => readTile(source, work, signal));
    case 'thumbnail':
      return makeThumbnail(openSource, work, signal);
  }
}

async function readTile(
  source: PixelSource,
  tile: Extract<Work, { what: 'tile' }>,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const plane = checkedPlane(source, tile);
  const level = source.info.levels[tile.level];
  const [x, y] = [tile.x * (level?.tileWidth ?? 0), tile.y * (level?.tileHeight ?? 0)];
  if (!level || x >= level.width || y >= level.height) throw noSuchPlace(source);
  const region = {
    x,
    y,
    width: Math.min(level.tileWidth, level.width - x),
    height: Math.min(level.tileHeight, level.height - y),
  };
  return valueBytes(await source.read(plane, tile.level, region, signal));
}

function checkedPlane(source: PixelSource, plane: Plane): Plane {
  const { sizes } = source.info;
  if (plane.c >= sizes.c || plane.z >= sizes.z || plane.t >= sizes.t) throw noSuchPlace(source);
  return { c: plane.c, z: plane.z, t: plane.t };
}

function noSuchPlace(source: PixelSource): Problem {
  return new Problem('no-such-plane', `"${source.info.name}" does not reach that far.`, {
    cause: 'A plane or tile was asked for that lies outside the image. The file may have been replaced.',
    advice: 'Open the image again.',
  });
}
