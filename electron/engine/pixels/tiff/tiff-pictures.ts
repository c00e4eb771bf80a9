import { vips } from '../libvips.ts';
import { cannotRead, damaged } from '../pixel-problems.ts';
import type { PageLayout } from './tiff-layout.ts';
import { photometrics } from './tiff-tags.ts';

/**
 * Decodes a strip or tile that is a JPEG picture (TIFF Technical Note 2). libjpeg guesses from markers whether three
 * components are RGB or YCbCr; TIFF says it in PhotometricInterpretation, so the markers are made to say the same.
 * Gives interleaved bytes of `blockWidth` × `rows` pixels.
 */
export async function decodeJpegBlock(
  layout: PageLayout,
  data: Uint8Array,
  rows: number,
  tables: Uint8Array,
): Promise<Uint8Array> {
  const { name, bits, kind, blockSamples, photometric } = layout;
  if (bits !== 8 || kind !== 'uint') throw cannotRead(name, `It is compressed with JPEG of ${bits} bits.`);
  if (blockSamples !== 1 && blockSamples !== 3) {
    throw cannotRead(name, `It is compressed with JPEG of ${blockSamples} samples a pixel.`);
  }
  const picture = joinJpeg(name, data, tables, photometric === photometrics.yCbCr);
  return decodePicture(layout, picture, rows);
}

/** Decodes a tile that is a WebP picture. */
export async function decodeWebpBlock(
  layout: PageLayout,
  data: Uint8Array,
  rows: number,
): Promise<Uint8Array> {
  const { name, bits, kind, blockSamples } = layout;
  if (bits !== 8 || kind !== 'uint' || (blockSamples !== 3 && blockSamples !== 4)) {
    throw cannotRead(name, `It is compressed with WebP of ${blockSamples} samples of ${bits} bits.`);
  }
  return decodePicture(layout, data, rows);
}

async function decodePicture(layout: PageLayout, picture: Uint8Array, rows: number): Promise<Uint8Array> {
  const { name, blockWidth, blockHeight, blockSamples } = layout;
  // Some writers pad the last strip to its full height; nothing larger is decoded, whatever the picture says.
  let image = vips(picture, { limitInputPixels: blockWidth * blockHeight });
  image = blockSamples === 1 ? image.toColourspace('b-w') : image.toColourspace('srgb');
  if (blockSamples === 4) image = image.ensureAlpha();
  let decoded: { data: Uint8Array; info: { width: number; height: number; channels: number } };
  try {
    decoded = await image.raw().toBuffer({ resolveWithObject: true });
  } catch (error) {
    const line = (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
    throw damaged(name, `A picture inside it cannot be decoded (${line}).`);
  }
  const { width, height, channels } = decoded.info;
  if (width !== blockWidth || height < rows || channels !== blockSamples) {
    throw damaged(
      name,
      `A piece of ${blockWidth} × ${rows} pixels and ${blockSamples} samples holds a picture of ${width} × ${height} and ${channels}.`,
    );
  }
  return decoded.data;
}

/** JPEG markers (ITU T.81 table B.1). */
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP14 = 0xee;

/** One JPEG stream out of the shared tables and the block's own, with an Adobe marker that names the colour model. */
function joinJpeg(name: string, data: Uint8Array, tables: Uint8Array, yCbCr: boolean): Uint8Array {
  const adobe = Uint8Array.of(0xff, APP14, 0, 14, 65, 100, 111, 98, 101, 0, 100, 0, 0, 0, 0, yCbCr ? 1 : 0);
  const parts = [
    Uint8Array.of(0xff, SOI),
    adobe,
    ...(tables.length > 4 ? segments(name, tables) : []),
    ...segments(name, data),
  ];
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Start of a frame that is neither baseline (0xc0, 0xc1) nor progressive (0xc2). */
function isOtherFrame(marker: number): boolean {
  const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
  return isFrame && marker > 0xc2;
}

/** The segments of a stream without its start and end and without markers that speak of the colour model. */
function segments(name: string, stream: Uint8Array): Uint8Array[] {
  if (stream[0] !== 0xff || stream[1] !== SOI)
    throw damaged(name, 'A piece of it should be a JPEG picture and is not.');
  const kept: Uint8Array[] = [];
  let at = 2;
  while (at + 3 < stream.length) {
    if (stream[at] !== 0xff) throw damaged(name, 'A JPEG picture inside it is broken.');
    const marker = stream[at + 1] ?? 0;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === EOI) break;
    if (marker === SOS) {
      kept.push(stream.subarray(at));
      break;
    }
    const length = 2 + ((stream[at + 2] ?? 0) << 8) + (stream[at + 3] ?? 0);
    if (isOtherFrame(marker))
      throw cannotRead(name, 'It is compressed with lossless JPEG or another rare form of JPEG.');
    if (marker !== APP0 && marker !== APP14) kept.push(stream.subarray(at, at + length));
    at += length;
  }
  return kept;
}
