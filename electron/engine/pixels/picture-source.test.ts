import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { sharp } from './libvips.ts';
import { openSource } from './open-source.ts';
import { dataFile, hasData } from './test-fixtures/test-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-picture-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function open(name: string, bytes: Uint8Array) {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return openSource(path, '');
}

async function plane(source: Awaited<ReturnType<typeof openSource>>, c = 0) {
  const { x, y } = source.info.sizes;
  return [...(await source.read({ c, z: 0, t: 0 }, 0, { x: 0, y: 0, width: x, height: y }))];
}

/** A PNG of one row by the W3C specification; colour types 0 grey and 3 palette. */
function smallPng(bits: number, colorType: number, row: readonly number[]): Uint8Array {
  const chunk = (type: string, data: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const out = Buffer.alloc(8 + body.length);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc32(body), 4 + body.length);
    return out;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(row.length, 0);
  header.writeUInt32BE(1, 4);
  header[8] = bits;
  header[9] = colorType;
  const line = Buffer.alloc(1 + Math.ceil((row.length * bits) / 8));
  row.forEach((value, x) => {
    const at = x * bits;
    line[1 + (at >> 3)] = (line[1 + (at >> 3)] ?? 0) | (value << (8 - bits - (at & 7)));
  });
  const palette = Buffer.from(Array.from({ length: 2 ** bits * 3 }, (_, index) => index));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    ...(colorType === 3 ? [chunk('PLTE', palette)] : []),
    chunk('IDAT', deflateSync(line)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('PNG', () => {
  test.each([1, 2, 4, 8])('grey of %i bits keeps its numbers', async (bits) => {
    const row = Array.from({ length: 11 }, (_, index) => (index * 5) % 2 ** bits);
    const source = await open(`grey-${bits}.png`, smallPng(bits, 0, row));
    expect(source.info).toMatchObject({
      format: 'PNG',
      storedType: bits === 1 ? 'bool' : `uint${bits}`,
      pixelType: 'uint8',
      rgb: false,
    });
    expect(await plane(source)).toEqual(row);
    await source.close();
  });

  test('16 bits stay 16 bits, grey and colour', async () => {
    const values = Uint16Array.from({ length: 30 }, (_, index) => index * 2111);
    const grey = sharp(values, { raw: { width: 6, height: 5, channels: 1 } }).toColourspace('grey16');
    const source = await open('deep.png', await grey.png().toBuffer());
    expect(source.info).toMatchObject({ pixelType: 'uint16', storedType: 'uint16' });
    expect(await plane(source)).toEqual([...values]);
    const color = sharp(values, { raw: { width: 5, height: 2, channels: 3 } }).toColourspace('rgb16');
    const deep = await open('deep-color.png', await color.png().toBuffer());
    expect(deep.info).toMatchObject({
      rgb: false,
      sizes: { c: 3 },
      channels: [{ name: 'Red' }, { name: 'Green' }, { name: 'Blue' }],
    });
    expect(await plane(deep, 2)).toEqual([...values].filter((_, index) => index % 3 === 2));
    await Promise.all([source.close(), deep.close()]);
  });

  test('a palette gives its colours and says so', async () => {
    const source = await open('palette.png', smallPng(2, 3, [0, 1, 2, 3, 1]));
    expect(source.info).toMatchObject({ rgb: true, pixelType: 'uint8' });
    expect(await plane(source, 1)).toEqual([1, 4, 7, 10, 4]);
    expect(source.info.notes.join(' ')).toMatch(/colours are shown, not those numbers/);
    await source.close();
  });

  test('a colour profile does not change numbers', async () => {
    const values = Uint8Array.from({ length: 48 }, (_, index) => index * 5);
    const bytes = await sharp(values, { raw: { width: 4, height: 4, channels: 3 } })
      .withIccProfile('p3')
      .png()
      .toBuffer();
    const profile = await sharp(bytes).metadata();
    expect(profile.icc).toBeDefined();
    const stored = await sharp(bytes, { ignoreIcc: true }).raw().toBuffer();
    const source = await open('profile.png', bytes);
    expect(await plane(source)).toEqual([...stored].filter((_, index) => index % 3 === 0));
    await source.close();
  });

  test('cut short is refused, not shown in part', async () => {
    const noise = Uint8Array.from({ length: 128 * 128 }, (_, index) => (index * index * 31) % 256);
    const bytes = await sharp(noise, { raw: { width: 128, height: 128, channels: 1 } })
      .png()
      .toBuffer();
    const source = await open('short.png', bytes.subarray(0, bytes.length / 2));
    await expect(plane(source)).rejects.toMatchObject({ code: 'damaged-image' });
    await source.close();
  });

  test('a hidden size bomb is refused by its header', async () => {
    const bytes = smallPng(8, 0, [1]);
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(16, 2_000_000_000);
    await expect(open('bomb.png', bytes)).rejects.toMatchObject({ code: 'image-too-large' });
  });
});

test('JPEG is read, in colour and grey', async () => {
  const grey = Uint8Array.from({ length: 64 * 64 }, (_, index) => index % 64);
  const raw = { raw: { width: 64, height: 64, channels: 1 } } as const;
  const one = await open(
    'grey.jpg',
    await sharp(grey, raw).toColourspace('b-w').jpeg({ quality: 100 }).toBuffer(),
  );
  expect(one.info).toMatchObject({ format: 'JPEG', rgb: false, sizes: { c: 1, x: 64, y: 64 } });
  for (const [index, value] of (await plane(one)).entries())
    expect(Math.abs(value - (index % 64))).toBeLessThanOrEqual(3);
  const three = await open('color.jpg', await sharp(grey, raw).toColourspace('srgb').jpeg().toBuffer());
  expect(three.info).toMatchObject({ rgb: true, sizes: { c: 3 } });
  await Promise.all([one.close(), three.close()]);
});

test.each([
  ['an empty file', 'empty.tif', new Uint8Array(0), /0 bytes/],
  [
    'a Git LFS pointer',
    'pointer.tif',
    new TextEncoder().encode('version https://git-lfs.github.com/spec/v1\n'),
    /Git LFS pointer/,
  ],
  [
    'text named like a TIFF',
    'text.tif',
    new TextEncoder().encode('hello, this is no image'),
    /does not begin like one/,
  ],
  ['another format', 'notes.txt', new TextEncoder().encode('hello'), /none of TIFF/],
])('%s is refused with the reason', async (_, name, bytes, reason) => {
  await expect(open(name, bytes)).rejects.toMatchObject({ why: reason });
});

test('a file that is gone says so', async () => {
  await expect(openSource(join(folder, 'gone.tif'), '')).rejects.toMatchObject({ code: 'file-gone' });
});

test.skipIf(!hasData)('a PNG that is named .tif is shown as what it is (needs ../shared/data)', async () => {
  const source = await openSource(dataFile('broken/test3.tif'), '');
  expect(source.info).toMatchObject({ format: 'PNG', rgb: true });
  await source.close();
});
