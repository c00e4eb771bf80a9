import { decodedBlocks } from '../decoded-blocks.ts';
import { copyBlock, makeValues, type PlaneValues, type Region } from '../pixel-source.ts';
import { sideBySide } from '../side-by-side.ts';
import { expandBlock, isPicture } from './tiff-decompress.ts';
import type { TiffFile } from './tiff-directory.ts';
import { type PageLayout, rowBytes } from './tiff-layout.ts';
import { type ColorMap, spreadPalette } from './tiff-palette.ts';
import { undoPredictor } from './tiff-predictor.ts';
import { unpackSamples } from './tiff-samples.ts';
import { compressions } from './tiff-tags.ts';
import type { ReadSample } from './tiff-ycbcr.ts';

interface BlockOptions {
  readonly cacheKey: string;
  /** Turns each number into three bytes of colour. */
  readonly colorMap: ColorMap | null;
  readonly jpegTables: Uint8Array;
}

/** A reader of one sample of a region out of strips or tiles, which are decoded once and kept for a while. */
export function blockReader(tiff: TiffFile, layout: PageLayout, options: BlockOptions): ReadSample {
  const { colorMap, cacheKey, jpegTables } = options;
  const separate = layout.blockSamples === 1 && colorMap === null;
  const step = colorMap ? 3 : layout.blockSamples;
  return async (sample, region, signal) => {
    const out = makeValues(colorMap ? 'uint8' : layout.pixelType, region.width * region.height);
    await sideBySide(blocksUnder(layout, region), async (block) => {
      signal?.throwIfAborted();
      const index = (separate ? sample : 0) * layout.blocksAcross * layout.blocksDown + block.index;
      const values = await decodedBlocks.get(
        `${cacheKey}:${index}`,
        async () => {
          const decoded = await decodeBlock(tiff, layout, index, block.height, jpegTables);
          return colorMap ? spreadPalette(decoded, colorMap, layout.name) : decoded;
        },
        signal,
      );
      const place = { x: block.x, y: block.y, width: layout.blockWidth, height: block.height };
      copyBlock({ values, step, offset: separate ? 0 : sample }, place, region, out);
    });
    return out;
  };
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
