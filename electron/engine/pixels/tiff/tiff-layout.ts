import type { PixelType } from '../../../../shared/imaging/image-info.ts';
import type { Problem } from '../../../../shared/model/problem.ts';
import { cannotRead, damaged, tooLarge } from '../pixel-problems.ts';
import type { TiffDirectory, TiffFile } from './tiff-directory.ts';
import { compressions, tags } from './tiff-tags.ts';

/** Decoded bytes of one strip or tile; honest writers stay far below. */
const MAX_BLOCK_BYTES = 256 * 1024 * 1024;
/** Rows of an uncompressed strip are read in bands of about this many bytes. */
const BAND_BYTES = 4 * 1024 * 1024;
const MAX_SIDE = 2 ** 31 - 1;
const MAX_SAMPLES = 4096;

export type SampleKind = 'uint' | 'int' | 'float';

/** Where the pixels of a page lie and what they are, with every default and known omission filled in. */
export interface PageLayout {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly samples: number;
  readonly bits: number;
  readonly kind: SampleKind;
  /** Values are delivered in this type. */
  readonly pixelType: PixelType;
  readonly littleEndian: boolean;
  readonly compression: number;
  readonly predictor: number;
  readonly photometric: number;
  /** True when the bits of each byte are stored last first (FillOrder 2). */
  readonly reversedBits: boolean;
  /** What the first sample beyond the colours is: 0 unspecified, 1 or 2 transparency; undefined when not said. */
  readonly extraSample: number | undefined;
  readonly tiled: boolean;
  readonly blockWidth: number;
  readonly blockHeight: number;
  readonly blocksAcross: number;
  readonly blocksDown: number;
  /** Samples stored together in one block: all of them, or 1 when the planes are separate. */
  readonly blockSamples: number;
  readonly offsets: readonly number[];
  readonly byteCounts: readonly number[];
}

/** Bytes of one row of a block; rows begin at a byte. */
export function rowBytes(layout: Pick<PageLayout, 'blockWidth' | 'blockSamples' | 'bits'>): number {
  return Math.ceil((layout.blockWidth * layout.blockSamples * layout.bits) / 8);
}

/**
 * Reads the layout of a page and checks that it is possible. What writers leave out is filled in: BitsPerSample is 1
 * when absent, one BitsPerSample or SampleFormat stands for all samples (TIFF 6.0 sections 4 and 19).
 */
export async function readLayout(tiff: TiffFile, directory: TiffDirectory): Promise<PageLayout> {
  const { name } = tiff.file;
  const number = async (tag: number, otherwise: number) => (await directory.number(tag)) ?? otherwise;
  const width = await number(tags.imageWidth, 0);
  const height = await number(tags.imageLength, 0);
  const samples = await number(tags.samplesPerPixel, 1);
  const whole = (value: number, most: number) => Number.isInteger(value) && value >= 1 && value <= most;
  if (!whole(width, MAX_SIDE) || !whole(height, MAX_SIDE)) {
    throw damaged(name, `It says it is ${width} × ${height} pixels.`);
  }
  if (!whole(samples, MAX_SAMPLES)) throw damaged(name, `It says it has ${samples} samples a pixel.`);
  const bits = await uniform(directory, tags.bitsPerSample, 1, 'bits', name);
  const kind = sampleKind(await uniform(directory, tags.sampleFormat, 1, 'sample formats', name), name);
  const pixelType = deliveredType(kind, bits, name);
  const planar = await number(tags.planarConfiguration, 1);
  if (planar !== 1 && planar !== 2)
    throw damaged(name, `Its planes are arranged in a way (${planar}) that does not exist.`);
  const base = {
    name,
    width,
    height,
    samples,
    bits,
    kind,
    pixelType,
    littleEndian: tiff.littleEndian,
    compression: await number(tags.compression, 1),
    predictor: await number(tags.predictor, 1),
    photometric: await number(tags.photometric, 1),
    reversedBits: (await number(tags.fillOrder, 1)) === 2,
    extraSample: await directory.number(tags.extraSamples),
    blockSamples: planar === 2 ? 1 : samples,
  };
  const tiled = directory.has(tags.tileOffsets);
  const blockWidth = tiled ? await number(tags.tileWidth, 0) : width;
  const rows = tiled ? await number(tags.tileLength, 0) : (await number(tags.rowsPerStrip, 0)) || height;
  const blockHeight = tiled ? rows : Math.min(rows, height);
  if (!whole(blockWidth, MAX_SIDE) || !whole(blockHeight, MAX_SIDE)) {
    throw damaged(name, `It says its tiles are ${blockWidth} × ${blockHeight} pixels.`);
  }
  const blocksAcross = Math.ceil(width / blockWidth);
  const blocksDown = Math.ceil(height / blockHeight);
  const needed = blocksAcross * blocksDown * (planar === 2 ? samples : 1);
  const offsets = await directory.numbers(tiled ? tags.tileOffsets : tags.stripOffsets);
  let byteCounts = await directory.numbers(tiled ? tags.tileByteCounts : tags.stripByteCounts);
  if (offsets.length !== needed) {
    const what = tiled ? 'tiles' : 'strips';
    throw damaged(name, `By its size it needs ${needed} ${what}, but it lists ${offsets.length}.`);
  }
  const geometry = { tiled, blockWidth, blockHeight, blocksAcross, blocksDown };
  const row = rowBytes({ blockWidth, blockSamples: base.blockSamples, bits });
  if (byteCounts.length === 0 && base.compression === compressions.none) {
    byteCounts = offsets.map((_, index) => {
      const top = (index % (blocksAcross * blocksDown)) * blockHeight;
      return row * (tiled ? blockHeight : Math.min(blockHeight, height - top));
    });
  }
  if (byteCounts.length !== needed) {
    throw damaged(name, `It lists ${offsets.length} places of pixels but ${byteCounts.length} sizes.`);
  }
  const layout = { ...base, ...geometry, offsets, byteCounts };
  if (!tiled && base.compression === compressions.none && row * blockHeight > BAND_BYTES)
    return inBands(layout, row);
  if (row * blockHeight > MAX_BLOCK_BYTES) {
    throw tooLarge(
      name,
      `It is stored in pieces of ${Math.ceil((row * blockHeight) / 1e6)} MB, of which none can be read in part.`,
    );
  }
  return layout;
}

/** Cuts large uncompressed strips into bands of rows, so that a plane in one strip is not read whole for one tile. */
function inBands(layout: PageLayout, row: number): PageLayout {
  if (row > MAX_BLOCK_BYTES) throw tooLarge(layout.name, `One row of it takes ${row} bytes.`);
  const band = Math.max(1, Math.floor(BAND_BYTES / row));
  if (layout.blocksDown > 1 && layout.blockHeight % band !== 0) return inOddBands(layout, row, band);
  return cut(layout, row, band);
}

/** Bands must not cross from one strip to the next: the largest divisor of the strip's rows that fits is used. */
function inOddBands(layout: PageLayout, row: number, most: number): PageLayout {
  let band = most;
  while (layout.blockHeight % band !== 0) band--;
  return cut(layout, row, band);
}

function cut(layout: PageLayout, row: number, band: number): PageLayout {
  const blocksDown = Math.ceil(layout.height / band);
  const planes = layout.offsets.length / layout.blocksDown;
  const offsets: number[] = [];
  const byteCounts: number[] = [];
  for (let plane = 0; plane < planes; plane++) {
    for (let index = 0; index < blocksDown; index++) {
      const top = index * band;
      const strip = Math.floor(top / layout.blockHeight);
      const within = (top - strip * layout.blockHeight) * row;
      const place = plane * layout.blocksDown + strip;
      const bytes = Math.min(band, layout.height - top) * row;
      const [from, stored] = [layout.offsets[place] ?? 0, layout.byteCounts[place] ?? 0];
      const sparse = from === 0 && stored === 0;
      if (!sparse && stored < within + bytes) throw shortBlock(layout.name, stored, within + bytes);
      offsets.push(sparse ? 0 : from + within);
      byteCounts.push(sparse ? 0 : bytes);
    }
  }
  return { ...layout, blockHeight: band, blocksDown, offsets, byteCounts };
}

/** A strip or tile that holds fewer bytes than its pixels need. */
export function shortBlock(name: string, holds: number, needs: number): Problem {
  return damaged(name, `A piece of it holds ${holds} bytes where its pixels need ${needs}.`);
}

async function uniform(
  directory: TiffDirectory,
  tag: number,
  otherwise: number,
  what: string,
  name: string,
): Promise<number> {
  const values = await directory.numbers(tag);
  const first = values[0] ?? otherwise;
  if (values.some((value) => value !== first)) {
    throw cannotRead(name, `Its samples have different ${what} (${values.slice(0, 8).join(', ')}).`);
  }
  return first;
}

/** SampleFormat (TIFF 6.0 section 19). 4, "undefined", is read as unsigned, as libtiff does. */
function sampleKind(format: number, name: string): SampleKind {
  if (format === 1 || format === 4) return 'uint';
  if (format === 2) return 'int';
  if (format === 3) return 'float';
  if (format === 5 || format === 6) throw cannotRead(name, 'Its pixels are complex numbers.');
  throw damaged(name, `Its sample format ${format} does not exist.`);
}

function deliveredType(kind: SampleKind, bits: number, name: string): PixelType {
  if (kind === 'float') {
    if (bits === 16 || bits === 32) return 'float32';
    if (bits === 64) return 'float64';
  } else if (Number.isInteger(bits) && bits >= 1 && bits <= 32) {
    const prefix = kind === 'uint' ? 'uint' : 'int';
    return `${prefix}${bits <= 8 ? 8 : bits <= 16 ? 16 : 32}`;
  } else if (bits === 64) return 'float64';
  throw cannotRead(name, `Its numbers have ${bits} bits each (${kind}).`);
}

/** What the file stores, as people write it: `uint12`, `float16`, `bool`. */
export function storedType(layout: Pick<PageLayout, 'kind' | 'bits'>): string {
  return layout.kind === 'uint' && layout.bits === 1 ? 'bool' : `${layout.kind}${layout.bits}`;
}
