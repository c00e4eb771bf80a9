import { decodedBlocks } from '../decoded-blocks.ts';
import { grantedPath } from '../granted-files.ts';
import { MAX_PIXELS, vips } from '../libvips.ts';
import { cannotRead, tooLarge } from '../pixel-problems.ts';
import { copyBlock, makeValues } from '../pixel-source.ts';
import type { TiffFile } from './tiff-directory.ts';
import { type PageLayout, storedType } from './tiff-layout.ts';
import type { TiffPage } from './tiff-page.ts';
import { compressionName, compressions, photometrics } from './tiff-tags.ts';

const fax: readonly number[] = [
  compressions.ccittRle,
  compressions.ccittRleW,
  compressions.ccittFax3,
  compressions.ccittFax4,
];

/**
 * A page read by libvips, whole and once, because its compression is not undone here: masks of one bit compressed as
 * fax. Anything else is refused rather than guessed, for libvips was seen to scale deep numbers, to hand out YCbCr as
 * if it were RGB, and to apply profiles. `index` is the page's place in the main chain, null for a smaller copy.
 */
export function openSecondReader(
  tiff: TiffFile,
  layout: PageLayout,
  index: number | null,
  cacheKey: string,
): TiffPage {
  const { name, width, height, photometric } = layout;
  const isMask = layout.bits === 1 && layout.samples === 1 && photometric <= photometrics.blackIsZero;
  if (index === null || !isMask || !fax.includes(layout.compression)) {
    throw cannotRead(name, `It is compressed with ${compressionName(layout.compression)}.`);
  }
  if (width * height > MAX_PIXELS) {
    throw tooLarge(name, `It is ${width} × ${height} pixels, stored so that it can only be read whole.`);
  }
  const whole = { x: 0, y: 0, width, height };
  const load = async () => {
    const image = vips(grantedPath(tiff.file.path), { page: index }).toColourspace('b-w');
    const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
    if (info.width !== width || info.height !== height || info.channels !== 1) {
      throw cannotRead(
        name,
        `Two readers disagree about it: ${width} × ${height} or ${info.width} × ${info.height} pixels.`,
      );
    }
    // libvips gives 0 and 255, and turns them round when white is 0; the file stores 0 and 1.
    const one = photometric === photometrics.whiteIsZero ? 0 : 255;
    return Uint8Array.from(data, (value) => (value === one ? 1 : 0));
  };
  return {
    width,
    height,
    samples: 1,
    pixelType: 'uint8',
    storedType: storedType(layout),
    color: false,
    alpha: false,
    tiled: false,
    blockWidth: width,
    blockHeight: height,
    notes: [],
    async read(_sample, region, signal) {
      const values = await decodedBlocks.get(`${cacheKey}:vips`, load, signal);
      const out = makeValues('uint8', region.width * region.height);
      copyBlock({ values, step: 1, offset: 0 }, whole, region, out);
      return out;
    },
  };
}
