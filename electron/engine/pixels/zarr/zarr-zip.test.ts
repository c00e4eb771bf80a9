import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeOmeZarr } from '../../samples/ome-zarr-writer.ts';
import { openSource } from '../open-source.ts';
import type { PixelSource } from '../pixel-source.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-zarr-zip-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Packed {
  readonly name: string;
  readonly content: Buffer;
}

/** A ZIP as other programs write it: no ZIP64, and deflated when asked. */
function zipOf(members: readonly Packed[], deflate: boolean): Buffer {
  const locals: Buffer[] = [];
  const rows: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of members) {
    const data = deflate ? deflateRawSync(content) : content;
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(0x0800, 2);
    fields.writeUInt16LE(deflate ? 8 : 0, 4);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(data.byteLength, 14);
    fields.writeUInt32LE(content.byteLength, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.from(name), data]);
    const end = Buffer.alloc(14);
    end.writeUInt32LE(offset, 10);
    rows.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0', 'latin1'), fields, end, Buffer.from(name)]));
    locals.push(local);
    offset += local.byteLength;
  }
  const directory = Buffer.concat(rows);
  const last = Buffer.alloc(22);
  last.write('PK\x05\x06', 'latin1');
  last.writeUInt16LE(members.length, 8);
  last.writeUInt16LE(members.length, 10);
  last.writeUInt32LE(directory.byteLength, 12);
  last.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, last]);
}

/** Two channels of numbers that tell every pixel apart, and labels. */
function sampleStore(root: string): void {
  const plane = (step: number) => ({
    width: 40,
    height: 30,
    pixels: Uint16Array.from({ length: 1200 }, (_, at) => (at * step) % 60_000),
  });
  const channels = [
    { plane: plane(7), name: 'one', color: 'ff0000' },
    { plane: plane(11), name: 'two', color: '00ff00' },
  ];
  writeOmeZarr(root, channels, { plane: plane(1), name: 'cells' }, 0.5);
}

function membersOf(root: string): Packed[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => {
      const path = join(item.parentPath, item.name);
      return { name: relative(root, path).replaceAll('\\', '/'), content: readFileSync(path) };
    });
}

async function pixelsOf(source: PixelSource): Promise<unknown> {
  const [level] = source.info.levels;
  const region = { x: 0, y: 0, width: level?.width ?? 1, height: level?.height ?? 1 };
  return await source.read({ c: 0, z: 0, t: 0 }, 0, region, new AbortController().signal);
}

describe('a zipped OME-Zarr', () => {
  it.each([
    ['stored', false],
    ['deflated', true],
  ])('is read %s as its folder is, labels too', async (how, deflate) => {
    const store = join(folder, `${how}.ome.zarr`);
    sampleStore(store);
    const zip = join(folder, `${how}.ome.zarr.zip`);
    writeFileSync(zip, zipOf(membersOf(store), deflate));
    for (const part of ['', 'labels/cells']) {
      const [packed, plain] = [await openSource(zip, part), await openSource(store, part)];
      expect({ ...packed.info, name: '' }).toEqual({ ...plain.info, name: '' });
      expect(await pixelsOf(packed)).toEqual(await pixelsOf(plain));
      expect(packed.info.labels).toEqual(part === '' ? ['labels/cells'] : []);
      await packed.close();
      await plain.close();
    }
  });

  it('says what is wrong with one that is cut, changed or no OME-Zarr, and never shows a wrong picture', async () => {
    const store = join(folder, 'hostile.ome.zarr');
    sampleStore(store);
    const good = zipOf(membersOf(store), false);
    const path = join(folder, 'hostile.ome.zarr.zip');
    writeFileSync(path, good);
    const right = await openSource(path, '');
    const picture = await pixelsOf(right);
    await right.close();
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          cut: fc.option(fc.nat({ max: good.byteLength - 1 })),
          at: fc.nat({ max: good.byteLength - 1 }),
          by: fc.integer({ min: 1, max: 255 }),
        }),
        async ({ cut, at, by }) => {
          const bad = Buffer.from(cut === null ? good : good.subarray(0, cut));
          if (at < bad.byteLength) bad[at] = (bad[at] ?? 0) ^ by;
          writeFileSync(path, bad);
          const shown = await openSource(path, '')
            .then(async (source) => {
              const pixels = pixelsOf(source).finally(() => source.close());
              return { notes: source.info.notes, pixels: await pixels };
            })
            .catch((error: unknown) => error);
          if (shown instanceof Error) {
            expect(shown.name).toBe('Problem');
            return;
          }
          // What was hit is no part of the picture, or it is said that some is missing.
          const { notes, pixels } = shown as { notes: readonly string[]; pixels: unknown };
          if (notes.length === 0) expect(pixels).toEqual(picture);
        },
      ),
      { numRuns: 150 },
    );
    const other = join(folder, 'letters.ome.zarr.zip');
    writeFileSync(other, zipOf([{ name: 'letter.txt', content: Buffer.from('dear archive') }], false));
    await expect(openSource(other, '')).rejects.toMatchObject({ name: 'Problem' });
  });

  it('unpacks nothing to more than it says, and reads nothing that leads out of it', async () => {
    const bomb = zipOf([{ name: 'zarr.json', content: Buffer.alloc(50_000_000) }], true);
    // It says that it has ten bytes, in the member and in the directory.
    for (const at of [22, bomb.indexOf(Buffer.from('PK\x01\x02', 'latin1')) + 24]) bomb.writeUInt32LE(10, at);
    const path = join(folder, 'bomb.ozx');
    writeFileSync(path, bomb);
    expect(statSync(path).size).toBeLessThan(100_000);
    await expect(openSource(path, '')).rejects.toThrow(/bomb\.ozx/);
    writeFileSync(path, zipOf([{ name: '../../etc/passwd', content: Buffer.from('x') }], false));
    await expect(openSource(path, '')).rejects.toThrow(/bomb\.ozx/);
  });
});
