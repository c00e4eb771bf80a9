import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { setGrantedFolders } from '../granted-files.ts';
import { openSource } from '../open-source.ts';
import { dataFile, hasData } from '../test-fixtures/test-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-zarr-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let stores = 0;

type Files = Record<string, unknown>;

/** Writes a store: objects become JSON, bytes stay bytes. */
function store(files: Files): string {
  const root = join(folder, `${++stores}.zarr`);
  for (const [path, content] of Object.entries(files)) {
    const full = join(root, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, content instanceof Uint8Array ? content : JSON.stringify(content));
  }
  return root;
}

const array = (more: object = {}) => ({
  zarr_format: 2,
  shape: [2, 3, 4],
  chunks: [2, 3, 4],
  dtype: '|u1',
  compressor: null,
  filters: null,
  fill_value: 0,
  order: 'C',
  ...more,
});
const axes = (names: string) =>
  [...names].map((name) => ({ name, type: name === 'c' ? 'channel' : 'space', unit: 'nanometer' }));
const image = (names: string, ...paths: string[]) => ({
  multiscales: [
    {
      version: '0.4',
      axes: axes(names),
      datasets: paths.map((path) => ({
        path,
        coordinateTransformations: [{ type: 'scale', scale: [...names].map(() => 500) }],
      })),
    },
  ],
});
const counted = Uint8Array.from({ length: 24 }, (_, index) => index);

async function plane(
  source: Awaited<ReturnType<typeof openSource>>,
  at: { c?: number; z?: number; t?: number } = {},
  level = 0,
) {
  const size = source.info.levels[level] ?? { width: 0, height: 0 };
  const region = { x: 0, y: 0, width: size.width, height: size.height };
  return [...(await source.read({ c: 0, z: 0, t: 0, ...at }, level, region))];
}

describe('arrays', () => {
  const types = [
    ['<u2', 2, (view: DataView, at: number, value: number) => view.setUint16(at, value, true)],
    ['>u2', 2, (view: DataView, at: number, value: number) => view.setUint16(at, value, false)],
    ['>i4', 4, (view: DataView, at: number, value: number) => view.setInt32(at, value, false)],
    ['<u4', 4, (view: DataView, at: number, value: number) => view.setUint32(at, value, true)],
    ['>f4', 4, (view: DataView, at: number, value: number) => view.setFloat32(at, value, false)],
    ['<f8', 8, (view: DataView, at: number, value: number) => view.setFloat64(at, value, true)],
    ['<i8', 8, (view: DataView, at: number, value: number) => view.setBigInt64(at, BigInt(value), true)],
    ['>u8', 8, (view: DataView, at: number, value: number) => view.setBigUint64(at, BigInt(value), false)],
    ['<f2', 2, (view: DataView, at: number, value: number) => view.setUint16(at, toHalf(value), true)],
    ['>f2', 2, (view: DataView, at: number, value: number) => view.setUint16(at, toHalf(value), false)],
    ['|u1', 1, (view: DataView, at: number, value: number) => view.setUint8(at, value)],
  ] as const;

  test('any shape, chunking, byte order and axis order gives back what was stored', async () => {
    const recipe = fc.record({
      type: fc.constantFrom(...types),
      shape: fc.tuple(...[3, 5, 9, 9].map((max) => fc.integer({ min: 1, max }))),
      chunks: fc.tuple(...[3, 5, 9, 9].map((max) => fc.integer({ min: 1, max }))),
      fortran: fc.boolean(),
      separator: fc.constantFrom('.', '/'),
      zlib: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(recipe, async ({ type, shape, chunks, fortran, separator, zlib }) => {
        const [dtype, size, put] = type;
        const value = (at: readonly number[]) =>
          at.reduce((sum, index, axis) => sum * (shape[axis] ?? 1) + index, 0) % 250;
        const files: Files = {
          '.zattrs': image('czyx', '0'),
          '.zgroup': { zarr_format: 2 },
          '0/.zarray': array({
            shape,
            chunks,
            dtype,
            order: fortran ? 'F' : 'C',
            dimension_separator: separator,
            compressor: zlib ? { id: 'zlib', level: 1 } : null,
          }),
        };
        for (const chunk of positions(shape.map((length, axis) => Math.ceil(length / (chunks[axis] ?? 1))))) {
          const view = new DataView(
            new ArrayBuffer(chunks.reduce((product, length) => product * length, size)),
          );
          for (const inside of positions(chunks)) {
            const at = inside.map((index, axis) => index + (chunk[axis] ?? 0) * (chunks[axis] ?? 1));
            put(
              view,
              offset(inside, chunks, fortran) * size,
              at.some((index, axis) => index >= (shape[axis] ?? 0)) ? 0 : value(at),
            );
          }
          const bytes = new Uint8Array(view.buffer);
          files[`0/${chunk.join(separator)}`] = zlib ? new Uint8Array(deflateSync(bytes)) : bytes;
        }
        const root = store(files);
        const source = await openSource(root, '');
        const [c, z, y, x] = shape as [number, number, number, number];
        expect(source.info.sizes).toEqual({ t: 1, c, z, y, x });
        expect(source.info.notes).toEqual([]);
        for (let ci = 0; ci < c; ci++) {
          for (let zi = 0; zi < z; zi++) {
            const stored = positions([y, x]).map(([yi, xi]) => value([ci, zi, yi ?? 0, xi ?? 0]));
            expect(await plane(source, { c: ci, z: zi })).toEqual(stored);
          }
        }
        await source.close();
        rmSync(root, { recursive: true });
      }),
      { numRuns: 60 },
    );
  });

  test('bool is 0 and 1, whatever byte stands for true', async () => {
    const files = {
      '.zattrs': image('yx', '0'),
      '0/.zarray': array({ shape: [2, 2], chunks: [2, 2], dtype: '|b1', fill_value: false }),
      '0/0.0': Uint8Array.of(0, 1, 255, 0),
    };
    const source = await openSource(store(files), '');
    expect(source.info).toMatchObject({ storedType: 'bool', pixelType: 'uint8' });
    expect(await plane(source)).toEqual([0, 1, 1, 0]);
    await source.close();
  });

  test('missing chunks are shown as the fill value, with a note', async () => {
    const files = {
      '.zattrs': image('zyx', '0'),
      '0/.zarray': array({ chunks: [1, 3, 4], fill_value: 7 }),
      '0/0.0.0': counted.slice(0, 12),
    };
    const source = await openSource(store(files), '');
    expect(source.info.notes.join(' ')).toMatch(/1 of 2 chunk files are missing and shown as 7/);
    expect(await plane(source, { z: 1 })).toEqual(new Array(12).fill(7));
    await source.close();
  });

  test.each([
    [
      'filters that change numbers',
      array({ filters: [{ id: 'delta', dtype: '|u1' }] }),
      /filtered \(delta\)/,
    ],
    ['an unknown compression', array({ compressor: { id: 'lzma' } }), /"lzma"/],
    ['text', array({ dtype: '<U4' }), /"<U4"/],
    ['a fill value in a form of its own', array({ fill_value: '0x7fc00000' }), /fill_value/],
    [
      'chunks beyond memory',
      array({ shape: [2, 90_000, 90_000], chunks: [2, 90_000, 90_000] }),
      /none can be read in part/,
    ],
    ['chunks of no size', array({ chunks: [0, 3, 4] }), /chunks/],
  ])('refuses %s with the reason', async (_, meta, reason) => {
    const root = store({ '.zattrs': image('zyx', '0'), '0/.zarray': meta });
    await expect(openSource(root, '')).rejects.toMatchObject({ why: reason });
  });

  test('a chunk with too few numbers is refused, not padded', async () => {
    const root = store({
      '.zattrs': image('zyx', '0'),
      '0/.zarray': array(),
      '0/0.0.0': counted.slice(0, 10),
    });
    const source = await openSource(root, '');
    await expect(plane(source)).rejects.toMatchObject({ code: 'damaged-image' });
    await source.close();
  });

  test('shards encoded as a whole are refused: zarrita would leave that out', async () => {
    const sharding = {
      name: 'sharding_indexed',
      configuration: { chunk_shape: [1, 3, 4], codecs: ['bytes'], index_codecs: ['bytes'] },
    };
    const meta = {
      zarr_format: 3,
      node_type: 'array',
      shape: [2, 3, 4],
      data_type: 'uint8',
      chunk_grid: { name: 'regular', configuration: { chunk_shape: [2, 3, 4] } },
      chunk_key_encoding: { name: 'default' },
      codecs: [sharding, { name: 'zstd' }],
      fill_value: 0,
    };
    await expect(openSource(store({ 'zarr.json': meta }), '')).rejects.toMatchObject({
      why: /shards are encoded as a whole/,
    });
  });

  test('links that lead out of the granted folders are not followed', async () => {
    const secret = join(folder, 'secret');
    writeFileSync(secret, counted);
    const root = store({ '.zattrs': image('zyx', '0'), '0/.zarray': array() });
    symlinkSync(secret, join(root, '0', '0.0.0'));
    setGrantedFolders([root]);
    try {
      const source = await openSource(root, '');
      await expect(plane(source)).rejects.toMatchObject({ code: 'not-granted' });
      await source.close();
    } finally {
      setGrantedFolders(null);
    }
  });

  test.each(['../../outside', '0/../../outside', 'a\\..\\b'])(
    'a path that leads out of the store is refused: %s',
    async (path) => {
      const root = store({ '.zattrs': image('zyx', path), '.zgroup': {} });
      await expect(openSource(root, '')).rejects.toMatchObject({ why: /leads out of it/ });
    },
  );
});

describe('images', () => {
  const level = { '0/.zarray': array(), '0/0.0.0': counted };

  test('levels that do not fit are left out, with the reason', async () => {
    const files = {
      '.zattrs': image('zyx', '0', 'half', 'float', 'gone', 'other'),
      ...level,
      'half/.zarray': array({ shape: [1, 2, 2], chunks: [1, 2, 2] }),
      'half/0.0.0': Uint8Array.of(50, 51, 52, 53),
      'float/.zarray': array({ dtype: '<f4' }),
      'other/.zarray': array({ shape: [3, 4], chunks: [3, 4] }),
    };
    const source = await openSource(store(files), '');
    expect(source.info.levels.map(({ width, height }) => [width, height])).toEqual([
      [4, 3],
      [2, 2],
    ]);
    // A pyramid that halves z too shows the slice at the same depth.
    expect(await plane(source, { z: 1 }, 1)).toEqual([50, 51, 52, 53]);
    const notes = source.info.notes.join('\n');
    expect(notes).toMatch(/Level 2 is left out: it stores float32/);
    expect(notes).toMatch(/Level 3 is left out: its array "gone" is not there/);
    expect(notes).toMatch(/Level 4 is left out: it has other axes/);
    expect(source.info.pixelSize).toEqual({ x: 0.5, y: 0.5, z: 0.5 });
    await source.close();
  });

  test('names, colours and windows of channels are those of the OMERO block', async () => {
    const omero = {
      channels: [
        { label: 'DAPI', color: '0000FF', window: { start: 3, end: 90 } },
        { label: 'GFP', color: 'not a colour' },
      ],
    };
    const source = await openSource(store({ '.zattrs': { ...image('cyx', '0'), omero }, ...level }), '');
    expect(source.info.channels).toEqual([
      { name: 'DAPI', color: '#0000ff', window: { low: 3, high: 90 } },
      { name: 'GFP', color: '#00ff00', window: null },
    ]);
    await source.close();
  });

  test('labels are listed and opened as parts', async () => {
    const files = {
      '.zattrs': image('zyx', '0'),
      ...level,
      'labels/.zattrs': { labels: ['nuclei'] },
      'labels/nuclei/.zattrs': image('yx', '0'),
      'labels/nuclei/0/.zarray': array({ shape: [3, 4], chunks: [3, 4], dtype: '<u2' }),
      'labels/nuclei/0/0.0': new Uint8Array(24).fill(1),
    };
    const root = store(files);
    const source = await openSource(root, '');
    expect(source.info.labels).toEqual(['labels/nuclei']);
    const labels = await openSource(root, 'labels/nuclei');
    expect(labels.info).toMatchObject({ pixelType: 'uint16', labels: [], sizes: { x: 4, y: 3, z: 1 } });
    await expect(openSource(root, 'labels/cells')).rejects.toMatchObject({
      why: /no label image "labels\/cells"/,
    });
    await expect(openSource(root, '../x')).rejects.toMatchObject({ why: /leads out/ });
    await Promise.all([source.close(), labels.close()]);
  });

  test.each([
    [
      'bioformats2raw',
      { '.zattrs': { 'bioformats2raw.layout': 3 }, '0/.zattrs': image('zyx', '0'), '1/.zgroup': {} },
      '0/',
      /several images/,
    ],
    [
      'a plate',
      {
        '.zattrs': { plate: { wells: [{ path: 'A/1' }] } },
        'A/1/.zattrs': { well: { images: [{ path: '0' }] } },
        'A/1/0/.zattrs': image('zyx', '0'),
      },
      'A/1/0/',
      /plate of 1 well/,
    ],
    ['a store in a folder', { 'in/.zattrs': image('zyx', '0') }, 'in/', /one folder down/],
    ['an array without description', {}, '', /axes are guessed/],
  ])('the image of %s is found', async (_, files, prefix, note) => {
    const bare = prefix === '' ? '' : '0/';
    const root = store({
      ...files,
      [`${prefix}${bare}.zarray`]: array(),
      [`${prefix}${bare}0.0.0`]: counted,
    });
    const source = await openSource(root, '');
    expect(await plane(source, { z: 1 })).toEqual([...counted.slice(12)]);
    expect(source.info.notes.join(' ')).toMatch(note);
    await source.close();
  });

  test.each([
    ['nothing', { 'readme.txt': 'x' }, /no Zarr store/],
    ['a group only', { '.zgroup': { zarr_format: 2 } }, /without an OME-Zarr image/],
    ['an array that is not there', { '.zattrs': image('zyx', '0') }, /finest level, "0", is not there/],
    ['other axes than its array', { '.zattrs': image('yx', '0'), ...level }, /2 axes, but its array has 3/],
    ['broken JSON', { '.zattrs': new TextEncoder().encode('{"multiscales": [') }, /not valid JSON/],
    [
      'groups that lead in a circle',
      { '.zattrs': { plate: { wells: [{ path: '' }] } } },
      /point from one to the next/,
    ],
  ])('a folder with %s is refused with the reason', async (_, files, reason) => {
    await expect(openSource(store(files), '')).rejects.toMatchObject({ why: reason });
  });
});

test.skipIf(!hasData)('a real conversion shows what its TIFF shows (needs ../shared/data)', async () => {
  const name = 'ome-zarr/xyz_8bit__mitotic_plate_calibrated';
  const [zarr, tiff] = await Promise.all([
    openSource(dataFile(`${name}.ome.zarr`), ''),
    openSource(dataFile(`${name}.tiff`), ''),
  ]);
  expect(zarr.info.sizes).toEqual(tiff.info.sizes);
  expect(zarr.info.pixelSize?.x).toBeCloseTo(tiff.info.pixelSize?.x ?? 0, 4);
  for (let z = 0; z < zarr.info.sizes.z; z++)
    expect(await plane(zarr, { z })).toEqual(await plane(tiff, { z }));
  await Promise.all([zarr.close(), tiff.close()]);
});

function positions(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>(
    (all, size) => all.flatMap((at) => Array.from({ length: size }, (_, i) => [...at, i])),
    [[]],
  );
}

function offset(at: readonly number[], shape: readonly number[], fortran: boolean): number {
  const pairs = at.map((index, axis) => [index, shape[axis] ?? 1] as const);
  return (fortran ? pairs.reverse() : pairs).reduce((sum, [index, size]) => sum * size + index, 0);
}

/** A whole number up to 2048 as IEEE 754 binary16. */
function toHalf(value: number): number {
  if (value === 0) return 0;
  const exponent = Math.floor(Math.log2(value));
  return ((exponent + 15) << 10) | ((value / 2 ** exponent - 1) * 1024);
}
