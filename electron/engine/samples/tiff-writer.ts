import { deflateSync } from 'node:zlib';
import type { Plane } from './scene.ts';

/**
 * Writes 16-bit grey planes as the pages of one TIFF: little-endian, one deflate-compressed strip a page
 * (TIFF 6.0 and the Adobe deflate note). `description` goes into the first page, for ImageJ's hyperstack text.
 * @param micrometres size of a pixel, written as resolution with the unit in the description
 */
export function writeTiff(planes: readonly Plane[], description: string, micrometres: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  let length = 8;
  const append = (bytes: Uint8Array): number => {
    const at = length;
    chunks.push(bytes);
    length += bytes.length;
    if (length % 2 === 1) {
      chunks.push(new Uint8Array(1));
      length++;
    }
    return at;
  };
  const header = Buffer.alloc(8);
  header.write('II');
  header.writeUInt16LE(42, 2);
  chunks.push(header);
  let link: { buffer: Buffer; at: number } = { buffer: header, at: 4 };

  const text = Buffer.from(`${description}\0`, 'latin1');
  const textAt = description === '' ? 0 : append(text);
  const resolution = Buffer.alloc(8);
  resolution.writeUInt32LE(Math.round(1_000_000 / micrometres), 0);
  resolution.writeUInt32LE(1_000_000, 4);
  const resolutionAt = append(resolution);

  planes.forEach((plane, page) => {
    const raw = Buffer.from(plane.pixels.buffer, plane.pixels.byteOffset, plane.pixels.byteLength);
    const strip = deflateSync(raw);
    const stripAt = append(strip);
    const tags: [tag: number, type: 2 | 3 | 4 | 5, count: number, value: number][] = [
      [256, 4, 1, plane.width],
      [257, 4, 1, plane.height],
      [258, 3, 1, 16],
      [259, 3, 1, 8],
      [262, 3, 1, 1],
      ...(page === 0 && textAt > 0 ? [[270, 2, text.length, textAt] as [number, 2, number, number]] : []),
      [273, 4, 1, stripAt],
      [277, 3, 1, 1],
      [278, 4, 1, plane.height],
      [279, 4, 1, strip.length],
      [282, 5, 1, resolutionAt],
      [283, 5, 1, resolutionAt],
      [296, 3, 1, 1],
    ];
    const ifd = Buffer.alloc(2 + tags.length * 12 + 4);
    ifd.writeUInt16LE(tags.length, 0);
    tags.forEach(([tag, type, count, value], index) => {
      const at = 2 + index * 12;
      ifd.writeUInt16LE(tag, at);
      ifd.writeUInt16LE(type, at + 2);
      ifd.writeUInt32LE(count, at + 4);
      if (type === 3) ifd.writeUInt16LE(value, at + 8);
      else ifd.writeUInt32LE(value, at + 8);
    });
    link.buffer.writeUInt32LE(append(ifd), link.at);
    link = { buffer: ifd, at: ifd.length - 4 };
  });
  return Buffer.concat(chunks);
}

/** ImageJ's own description of a hyperstack; without it several pages are just pages. */
export function hyperstackDescription(
  channels: number,
  slices: number,
  micrometres: number,
  micrometresZ: number,
): string {
  return [
    'ImageJ=1.54f',
    `images=${channels * slices}`,
    ...(channels > 1 ? [`channels=${channels}`] : []),
    ...(slices > 1 ? [`slices=${slices}`] : []),
    'hyperstack=true',
    ...(channels > 1 ? ['mode=composite'] : []),
    'unit=micron',
    `spacing=${micrometresZ}`,
    `finterval=0`,
    `pixelWidth=${micrometres}`,
    'loop=false',
    '',
  ].join('\n');
}
