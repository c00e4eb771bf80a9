import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import type { Plane } from './scene.ts';

/**
 * Writes an OME-Zarr 0.4 image (Zarr 2, axes c, y, x; two resolutions) with one label image beside it
 * (OME-NGFF 0.4: "multiscales", "omero", "labels", "image-label").
 * @param channels planes of one size, with name and colour (rrggbb)
 */
export function writeOmeZarr(
  folder: string,
  channels: readonly { readonly plane: Plane; readonly name: string; readonly color: string }[],
  labels: { readonly plane: Plane; readonly name: string },
  micrometres: number,
): void {
  const write = (path: string, data: string | Uint8Array) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), data);
  };
  const json = (path: string, data: unknown) => write(path, `${JSON.stringify(data, null, 2)}\n`);

  json('.zgroup', { zarr_format: 2 });
  json('.zattrs', {
    multiscales: [multiscales('nuclei and cytoplasm', ['c', 'y', 'x'], micrometres)],
    omero: {
      channels: channels.map(({ name, color, plane }) => ({
        label: name,
        color,
        active: true,
        window: contrast(plane),
      })),
    },
  });
  channels.forEach(({ plane }, index) => {
    [plane, halve(plane, false)].forEach((level, at) => {
      if (index === 0) json(`${at}/.zarray`, arrayDocument([channels.length, level.height, level.width], 3));
      write(`${at}/${index}/0/0`, deflateSync(bytesOf(level)));
    });
  });

  json('labels/.zgroup', { zarr_format: 2 });
  json('labels/.zattrs', { labels: [labels.name] });
  const at = `labels/${labels.name}`;
  json(`${at}/.zgroup`, { zarr_format: 2 });
  json(`${at}/.zattrs`, {
    multiscales: [multiscales(labels.name, ['y', 'x'], micrometres)],
    'image-label': { version: '0.4', source: { image: '../../' } },
  });
  [labels.plane, halve(labels.plane, true)].forEach((level, index) => {
    json(`${at}/${index}/.zarray`, arrayDocument([level.height, level.width], 2));
    write(`${at}/${index}/0/0`, deflateSync(bytesOf(level)));
  });
}

function multiscales(name: string, axes: readonly string[], micrometres: number): unknown {
  return {
    version: '0.4',
    name,
    axes: axes.map((axis) =>
      axis === 'c' ? { name: 'c', type: 'channel' } : { name: axis, type: 'space', unit: 'micrometer' },
    ),
    datasets: [1, 2].map((factor, index) => ({
      path: String(index),
      coordinateTransformations: [
        { type: 'scale', scale: axes.map((axis) => (axis === 'c' ? 1 : micrometres * factor)) },
      ],
    })),
  };
}

/** A Zarr 2 array of little-endian uint16, one chunk a plane, zlib-compressed. */
function arrayDocument(shape: readonly number[], rank: number): unknown {
  return {
    zarr_format: 2,
    shape,
    chunks: shape.map((size, axis) => (rank === 3 && axis === 0 ? 1 : size)),
    dtype: '<u2',
    compressor: { id: 'zlib', level: 6 },
    fill_value: 0,
    order: 'C',
    filters: null,
    dimension_separator: '/',
  };
}

function bytesOf(plane: Plane): Uint8Array {
  return Buffer.from(plane.pixels.buffer, plane.pixels.byteOffset, plane.pixels.byteLength);
}

/** Half the size: means for images, the first pixel for labels, which must not be mixed. */
function halve(plane: Plane, labels: boolean): Plane {
  const [width, height] = [plane.width >> 1, plane.height >> 1];
  const pixels = new Uint16Array(width * height);
  const at = (x: number, y: number) => plane.pixels[y * plane.width + x] ?? 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [left, top] = [x * 2, y * 2];
      const mean = (at(left, top) + at(left + 1, top) + at(left, top + 1) + at(left + 1, top + 1)) / 4;
      pixels[y * width + x] = labels ? at(left, top) : Math.round(mean);
    }
  }
  return { width, height, pixels };
}

function contrast(plane: Plane): { min: number; max: number; start: number; end: number } {
  const sorted = plane.pixels.slice().sort();
  const share = (part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? 0;
  return { min: 0, max: 65535, start: share(0.005), end: share(0.998) };
}
