import { cannotRead } from '../pixel-problems.ts';
import type { PlaneValues, Region } from '../pixel-source.ts';
import type { TiffDirectory } from './tiff-directory.ts';
import type { PageLayout } from './tiff-layout.ts';
import { tags } from './tiff-tags.ts';

/** Reads one stored sample of a region. */
export type ReadSample = (sample: number, region: Region, signal?: AbortSignal) => Promise<PlaneValues>;

/**
 * A reader of red, green and blue for pixels stored as luminance and two colour differences (TIFF 6.0 section 21).
 * libvips hands such pixels out unconverted, which would be a wrong picture. Only full resolution of the differences
 * is read; they are often stored at half of it, in an order of their own.
 */
export async function colorsFromYCbCr(
  directory: TiffDirectory,
  layout: PageLayout,
  readSample: ReadSample,
): Promise<ReadSample> {
  // When nothing is said the differences have half the resolution.
  const [across, down] = await numbersOr(directory, tags.yCbCrSubSampling, [2, 2]);
  if (layout.samples !== 3 || layout.bits !== 8 || layout.kind !== 'uint' || across !== 1 || down !== 1) {
    throw cannotRead(
      layout.name,
      'Its colours are stored as YCbCr with fewer pixels for colour than for brightness.',
    );
  }
  const [red = 0, green = 0, blue = 0] = await numbersOr(
    directory,
    tags.yCbCrCoefficients,
    [0.299, 0.587, 0.114],
  );
  const reference = await numbersOr(directory, tags.referenceBlackWhite, [0, 255, 128, 255, 128, 255]);
  const span = (index: number, full: number) => {
    const [black = 0, white = 0] = reference.slice(index * 2, index * 2 + 2);
    return (code: number) => ((code - black) * full) / (white - black);
  };
  const [toY, toCb, toCr] = [span(0, 255), span(1, 127), span(2, 127)];
  return async (sample, region, signal) => {
    const luma = await readSample(0, region, signal);
    const cb = await readSample(1, region, signal);
    const cr = await readSample(2, region, signal);
    const out = new Uint8ClampedArray(luma.length);
    for (let at = 0; at < out.length; at++) {
      const y = toY(luma[at] ?? 0);
      const r = toCr(cr[at] ?? 0) * (2 - 2 * red) + y;
      const b = toCb(cb[at] ?? 0) * (2 - 2 * blue) + y;
      out[at] = sample === 0 ? r : sample === 2 ? b : (y - blue * b - red * r) / green;
    }
    return new Uint8Array(out.buffer);
  };
}

async function numbersOr(directory: TiffDirectory, tag: number, otherwise: readonly number[]) {
  const values = await directory.numbers(tag);
  return values.length === otherwise.length ? values : otherwise;
}
