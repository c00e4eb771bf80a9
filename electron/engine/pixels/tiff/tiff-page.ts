import type { PixelType } from '../../../../shared/imaging/image-info.ts';
import { decodedBlocks } from '../decoded-blocks.ts';
import { cannotRead } from '../pixel-problems.ts';
import { copyBlock, makeValues, type PlaneValues, type Region } from '../pixel-source.ts';
import { expandBlock, isExpandedHere, isPicture } from './tiff-decompress.ts';
import { readDirectory, type TiffDirectory, type TiffFile } from './tiff-directory.ts';
import { type PageLayout, readLayout, rowBytes, storedType } from './tiff-layout.ts';
import { readColorMap, spreadPalette } from './tiff-palette.ts';
import { undoPredictor } from './tiff-predictor.ts';
import { unpackSamples } from './tiff-samples.ts';
import { openSecondReader } from './tiff-second-reader.ts';
import { compressions, photometrics, tags } from './tiff-tags.ts';

/** The pixels of one page, whoever decodes them. */
export interface TiffPage {
  readonly width: number;
  readonly height: number;
  /** Samples a pixel as delivered: a palette gives three. */
  readonly samples: number;
  readonly pixelType: PixelType;
  readonly storedType: string;
  /** True when the first three samples are red, green, blue. */
  readonly color: boolean;
  /** True when a fourth sample is transparency. */
  readonly alpha: boolean;
  readonly tiled: boolean;
  readonly blockWidth: number;
  readonly blockHeight: number;
  readonly notes: readonly string[];
  read(sample: number, region: Region, signal?: AbortSignal): Promise<PlaneValues>;
}

export interface PageOptions {
  /** Where decoded blocks are kept; differs for every page. */
  readonly cacheKey: string;
  /** The place of the page in the main chain, for libvips; null when it is not in that chain. */
  readonly index: number | null;
  /** Deliver the numbers of a palette image instead of its colours. */
  readonly paletteNumbers: boolean;
  /** Plane of a file that stores many planes behind one directory, one after the other. */
  readonly contiguousPlane: number;
}

/** Opens a page: here where its storage is understood, by libvips where only that can, else a Problem says why. */
export async function openPage(tiff: TiffFile, offset: number, options: PageOptions): Promise<TiffPage> {
  const directory = await readDirectory(tiff, offset);
  const layout = shifted(await readLayout(tiff, directory), options.contiguousPlane);
  const { name, photometric, compression } = layout;
  const jpegColor =
    photometric === photometrics.yCbCr && compression === compressions.jpeg && layout.blockSamples === 3;
  const foreignColor =
    photometric === photometrics.cmyk ||
    photometric === photometrics.cieLab ||
    (photometric === photometrics.yCbCr && !jpegColor);
  if (!isExpandedHere(compression) || foreignColor) {
    if (options.index === null)
      throw cannotRead(name, 'A smaller copy inside it is stored in a way that is not read.');
    return openSecondReader(tiff, layout, options.index, options.cacheKey);
  }
  if (photometric > photometrics.cieLab)
    throw cannotRead(name, `Its colour model (${photometric}) is not known.`);
  const isPalette = photometric === photometrics.palette && !options.paletteNumbers;
  const colorMap = isPalette ? await readColorMap(directory, layout) : null;
  const notes = await pageNotes(directory, layout);
  const jpegTables = await directory.bytes(tags.jpegTables);
  const color = colorMap !== null || jpegColor || photometric === photometrics.rgb;
  return {
    width: layout.width,
    height: layout.height,
    samples: colorMap ? 3 : layout.samples,
    pixelType: colorMap ? 'uint8' : layout.pixelType,
    storedType: colorMap ? 'uint8' : storedType(layout),
    color: color && (colorMap !== null || layout.samples >= 3),
    alpha: color && layout.samples === 4 && layout.extraSample !== 0,
    tiled: layout.tiled,
    blockWidth: layout.blockWidth,
    blockHeight: layout.blockHeight,
    notes,
    async read(sample, region, signal) {
      const out = makeValues(colorMap ? 'uint8' : layout.pixelType, region.width * region.height);
      const plane = layout.blockSamples === 1 && !colorMap ? sample : 0;
      const offsetInPixel = layout.blockSamples === 1 && !colorMap ? 0 : sample;
      const step = colorMap ? 3 : layout.blockSamples;
      for (const block of blocksUnder(layout, region)) {
        signal?.throwIfAborted();
        const index = plane * layout.blocksAcross * layout.blocksDown + block.index;
        const key = `${options.cacheKey}:${index}`;
        const values = await decodedBlocks.get(
          key,
          async () => {
            const decoded = await decodeBlock(tiff, layout, index, block.height, jpegTables);
            return colorMap ? spreadPalette(decoded, colorMap, name) : decoded;
          },
          signal,
        );
        const place = { x: block.x, y: block.y, width: layout.blockWidth, height: block.height };
        copyBlock({ values, step, offset: offsetInPixel }, place, region, out);
      }
      return out;
    },
  };
}

/** The layout of a later plane of a file whose planes follow each other behind one directory. */
function shifted(layout: PageLayout, plane: number): PageLayout {
  if (plane === 0) return layout;
  const total = layout.byteCounts.reduce((sum, bytes) => sum + bytes, 0);
  return { ...layout, offsets: layout.offsets.map((offset) => offset + plane * total) };
}

/** The blocks that a region touches. Strips are cut at the lower edge; tiles are stored in full. */
function* blocksUnder(layout: PageLayout, region: Region) {
  const { blockWidth, blockHeight, blocksAcross } = layout;
  const lastRow = Math.floor((region.y + region.height - 1) / blockHeight);
  const lastColumn = Math.floor((region.x + region.width - 1) / blockWidth);
  for (let row = Math.floor(region.y / blockHeight); row <= lastRow; row++) {
    for (let column = Math.floor(region.x / blockWidth); column <= lastColumn; column++) {
      const y = row * blockHeight;
      yield {
        index: row * blocksAcross + column,
        x: column * blockWidth,
        y,
        height: layout.tiled ? blockHeight : Math.min(blockHeight, layout.height - y),
      };
    }
  }
}

async function decodeBlock(
  tiff: TiffFile,
  layout: PageLayout,
  index: number,
  rows: number,
  jpegTables: Uint8Array,
): Promise<PlaneValues> {
  const offset = layout.offsets[index] ?? 0;
  const stored = layout.byteCounts[index] ?? 0;
  const length = rowBytes(layout) * rows;
  // A block at 0 with no bytes was never written; readers give zeros for it (GDAL: sparse files).
  if (offset === 0 && stored === 0) {
    return makeValues(layout.pixelType, layout.blockWidth * layout.blockSamples * rows);
  }
  const wanted = layout.compression === compressions.none ? Math.min(stored, length) : stored;
  const bytes = await tiff.file.read(offset, wanted);
  const expanded = await expandBlock(layout, bytes, rows, length, jpegTables);
  if (!isPicture(layout.compression)) undoPredictor(layout, expanded);
  return unpackSamples(layout, expanded, rows);
}

async function pageNotes(directory: TiffDirectory, layout: PageLayout): Promise<string[]> {
  const notes: string[] = [];
  const orientation = (await directory.number(tags.orientation)) ?? 1;
  if (orientation > 1 && orientation <= 8) {
    notes.push('The file asks to be shown turned or mirrored. It is shown as its pixels are stored.');
  }
  if (layout.photometric === photometrics.whiteIsZero) {
    notes.push('The file counts white as 0. Its numbers are shown as stored, so 0 is dark here.');
  }
  if (layout.offsets.some((offset, index) => offset === 0 && layout.byteCounts[index] === 0)) {
    notes.push('Parts of it were never written and are shown as 0.');
  }
  return notes;
}
