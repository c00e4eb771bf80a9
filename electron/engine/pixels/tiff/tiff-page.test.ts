import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { Problem } from '../../../../shared/model/problem.ts';
import { openSource } from '../open-source.ts';
import { makeTiff, type TiffRecipe } from '../test-fixtures/make-tiff.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-tiff-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

async function open(...pages: TiffRecipe[]) {
  const path = join(folder, `${++files}.tif`);
  writeFileSync(path, makeTiff(pages));
  return openSource(path, '');
}

async function readPlane(source: Awaited<ReturnType<typeof openSource>>, c: number, z = 0, t = 0) {
  const { x, y } = source.info.sizes;
  return [...(await source.read({ c, z, t }, 0, { x: 0, y: 0, width: x, height: y }))];
}

const compressions = ['none', 'lzw', 'old-lzw', 'deflate', 'packbits', 'zstd'] as const;

interface Kind {
  readonly bits: number;
  readonly format: 1 | 2 | 3;
}

const kinds: readonly Kind[] = [
  ...[1, 2, 4, 6, 8, 10, 12, 14, 16, 20, 24, 32, 64].map((bits) => ({ bits, format: 1 }) as const),
  ...[8, 16, 32, 64].map((bits) => ({ bits, format: 2 }) as const),
  ...[32, 64].map((bits) => ({ bits, format: 3 }) as const),
];

function anyValue({ bits, format }: Kind): fc.Arbitrary<number> {
  if (format === 3) return bits === 32 ? fc.float({ noNaN: true }) : fc.double({ noNaN: true });
  const most = 2 ** Math.min(bits, 52);
  return format === 1
    ? fc.integer({ min: 0, max: Math.min(most - 1, Number.MAX_SAFE_INTEGER) })
    : fc.integer({ min: -most / 2, max: most / 2 - 1 });
}

/** Pixels with runs, so that the compressions have something to do, and every corner of a type's range. */
function pixels(kind: Kind, count: number): fc.Arbitrary<number[]> {
  return fc
    .array(fc.tuple(anyValue(kind), fc.integer({ min: 1, max: 40 })), { minLength: 1, maxLength: 60 })
    .map((runs) => {
      const out: number[] = [];
      for (let index = 0; out.length < count; index++) {
        const [value, length] = runs[index % runs.length] ?? [0, 1];
        for (let step = 0; step < length && out.length < count; step++) out.push(value);
      }
      return out;
    });
}

const recipe: fc.Arbitrary<TiffRecipe> = fc
  .record({
    kind: fc.constantFrom(...kinds),
    width: fc.integer({ min: 1, max: 40 }),
    height: fc.integer({ min: 1, max: 40 }),
    samples: fc.constantFrom(1, 2, 3, 5),
    compression: fc.constantFrom(...compressions),
    littleEndian: fc.boolean(),
    bigTiff: fc.boolean(),
    planar: fc.boolean(),
    tiled: fc.boolean(),
    rowsPerStrip: fc.integer({ min: 1, max: 45 }),
    reversedBits: fc.boolean(),
    predicted: fc.boolean(),
  })
  .chain(({ kind, tiled, predicted, rowsPerStrip, ...rest }) =>
    pixels(kind, rest.width * rest.height * rest.samples).map((values): TiffRecipe => {
      const predictor = kind.format === 3 ? 3 : [8, 16, 32, 64].includes(kind.bits) ? 2 : 1;
      return {
        ...rest,
        ...kind,
        values,
        predictor: predicted ? predictor : 1,
        ...(tiled ? { tile: { width: 16, height: 32 } } : { rowsPerStrip }),
      };
    }),
  );

test('every storage of TIFF gives back the numbers that were stored', async () => {
  await fc.assert(
    fc.asyncProperty(recipe, async (made) => {
      const source = await open(made);
      const samples = made.samples ?? 1;
      expect(source.info.sizes.c).toBe(samples);
      for (let c = 0; c < samples; c++) {
        const stored = made.values.filter((_, index) => index % samples === c);
        const read = await readPlane(source, c);
        expect(read.map((value) => value + 0)).toEqual(stored.map((value) => value + 0));
      }
      await source.close();
    }),
    { numRuns: 300 },
  );
});

test('LZW is right across clearing and every width of its codes', async () => {
  const values = Array.from({ length: 300 * 200 }, (_, index) => (index * index * 31 + (index >> 3)) % 251);
  for (const compression of ['lzw', 'old-lzw'] as const) {
    const source = await open({ width: 300, height: 200, bits: 8, values, compression });
    expect(await readPlane(source, 0)).toEqual(values);
    await source.close();
  }
});

test('a strip with fewer pixels than its rows need is refused, not padded', async () => {
  const values = new Array<number>(64).fill(7);
  const bytes = makeTiff([{ width: 8, height: 8, bits: 8, values, compression: 'packbits' }]);
  // 64 equal bytes are one run of two bytes at offset 8; half of them are taken away.
  bytes[8] = 257 - 32;
  const path = join(folder, 'short.tif');
  writeFileSync(path, bytes);
  const source = await openSource(path, '');
  await expect(readPlane(source, 0)).rejects.toMatchObject({ code: 'damaged-image' });
  await source.close();
});

test('a deflate bomb is refused before it has unfolded', async () => {
  const big = makeTiff([{ width: 4000, height: 2000, bits: 1, values: [], compression: 'deflate' }]);
  const small = makeTiff([
    {
      width: 4000,
      height: 2000,
      bits: 1,
      values: [],
      compression: 'deflate',
      fields: [
        { tag: 256, type: 'long', values: [10] },
        { tag: 257, type: 'long', values: [10] },
        { tag: 278, type: 'long', values: [10] },
      ],
    },
  ]);
  for (const [bytes, readable] of [
    [big, true],
    [small, false],
  ] as const) {
    const path = join(folder, `bomb-${readable}.tif`);
    writeFileSync(path, bytes);
    const source = await openSource(path, '');
    const { x, y } = source.info.sizes;
    const read = source.read({ c: 0, z: 0, t: 0 }, 0, { x: 0, y: 0, width: x, height: y });
    if (readable) expect((await read).every((value) => value === 0)).toBe(true);
    else await expect(read).rejects.toMatchObject({ code: 'damaged-image' });
    await source.close();
  }
});

test.each([
  ['sizes beyond sense', { tag: 256, type: 'long', values: [2 ** 32 - 1] }],
  ['more samples than there can be', { tag: 277, type: 'long', values: [300_000_000] }],
  ['tables of strips that do not fit', { tag: 278, type: 'long', values: [1] }],
  ['complex numbers', { tag: 339, type: 'short', values: [6] }],
  ['an unknown compression', { tag: 259, type: 'short', values: [34_925] }],
  ['inks', { tag: 262, type: 'short', values: [5] }],
] as const)('refuses %s with a reason', async (_, field) => {
  const opened = open({
    width: 4,
    height: 4,
    bits: 8,
    values: new Array<number>(16).fill(1),
    fields: [field],
  });
  const failure = await opened.then(
    (source) => readPlane(source, 0).finally(() => source.close()),
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(Problem);
  expect((failure as Problem).why).toBeTruthy();
});

test('a 64-bit number that would not stay exact is refused', async () => {
  const bytes = makeTiff([{ width: 1, height: 1, bits: 64, format: 1, values: [0] }]);
  new DataView(bytes.buffer).setBigUint64(8, 2n ** 53n + 1n, true);
  const path = join(folder, 'wide.tif');
  writeFileSync(path, bytes);
  const source = await openSource(path, '');
  await expect(readPlane(source, 0)).rejects.toMatchObject({ code: 'number-too-large' });
  await source.close();
});

test('a palette gives colours, its part "numbers" the numbers', async () => {
  const map = [0, 10, 20, 30].flatMap((value) => [value]);
  const colorMap = [...map, ...map.map((value) => value + 1), ...map.map((value) => value + 2)].map(
    (v) => v * 257,
  );
  const path = join(folder, 'palette.tif');
  const fields = [{ tag: 320, type: 'short', values: colorMap } as const];
  writeFileSync(
    path,
    makeTiff([{ width: 2, height: 2, bits: 2, values: [0, 1, 2, 3], photometric: 3, fields }]),
  );
  const colours = await openSource(path, '');
  expect(colours.info).toMatchObject({ rgb: true, pixelType: 'uint8', sizes: { c: 3 } });
  expect(await readPlane(colours, 1)).toEqual([1, 11, 21, 31]);
  const numbers = await openSource(path, 'numbers');
  expect(numbers.info).toMatchObject({ rgb: false, storedType: 'uint2', sizes: { c: 1 } });
  expect(await readPlane(numbers, 0)).toEqual([0, 1, 2, 3]);
  await Promise.all([colours.close(), numbers.close()]);
});

test('hostile bytes end in numbers or in a Problem', async () => {
  const values = Array.from({ length: 400 }, (_, index) => index % 256);
  const original = makeTiff([
    { width: 20, height: 20, bits: 8, values, compression: 'lzw', rowsPerStrip: 5 },
    { width: 20, height: 20, bits: 8, values, compression: 'deflate', rowsPerStrip: 7 },
  ]);
  const change = fc.tuple(fc.nat(original.length - 1), fc.nat(255));
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
      const bytes = original.slice();
      for (const [at, byte] of changes) bytes[at] = byte;
      const path = join(folder, 'hostile.tif');
      writeFileSync(path, bytes);
      const source = await openSource(path, '').catch((error: unknown) => error);
      if (source instanceof Error) {
        expect(source).toBeInstanceOf(Problem);
        return;
      }
      const opened = source as Awaited<ReturnType<typeof openSource>>;
      const read = opened.read({ c: 0, z: 0, t: 0 }, 0, { x: 0, y: 0, width: 1, height: 1 });
      const failure = await read.then(
        () => null,
        (error: unknown) => error,
      );
      if (failure !== null) expect(failure).toBeInstanceOf(Error);
      await opened.close();
    }),
    { numRuns: 300 },
  );
});
