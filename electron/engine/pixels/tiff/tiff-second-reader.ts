import { decodedBlocks } from '../decoded-blocks.ts';
import { grantedPath } from '../granted-files.ts';
import { MAX_PIXELS, vips } from '../libvips.ts';
import { cannotRead, tooLarge } from '../pixel-problems.ts';
import { copyBlock, makeValues } from '../pixel-source.ts';
import type { TiffFile } from './tiff-directory.ts';
import { type PageLayout, storedType } from './tiff-layout.ts';
import type { TiffPage } from './tiff-page.ts';
import { compressionName, compressions, photometrics } from './tiff-tags.ts';

/** What libvips was checked to read with the right numbers: fax masks of one bit, and 8-bit colour. */
function canRead(layout: PageLayout): 'bits' | 'color' | null {
  const { compression, photometric, bits, samples, kind } = layout;
  const fax =
    compression === compressions.ccittRle ||
    compression === compressions.ccittRleW ||
    compression === compressions.ccittFax3 ||
    compression === compressions.ccittFax4;
  if (fax) return bits === 1 && samples === 1 && photometric <= photometrics.blackIsZero ? 'bits' : null;
  if (bits !== 8 || kind !== 'uint') return null;
  const packed: readonly number[] = [
    compressions.none,
    compressions.lzw,
    compressions.packBits,
    compressions.deflate,
    compressions.oldDeflate,
  ];
  if (!packed.includes(compression)) return null;
  return photometric === photometrics.yCbCr && samples === 3 ? 'color' : null;
}

/**
 * A page read by libvips, whole and once, because its storage is not read here: fax compression, and YCbCr
 * that is not JPEG. Anything else is refused rather than guessed: libvips scales 16-bit numbers, drops 64-bit
 * ones and applies inks and profiles.
 */
export function openSecondReader(
  tiff: TiffFile,
  layout: PageLayout,
  index: number,
  cacheKey: string,
): TiffPage {
  const { name, width, height } = layout;
  const way = canRead(layout);
  if (way === null) throw cannotRead(name, whyNot(layout));
  if (width * height > MAX_PIXELS) {
    throw tooLarge(name, `It is ${width} × ${height} pixels, stored so that it can only be read whole.`);
  }
  const samples = way === 'bits' ? 1 : 3;
  const whole = { x: 0, y: 0, width, height };
  const load = async () => {
    const image = vips(grantedPath(tiff.file.path), { page: index }).toColourspace(
      way === 'bits' ? 'b-w' : 'srgb',
    );
    const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
    if (info.width !== width || info.height !== height || info.channels !== samples) {
      throw cannotRead(
        name,
        `Two readers disagree about it: ${width} × ${height} or ${info.width} × ${info.height} pixels.`,
      );
    }
    const values = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    if (way === 'color') return values;
    // libvips gives 0 and 255, and turns them round when white is 0; the file stores 0 and 1.
    const one = layout.photometric === photometrics.whiteIsZero ? 0 : 255;
    return values.map((value) => (value === one ? 1 : 0));
  };
  return {
    width,
    height,
    samples,
    pixelType: 'uint8',
    storedType: storedType(layout),
    color: way === 'color',
    alpha: false,
    tiled: false,
    blockWidth: width,
    blockHeight: height,
    notes: [],
    async read(sample, region, signal) {
      const values = await decodedBlocks.get(`${cacheKey}:vips`, load, signal);
      const out = makeValues('uint8', region.width * region.height);
      copyBlock({ values, step: samples, offset: sample }, whole, region, out);
      return out;
    },
  };
}

function whyNot(layout: PageLayout): string {
  if (layout.photometric === photometrics.cmyk) return 'Its colours are printing inks (CMYK).';
  if (layout.photometric === photometrics.cieLab) return 'Its colours are stored as CIE L*a*b*.';
  if (layout.photometric === photometrics.yCbCr)
    return 'Its colours are stored as YCbCr in a way that is not read.';
  return `It is compressed with ${compressionName(layout.compression)}.`;
}
