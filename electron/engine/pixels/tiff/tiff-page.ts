import type { PixelType } from '../../../../shared/imaging/image-info.ts';
import { cannotRead } from '../pixel-problems.ts';
import type { PlaneValues, Region } from '../pixel-source.ts';
import { blockReader } from './tiff-blocks.ts';
import { isExpandedHere } from './tiff-decompress.ts';
import { readDirectory, type TiffDirectory, type TiffFile } from './tiff-directory.ts';
import { type PageLayout, readLayout, storedType } from './tiff-layout.ts';
import { readColorMap } from './tiff-palette.ts';
import { openSecondReader } from './tiff-second-reader.ts';
import { compressions, photometrics, tags } from './tiff-tags.ts';
import { colorsFromYCbCr } from './tiff-ycbcr.ts';

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
  if (!isExpandedHere(compression)) return openSecondReader(tiff, layout, options.index, options.cacheKey);
  if (photometric === photometrics.cmyk) throw cannotRead(name, 'Its colours are printing inks (CMYK).');
  if (photometric >= photometrics.cieLab)
    throw cannotRead(name, `Its colour model (${photometric}) is not read.`);
  const usesMap = photometric === photometrics.palette && !options.paletteNumbers;
  const colorMap = usesMap ? await readColorMap(directory, layout) : null;
  const jpegTables = await directory.bytes(tags.jpegTables);
  const stored = blockReader(tiff, layout, { cacheKey: options.cacheKey, colorMap, jpegTables });
  // A JPEG picture of three samples was turned into red, green, blue when it was decoded.
  const isYCbCr = photometric === photometrics.yCbCr;
  const converted = isYCbCr && compression === compressions.jpeg && layout.blockSamples === 3;
  const color = colorMap !== null || isYCbCr || (photometric === photometrics.rgb && layout.samples >= 3);
  return {
    width: layout.width,
    height: layout.height,
    samples: colorMap ? 3 : layout.samples,
    pixelType: colorMap ? 'uint8' : layout.pixelType,
    storedType: colorMap ? 'uint8' : storedType(layout),
    color,
    alpha: color && layout.samples === 4 && layout.extraSample !== 0,
    tiled: layout.tiled,
    blockWidth: layout.blockWidth,
    blockHeight: layout.blockHeight,
    notes: await pageNotes(directory, layout),
    read: isYCbCr && !converted ? await colorsFromYCbCr(directory, layout, stored) : stored,
  };
}

/** The layout of a later plane of a file whose planes follow each other behind one directory. */
function shifted(layout: PageLayout, plane: number): PageLayout {
  if (plane === 0) return layout;
  const total = layout.byteCounts.reduce((sum, bytes) => sum + bytes, 0);
  return { ...layout, offsets: layout.offsets.map((offset) => offset + plane * total) };
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
