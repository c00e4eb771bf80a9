import { type ChannelPaint, composeChannels } from '../../../shared/imaging/channel-composition.ts';
import { startingRange } from '../../../shared/imaging/contrast.ts';
import { parseColour } from '../../../shared/imaging/label-colours.ts';
import { type PaddedLabels, paintLabels } from '../../../shared/imaging/label-paint.ts';
import { Problem } from '../../../shared/model/problem.ts';
import { fitAverage, fitNearest, type Size } from './fit.ts';
import { sharp } from './libvips.ts';
import type { OpenSource } from './opened-images.ts';
import type { PixelSource, Plane, PlaneValues } from './pixel-source.ts';
import { planeFacts } from './plane-facts.ts';

/** More channels than this cannot be told apart in a small picture. */
const MOST_CHANNELS = 4;
const FILL_ALPHA = 100;

export interface ThumbnailRequest {
  readonly path: string;
  readonly part: string;
  readonly size: number;
  readonly mask: { readonly path: string; readonly part: string } | null;
}

/**
 * A PNG of the middle slice of the first time point, its longest side `size` pixels: all channels in their colours and
 * starting contrast, with the labels of a mask filled and outlined over it.
 */
export async function makeThumbnail(
  openSource: OpenSource,
  request: ThumbnailRequest,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const source = await openSource(request.path, request.part);
  try {
    const { sizes } = source.info;
    const size = fitSize(sizes, request.size);
    const plane = { z: Math.floor(sizes.z / 2), t: 0 };
    const pixels = await paintImage(source, plane, size, signal);
    if (request.mask) {
      const mask = await openSource(request.mask.path, request.mask.part);
      try {
        layOver(pixels, await paintMask(mask, source, plane, size, signal));
      } finally {
        await mask.close();
      }
    }
    const raw = { width: size.width, height: size.height, channels: 4 } as const;
    return await sharp(pixels, { raw }).removeAlpha().png().toBuffer();
  } finally {
    await source.close();
  }
}

function fitSize(sizes: { readonly x: number; readonly y: number }, longest: number): Size {
  const scale = longest / Math.max(sizes.x, sizes.y);
  return {
    width: Math.max(1, Math.round(sizes.x * scale)),
    height: Math.max(1, Math.round(sizes.y * scale)),
  };
}

type Slice = Pick<Plane, 'z' | 't'>;

async function paintImage(
  source: PixelSource,
  slice: Slice,
  size: Size,
  signal: AbortSignal,
): Promise<Uint8ClampedArray> {
  const { info } = source;
  const paints: ChannelPaint[] = [];
  for (const [c, channel] of info.channels.slice(0, MOST_CHANNELS).entries()) {
    const { values, size: full } = await readLevel(source, { ...slice, c }, size, signal);
    paints.push({
      values: fitAverage(values, full, size, info.pixelType),
      range: startingRange(info, channel, planeFacts(values)),
      gamma: 1,
      colour: parseColour(channel.color),
    });
  }
  const out = new Uint8ClampedArray(size.width * size.height * 4);
  composeChannels(info.pixelType, paints, out);
  return out;
}

/** The coarsest level that is not smaller than what is wanted, whole. */
async function readLevel(
  source: PixelSource,
  plane: Plane,
  wanted: Size,
  signal: AbortSignal,
): Promise<{ values: PlaneValues; size: Size }> {
  const { levels } = source.info;
  const enough = levels.findLastIndex(
    (level) => level.width >= wanted.width && level.height >= wanted.height,
  );
  const index = Math.max(0, enough);
  const level = levels[index];
  if (!level) throw new RangeError('An image has at least one level.');
  const size = { width: level.width, height: level.height };
  return { values: await source.read(plane, index, { x: 0, y: 0, ...size }, signal), size };
}

async function paintMask(
  mask: PixelSource,
  image: PixelSource,
  slice: Slice,
  size: Size,
  signal: AbortSignal,
): Promise<Uint8ClampedArray> {
  const [own, other] = [mask.info.sizes, image.info.sizes];
  if (Math.abs((own.x / own.y) * (other.y / other.x) - 1) > 0.01) {
    throw new Problem(
      'mask-does-not-fit',
      `The mask "${mask.info.name}" does not fit "${image.info.name}".`,
      {
        cause: `The mask has ${own.x} × ${own.y} pixels, the image ${other.x} × ${other.y}.`,
        advice: 'Check the pair: it may be the mask of another image.',
      },
    );
  }
  const place = {
    z: Math.min(own.z - 1, Math.floor((slice.z * own.z) / other.z)),
    t: Math.min(own.t - 1, slice.t),
  };
  const read = async (c: number) => {
    const { values, size: full } = await readLevel(mask, { ...place, c }, size, signal);
    return fitNearest(values, full, size, mask.info.pixelType);
  };
  const { rgb } = mask.info;
  const labels: PaddedLabels = {
    values: rgb ? joinColors([await read(0), await read(1), await read(2)]) : await read(0),
    ...size,
    pad: 0,
    coloured: rgb,
  };
  const out = new Uint8ClampedArray(size.width * size.height * 4);
  paintLabels(labels, { fillAlpha: FILL_ALPHA, outlineAlpha: 255, outlineWidth: 1 }, out);
  // Of objects a few pixels wide only outlines would be left, and nothing of the image under them.
  if (outlineShare(out) > 0.6)
    paintLabels(labels, { fillAlpha: FILL_ALPHA, outlineAlpha: 0, outlineWidth: 0 }, out);
  return out;
}

function outlineShare(painted: Uint8ClampedArray): number {
  let labelled = 0;
  let outlined = 0;
  for (let at = 3; at < painted.length; at += 4) {
    if (painted[at] !== 0) labelled++;
    if (painted[at] === 255) outlined++;
  }
  return labelled === 0 ? 0 : outlined / labelled;
}

/** A mask stored as a colour picture: each colour is a label. */
function joinColors([red, green, blue]: readonly [PlaneValues, PlaneValues, PlaneValues]): Uint32Array {
  return Uint32Array.from(
    red,
    (value, index) => value * 65_536 + (green[index] ?? 0) * 256 + (blue[index] ?? 0),
  );
}

/** Lays one picture over another; both red, green, blue, alpha. The lower one is opaque. */
function layOver(lower: Uint8ClampedArray, upper: Uint8ClampedArray): void {
  for (let at = 0; at < lower.length; at += 4) {
    const share = (upper[at + 3] ?? 0) / 255;
    if (share === 0) continue;
    for (let part = at; part < at + 3; part++) {
      lower[part] = (lower[part] ?? 0) * (1 - share) + (upper[part] ?? 0) * share;
    }
  }
}
