import type { ImageInfo, PixelType } from '../../../../shared/imaging/image-info.ts';
import { makeValues, type PixelSource, type Region } from '../pixel-source.ts';

export interface FakeImage {
  readonly width: number;
  readonly height: number;
  readonly pixelType?: PixelType;
  readonly rgb?: boolean;
  readonly rowsTogether?: number;
  readonly value: (x: number, y: number) => number;
  readonly onRead?: (region: Region) => void;
}

/** A source whose pixels are computed, for what does not care about files. */
export function fakeSource(image: FakeImage): PixelSource {
  const { width, height, pixelType = 'uint16', rgb = false } = image;
  const info: Omit<ImageInfo, 'imageId'> = {
    name: 'fake',
    format: 'fake',
    storedType: pixelType,
    pixelType,
    sizes: { t: 1, c: rgb ? 3 : 1, z: 1, y: height, x: width },
    levels: [{ width, height, tileWidth: 512, tileHeight: 512 }],
    channels: Array.from({ length: rgb ? 3 : 1 }, () => ({ name: '', color: '#ffffff', window: null })),
    rgb,
    pixelSize: null,
    labels: [],
    notes: [],
  };
  return {
    info,
    async read(_plane, level, region, signal) {
      signal?.throwIfAborted();
      if (level !== 0) throw new RangeError('There is one level.');
      image.onRead?.(region);
      const out = makeValues(pixelType, region.width * region.height);
      for (let y = 0, at = 0; y < region.height; y++) {
        for (let x = 0; x < region.width; x++) out[at++] = image.value(region.x + x, region.y + y);
      }
      return out;
    },
    rowsTogether: () => image.rowsTogether ?? 16,
    close: async () => undefined,
  };
}
