import { bytesPerPixel, type PixelType } from '../../../shared/imaging/image-info.ts';
import { describeChannels, rgbChannels } from './channel-defaults.ts';
import { decodedPictures, MAX_PICTURE_BYTES, newCachePrefix } from './decoded-blocks.ts';
import { grantedPath, type RangeFile } from './granted-files.ts';
import { vips } from './libvips.ts';
import { cannotRead, damaged, tooLarge } from './pixel-problems.ts';
import { copyBlock, makeValues, type PixelSource, viewValues } from './pixel-source.ts';
import { viewTiles } from './view-tiles.ts';

/** What a PNG or JPEG holds, by its own header. */
interface PictureKind {
  readonly format: 'PNG' | 'JPEG';
  readonly width: number;
  readonly height: number;
  /** Bits a sample as stored. */
  readonly bits: number;
  readonly color: boolean;
  readonly notes: readonly string[];
}

/** Opens a PNG or JPEG; null when the file is neither. It is decoded whole by libvips when its pixels are asked for. */
export async function openPictureSource(file: RangeFile): Promise<PixelSource | null> {
  const head = await file.read(0, Math.min(file.size, 64));
  const kind = isPng(head) ? pngKind(file, head) : isJpeg(head) ? await jpegKind(file) : null;
  if (!kind) return null;
  const samples = kind.color ? 3 : 1;
  const pixelType: PixelType = kind.bits === 16 ? 'uint16' : 'uint8';
  if (kind.width * kind.height * samples * bytesPerPixel[pixelType] > MAX_PICTURE_BYTES) {
    throw tooLarge(
      file.name,
      `It is ${kind.width} × ${kind.height} pixels, and a ${kind.format} can only be read whole.`,
    );
  }
  const prefix = newCachePrefix();
  const whole = { x: 0, y: 0, width: kind.width, height: kind.height };
  return {
    info: {
      name: file.name,
      format: kind.format,
      storedType: kind.bits === 1 ? 'bool' : `uint${kind.bits}`,
      pixelType,
      sizes: { t: 1, c: samples, z: 1, y: kind.height, x: kind.width },
      levels: [{ width: kind.width, height: kind.height, ...viewTiles(null) }],
      channels: kind.color ? rgbChannels() : describeChannels(1, []),
      rgb: kind.color && pixelType === 'uint8',
      pixelSize: null,
      labels: [],
      notes: [...kind.notes],
    },
    async read(plane, _level, region, signal) {
      const values = await decodedPictures.get(
        `${prefix}whole`,
        () => decode(file, kind, samples, pixelType),
        signal,
      );
      const out = makeValues(pixelType, region.width * region.height);
      copyBlock({ values, step: samples, offset: plane.c }, whole, region, out);
      return out;
    },
    rowsTogether: () => kind.height,
    async close() {
      decodedPictures.forget(prefix);
      await file.close();
    },
  };
}

async function decode(file: RangeFile, kind: PictureKind, samples: number, pixelType: PixelType) {
  const deep = pixelType === 'uint16';
  // Without a 16-bit colour space on the way out libvips would scale 16-bit numbers down to 8.
  const space = kind.color ? (deep ? 'rgb16' : 'srgb') : deep ? 'grey16' : 'b-w';
  let decoded: { data: Uint8Array; info: { width: number; height: number; channels: number } };
  try {
    decoded = await vips(grantedPath(file.path), { limitInputPixels: MAX_PICTURE_BYTES })
      .removeAlpha()
      .toColourspace(space)
      .raw({ depth: deep ? 'ushort' : 'uchar' })
      .toBuffer({ resolveWithObject: true });
  } catch (error) {
    const line = (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
    throw damaged(file.name, `The picture cannot be decoded (${line}).`);
  }
  const { width, height, channels } = decoded.info;
  if (width !== kind.width || height !== kind.height || channels !== samples) {
    throw damaged(
      file.name,
      `Its header says ${kind.width} × ${kind.height} pixels, its picture has ${width} × ${height}.`,
    );
  }
  const values = viewValues(pixelType, decoded.data);
  if (kind.color || kind.bits >= 8) return values;
  // libvips spreads 1, 2 and 4 bits over 0 to 255. Masks count on the numbers stored.
  const step = 255 / (2 ** kind.bits - 1);
  return values.map((value) => value / step);
}

function isPng(head: Uint8Array): boolean {
  return [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a].every((byte, index) => head[index] === byte);
}

function isJpeg(head: Uint8Array): boolean {
  return head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff;
}

/** The first chunk of a PNG (W3C PNG specification, IHDR) says all that is needed. */
function pngKind(file: RangeFile, head: Uint8Array): PictureKind {
  if (head.length < 33) throw damaged(file.name, 'It is a PNG that ends after its first bytes.');
  const view = new DataView(head.buffer, head.byteOffset);
  const bits = head[24] ?? 0;
  const type = head[25] ?? 0;
  const palette = type === 3;
  const notes: string[] = [];
  if (palette)
    notes.push('It stores colours by number in a table. The colours are shown, not those numbers.');
  if (type === 4 || type === 6) notes.push('Its transparency is not shown.');
  return {
    format: 'PNG',
    width: view.getUint32(16),
    height: view.getUint32(20),
    bits: palette ? 8 : bits,
    color: palette || type === 2 || type === 6,
    notes,
  };
}

async function jpegKind(file: RangeFile): Promise<PictureKind> {
  const meta = await vips(grantedPath(file.path), { limitInputPixels: false }).metadata();
  if (meta.channels !== 1 && meta.channels !== 3) {
    throw cannotRead(file.name, 'Its colours are printing inks (CMYK).');
  }
  return {
    format: 'JPEG',
    width: meta.width,
    height: meta.height,
    bits: 8,
    color: meta.channels === 3,
    notes:
      (meta.orientation ?? 1) > 1
        ? ['The file asks to be shown turned or mirrored. It is shown as its pixels are stored.']
        : [],
  };
}
