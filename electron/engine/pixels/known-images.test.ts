import { existsSync } from 'node:fs';
import * as geotiff from 'geotiff';
import { describe, expect, test } from 'vitest';
import { Problem } from '../../../shared/model/problem.ts';
import { openRangeFile } from './granted-files.ts';
import { sharp } from './libvips.ts';
import { openSource } from './open-source.ts';
import type { PixelSource } from './pixel-source.ts';
import { dataFile, hasData, imageRows, type SourceRow } from './test-fixtures/test-data.ts';
import { openTiff } from './tiff/tiff-directory.ts';
import { openPage, type TiffPage } from './tiff/tiff-page.ts';

/** Files of SOURCES.md with known values that are refused, with the reason. Everything else must be read right. */
const refused: Readonly<Record<string, RegExp>> = {
  'tiff/compression/jpeg-lossless-16bit-gray.tif': /JPEG of 16 bits/,
  'broken/string_dimension.tiff': /claims to list/,
  // Two arrays without a group around them; each is read below.
  'ome-zarr/small/sharding_index_location': /no Zarr store/,
  'ome-zarr/zip/data.zipped_from_parent.zarr.zip': /no "multiscales"/,
};

const rows = imageRows();
const known = rows.filter((row) => row.range !== null && !(row.path in refused));
const isZarr = ({ path, isFolder }: SourceRow) => isFolder || path.endsWith('.zip');
const tiffs = known.filter((row) => !isZarr(row));
const stores = known.filter(isZarr);
let lastKey = 0;

/** The first page of a TIFF with all its samples, transparency and palette numbers as they are stored. */
async function withFirstPage<T>(path: string, work: (page: TiffPage) => Promise<T>): Promise<T> {
  const file = await openRangeFile(path);
  try {
    const tiff = await openTiff(file);
    if (!tiff) throw new Error(`${path} is no TIFF`);
    const options = { cacheKey: `known-${++lastKey}`, index: 0, paletteNumbers: true, contiguousPlane: 0 };
    return await work(await openPage(tiff, tiff.firstDirectory, options));
  } finally {
    await file.close();
  }
}

async function samplesOf(page: TiffPage): Promise<ArrayLike<number>[]> {
  const whole = { x: 0, y: 0, width: page.width, height: page.height };
  const samples: ArrayLike<number>[] = [];
  for (let sample = 0; sample < page.samples; sample++) samples.push(await page.read(sample, whole));
  return samples;
}

async function wholePlane(source: PixelSource, c: number, z = 0, t = 0) {
  const { x, y } = source.info.sizes;
  return source.read({ c, z, t }, 0, { x: 0, y: 0, width: x, height: y });
}

function rangeOf(planes: readonly ArrayLike<number>[]): [number, number] {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const plane of planes) {
    for (let index = 0; index < plane.length; index++) {
      const value = plane[index] ?? Number.NaN;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  return [min, max];
}

/** SOURCES.md gives six significant digits. */
function expectRange(found: readonly [number, number], row: SourceRow) {
  const [min, max] = row.range ?? [Number.NaN, Number.NaN];
  expect(Math.abs(found[0] - min), `minimum ${found[0]}, not ${min}`).toBeLessThanOrEqual(
    Math.abs(min) * 1e-5,
  );
  expect(Math.abs(found[1] - max), `maximum ${found[1]}, not ${max}`).toBeLessThanOrEqual(
    Math.abs(max) * 1e-5,
  );
}

describe.skipIf(!hasData)('real images, if ../shared/data is there', () => {
  test('the table of files is understood', () => {
    expect(tiffs.length).toBeGreaterThan(75);
    expect(stores.length).toBeGreaterThan(18);
    for (const path of Object.keys(refused)) expect(rows.map((row) => row.path)).toContain(path);
    expect(rows.filter((row) => !existsSync(dataFile(row.path)))).toEqual([]);
  });

  test.each(tiffs.map((row) => [row.path, row] as const))(
    '%s has the values of the independent decoder',
    async (_, row) => {
      const path = dataFile(row.path);
      await withFirstPage(path, async (page) => {
        const samples = await samplesOf(page);
        expectRange(rangeOf(samples), row);
        const source = await openSource(path, '');
        expect(source.info.sizes).toMatchObject({ x: page.width, y: page.height });
        if (source.info.storedType === page.storedType && source.info.rgb === page.color) {
          expect(await wholePlane(source, 0)).toEqual(samples[0]);
        }
        await source.close();
      });
    },
  );

  test.each(stores.map((row) => [row.path, row] as const))(
    '%s has the values of the independent decoder',
    async (_, row) => {
      const source = await openSource(dataFile(row.path), '');
      const { sizes } = source.info;
      const planes: ArrayLike<number>[] = [];
      for (let t = 0; t < sizes.t; t++) {
        for (let z = 0; z < sizes.z; z++) {
          for (let c = 0; c < sizes.c; c++) planes.push(await wholePlane(source, c, z, t));
        }
      }
      expectRange(rangeOf(planes), row);
      await source.close();
    },
  );

  test.each(Object.entries(refused))('%s is refused with the reason', async (path, reason) => {
    const failure = await openSource(dataFile(path), '')
      .then((source) => wholePlane(source, 0).finally(() => source.close()))
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Problem);
    expect((failure as Problem).why).toMatch(reason);
  });

  test.each(rows.filter((row) => row.range === null).map((row) => [row.path] as const))(
    '%s, whose values nobody knows, is read or refused with a reason',
    async (path) => {
      const answer = await openSource(dataFile(path), '')
        .then((source) => wholePlane(source, 0).finally(() => source.close()))
        .catch((error: unknown) => error);
      if (answer instanceof Error) expect((answer as Problem).why).toBeTruthy();
      else expect((answer as ArrayLike<number>).length).toBeGreaterThan(0);
    },
  );

  test.each([
    ['input9.zarr', { storedType: 'bool', pixelType: 'uint8' }, [0, 1]],
    ['small/sharding_index_location/start', { storedType: 'int32' }, [0, 4095]],
    ['small/sharding_index_location/end', { storedType: 'int32' }, [0, 4095]],
  ] as const)('%s is read right', async (path, info, range) => {
    const source = await openSource(dataFile(`ome-zarr/${path}`), '');
    expect(source.info).toMatchObject(info);
    const planes: ArrayLike<number>[] = [];
    for (let z = 0; z < source.info.sizes.z; z++) planes.push(await wholePlane(source, 0, z));
    expect(rangeOf(planes)).toEqual(range);
    if (info.storedType === 'int32') {
      // The store counts its pixels, so the order of its axes is seen too.
      expect(planes.flatMap((plane) => Array.from(plane))).toEqual(
        Array.from({ length: 4096 }, (_, index) => index),
      );
    }
    await source.close();
  });

  test('a mask of one bit that leaves BitsPerSample out is a mask of 0 and 1', async () => {
    const source = await openSource(dataFile('masks/binary/input9.tiff'), '');
    expect(source.info).toMatchObject({ storedType: 'bool', sizes: { z: 2 } });
    const plane = await wholePlane(source, 0, 1);
    expect(new Set(plane)).toEqual(new Set([0, 1]));
    await source.close();
  });
});

describe.skipIf(!hasData)('two readers agree', () => {
  const plain = tiffs.filter((row) => !/JPEG|WebP|private|CCITT/.test(row.storage));

  test.each(plain.filter((row) => row.reader === 'ok').map((row) => [row.path] as const))(
    'geotiff and this reader about %s',
    async (path) => {
      const tiff = await geotiff.fromFile(dataFile(path));
      const image = await tiff.getImage(0);
      const theirs = await image.readRasters({ interleave: false });
      await tiff.close();
      await withFirstPage(dataFile(path), async (page) => {
        const ours = await samplesOf(page);
        expect(ours.length).toBe(theirs.length);
        for (const [sample, values] of ours.entries()) {
          expect(
            Buffer.compare(bytesOf(values), bytesOf(theirs[sample] as ArrayLike<number>)),
            `sample ${sample}`,
          ).toBe(0);
        }
      });
    },
  );

  /** libvips scales deep colour, refuses wide numbers, turns transparency round and hands out YCbCr as if it were RGB. */
  const forVips = tiffs.filter(
    (row) => !/12-bit|24-bit|private|zstd|1-bit/.test(row.storage) && !row.path.includes('planar-yuv'),
  );

  test('libvips and this reader about everything that libvips reads as stored', async () => {
    let compared = 0;
    for (const row of forVips) {
      const image = sharp(dataFile(row.path), { ignoreIcc: true, failOn: 'none' });
      const meta = await image.metadata().catch(() => null);
      if (!meta || meta.hasAlpha || meta.isPalette || !['uchar', 'ushort'].includes(meta.depth)) continue;
      if (meta.bitsPerSample !== undefined && meta.bitsPerSample < 8) continue;
      const space = meta.channels === 1 ? 'b-w' : 'srgb';
      const deep = meta.channels === 1 ? 'grey16' : 'rgb16';
      const { data, info } = await image
        .toColourspace(meta.depth === 'ushort' ? deep : space)
        .raw({ depth: meta.depth as 'uchar' | 'ushort' })
        .toBuffer({ resolveWithObject: true });
      const theirs = meta.depth === 'ushort' ? new Uint16Array(new Uint8Array(data).buffer) : data;
      await withFirstPage(dataFile(row.path), async (page) => {
        if (
          page.samples !== info.channels ||
          page.storedType !== (meta.depth === 'ushort' ? 'uint16' : 'uint8')
        )
          return;
        const ours = await samplesOf(page);
        const inverted = page.notes.some((note) => note.includes('white as 0'));
        let worst = 0;
        for (const [sample, values] of ours.entries()) {
          for (let index = 0; index < values.length; index++) {
            const value = inverted ? 255 - (values[index] ?? 0) : (values[index] ?? 0);
            worst = Math.max(worst, Math.abs(value - (theirs[index * info.channels + sample] ?? 0)));
          }
        }
        expect(worst, row.path).toBe(0);
        compared++;
      });
    }
    expect(compared).toBeGreaterThan(35);
  });
});

function bytesOf(values: ArrayLike<number>): Uint8Array {
  const view = values as Uint8Array;
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}
