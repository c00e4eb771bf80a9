import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { openSource } from '../open-source.ts';
import { makeTiff, type TiffField, type TiffRecipe } from '../test-fixtures/make-tiff.ts';
import { dataFile, hasData } from '../test-fixtures/test-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-stacks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

/** A stack whose page number is the value of its pixels, so that every plane can be told from the others. */
async function openStack(count: number, first: Partial<TiffRecipe>, rest: Partial<TiffRecipe> = {}) {
  const pages = Array.from({ length: count }, (_, page): TiffRecipe => {
    const base = { width: 3, height: 2, bits: 16, values: new Array<number>(6).fill(page) };
    return { ...base, ...(page === 0 ? first : rest) };
  });
  const path = join(folder, `${++files}.tif`);
  writeFileSync(path, makeTiff(pages));
  return openSource(path, '');
}

const text = (tag: number, values: string): TiffField => ({ tag, type: 'text', values });
const described = (description: string) => ({ fields: [text(270, description)] });

async function pageOf(source: Awaited<ReturnType<typeof openSource>>, c: number, z: number, t: number) {
  return (await source.read({ c, z, t }, 0, { x: 1, y: 1, width: 1, height: 1 }))[0];
}

const orders = ['XYZCT', 'XYZTC', 'XYCTZ', 'XYCZT', 'XYTCZ', 'XYTZC'] as const;

function omeXml(pixels: string, inside: string, extra = ''): string {
  return `<?xml version="1.0"?><!-- a comment with <Image> in it --><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06" UUID="urn:uuid:me">${extra}<Image ID="Image:0" Name="one"><Pixels ID="Pixels:0" Type="uint16" SizeX="3" SizeY="2" ${pixels}>${inside}</Pixels></Image></OME>`;
}

describe('OME-TIFF', () => {
  test('planes are where the order of the dimensions says', async () => {
    const size = fc.integer({ min: 1, max: 4 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...orders), size, size, size, async (order, z, c, t) => {
        const xml = omeXml(`DimensionOrder="${order}" SizeZ="${z}" SizeC="${c}" SizeT="${t}"`, '<TiffData/>');
        const source = await openStack(z * c * t, described(xml));
        expect(source.info).toMatchObject({ format: 'OME-TIFF', sizes: { z, c, t } });
        const steps: Record<string, number> = {};
        let step = 1;
        for (const axis of order.slice(2)) {
          steps[axis] = step;
          step *= { Z: z, C: c, T: t }[axis] ?? 1;
        }
        for (let zi = 0; zi < z; zi++) {
          for (let ci = 0; ci < c; ci++) {
            for (let ti = 0; ti < t; ti++) {
              const page = zi * (steps.Z ?? 0) + ci * (steps.C ?? 0) + ti * (steps.T ?? 0);
              expect(await pageOf(source, ci, zi, ti)).toBe(page);
            }
          }
        }
        await source.close();
      }),
      { numRuns: 40 },
    );
  });

  test('TiffData may put planes anywhere', async () => {
    const inside = [
      '<Channel Name="DAPI" Color="65535"/><Channel Name="GFP" Color="16711935"/>',
      '<TiffData IFD="1" FirstC="0" PlaneCount="1"/><TiffData IFD="0" FirstC="1"/>',
    ].join('');
    const sizes = 'DimensionOrder="XYCZT" SizeZ="1" SizeC="2" SizeT="1"';
    const physical = 'PhysicalSizeX="650" PhysicalSizeXUnit="nm" PhysicalSizeY="0.65"';
    const source = await openStack(2, described(omeXml(`${sizes} ${physical}`, inside)));
    expect([await pageOf(source, 0, 0, 0), await pageOf(source, 1, 0, 0)]).toEqual([1, 0]);
    expect(source.info.channels.map(({ name, color }) => [name, color])).toEqual([
      ['DAPI', '#0000ff'],
      ['GFP', '#00ff00'],
    ]);
    expect(source.info.pixelSize).toEqual({ x: 0.65, y: 0.65, z: null });
    await source.close();
  });

  test('of a set of files only the planes in this file are shown, and it says so', async () => {
    const inside = [0, 1, 2]
      .map(
        (z) =>
          `<TiffData IFD="0" FirstZ="${z}"><UUID FileName="${z}.tif">urn:uuid:${z === 1 ? 'me' : z}</UUID></TiffData>`,
      )
      .join('');
    const source = await openStack(
      1,
      described(omeXml('DimensionOrder="XYZCT" SizeZ="3" SizeC="1" SizeT="1"', inside)),
    );
    expect(source.info.sizes).toMatchObject({ z: 1, c: 1, t: 1 });
    expect(source.info.notes.join(' ')).toMatch(/1 of 3 planes/);
    await source.close();
  });

  test.each([
    [
      'speaks of other pixels',
      omeXml('SizeZ="2" SizeC="1" SizeT="1"', '').replace('SizeX="3"', 'SizeX="30"'),
      /ignored/,
    ],
    ['names impossible sizes', omeXml('SizeZ="999999999" SizeC="1" SizeT="9"', ''), /impossible/],
    [
      'leaves gaps',
      omeXml('SizeZ="2" SizeC="2" SizeT="1"', '<TiffData IFD="0"/><TiffData IFD="1" FirstZ="1" FirstC="1"/>'),
      /gaps/,
    ],
    ['is in another file', '<OME><BinaryOnly MetadataFile="a.companion.ome"/></OME>', /a\.companion\.ome/],
  ])('a description that %s leaves the pages as z, with a note', async (_, xml, note) => {
    const source = await openStack(2, described(xml));
    expect(source.info.sizes).toMatchObject({ z: 2, c: 1, t: 1 });
    expect(source.info.notes.join(' ')).toMatch(note);
    await source.close();
  });

  test('entities are not expanded', async () => {
    const bomb = `<!DOCTYPE OME [<!ENTITY a "${'x'.repeat(1000)}"><!ENTITY b "&a;&a;">]>`;
    const xml =
      bomb + omeXml('SizeZ="1" SizeC="1" SizeT="1"', '<Channel Name="&b; &lt;3 &#956;"/><TiffData/>');
    const source = await openStack(1, described(xml));
    expect(source.info.channels[0]?.name).toBe('&b; <3 μ');
    await source.close();
  });

  test.skipIf(!hasData)(
    'a real pyramid in SubIFDs has its levels, and they are of the same image (needs ../shared/data)',
    async () => {
      const source = await openSource(dataFile('ome-tiff/res.ome.tiff'), '');
      expect(source.info.levels.map(({ width, height }) => [width, height])).toEqual([
        [26, 25],
        [13, 12],
        [6, 6],
        [3, 3],
      ]);
      const read = async (level: number) => {
        const { width, height } = source.info.levels[level] ?? { width: 0, height: 0 };
        return source.read({ c: 0, z: 0, t: 0 }, level, { x: 0, y: 0, width, height });
      };
      // Its writer took every second pixel.
      const finest = await read(0);
      const picked = Array.from(
        { length: 12 * 13 },
        (_, at) => finest[Math.floor(at / 13) * 2 * 26 + (at % 13) * 2],
      );
      expect([...(await read(1))]).toEqual(picked);
      await source.close();
    },
  );
});

describe('ImageJ', () => {
  test('planes are in the order channel, slice, frame; sizes come with their unit', async () => {
    const description =
      'ImageJ=1.53t\nimages=12\nchannels=2\nslices=3\nframes=2\nunit=\\u00B5m\nspacing=0.5\n';
    const resolution: TiffField = { tag: 282, type: 'rational', values: [4] };
    const source = await openStack(12, {
      fields: [text(270, description), resolution, { ...resolution, tag: 283, values: [2] }],
    });
    expect(source.info).toMatchObject({
      format: 'ImageJ TIFF',
      sizes: { c: 2, z: 3, t: 2 },
      pixelSize: { x: 0.25, y: 0.5, z: 0.5 },
    });
    expect(await pageOf(source, 1, 2, 1)).toBe(1 + 2 * (2 + 3 * 1));
    await source.close();
  });

  test('a stack of more than 4 GB has one directory and its planes behind it', async () => {
    const planes = Array.from({ length: 5 * 6 }, (_, index) => Math.floor(index / 6));
    const source = await openStack(1, {
      height: 10,
      values: planes,
      fields: [
        text(270, 'ImageJ=1.53t\nimages=5\nslices=5\n'),
        { tag: 257, type: 'long', values: [2] },
        { tag: 278, type: 'long', values: [2] },
        { tag: 279, type: 'long', values: [12] },
      ],
    });
    expect(source.info.sizes).toMatchObject({ z: 5, y: 2 });
    for (let z = 0; z < 5; z++) expect(await pageOf(source, 0, z, 0)).toBe(z);
    await source.close();
  });

  test('a description that promises more than is there is not believed', async () => {
    const source = await openStack(3, described('ImageJ=1.53t\nimages=50\nslices=50\n'));
    expect(source.info.sizes).toMatchObject({ z: 3 });
    expect(source.info.notes.join(' ')).toMatch(/50 planes, but 3/);
    await source.close();
  });

  test('a table of display colours leaves the numbers as they are', async () => {
    const map: TiffField = { tag: 320, type: 'short', values: new Array<number>(768).fill(9) };
    const values = [0, 1, 2, 3, 4, 255];
    const source = await openStack(1, {
      bits: 8,
      values,
      photometric: 3,
      fields: [text(270, 'ImageJ=1.53t\n'), map],
    });
    expect(source.info).toMatchObject({ rgb: false, sizes: { c: 1 } });
    expect([...(await source.read({ c: 0, z: 0, t: 0 }, 0, { x: 0, y: 0, width: 3, height: 2 }))]).toEqual(
      values,
    );
    await source.close();
  });
});

describe('other stacks', () => {
  test.each([
    ['TZCYX', [2, 1, 3, 2, 3], { t: 2, z: 1, c: 3 }, 5, { c: 2, z: 0, t: 1 }],
    ['CZYX', [2, 3, 2, 3], { t: 1, z: 3, c: 2 }, 4, { c: 1, z: 1, t: 0 }],
    ['TYX', [4, 2, 3], { t: 4, z: 1, c: 1 }, 3, { c: 0, z: 0, t: 3 }],
  ] as [
    string,
    number[],
    { t: number; z: number; c: number },
    number,
    { t: number; z: number; c: number },
  ][])('tifffile names its axes %s', async (axes, shape, sizes, page, at) => {
    const count = shape.slice(0, -2).reduce((product, size) => product * size, 1);
    const source = await openStack(count, described(JSON.stringify({ shape, axes })));
    expect(source.info.sizes).toMatchObject(sizes);
    expect(await pageOf(source, at.c, at.z, at.t)).toBe(page);
    await source.close();
  });

  test('pages that nothing is said about are z, with a note', async () => {
    const source = await openStack(4, {});
    expect(source.info.sizes).toMatchObject({ z: 4 });
    expect(source.info.notes.join(' ')).toMatch(/does not say what its 4 pages are/);
    expect(await pageOf(source, 0, 3, 0)).toBe(3);
    await source.close();
  });

  test('pages of other sizes are left out and mentioned', async () => {
    const source = await openStack(3, {}, { width: 6, values: new Array<number>(12).fill(1) });
    expect(source.info.sizes).toMatchObject({ z: 1 });
    expect(source.info.notes.join(' ')).toMatch(/2 pages of other size/);
    await source.close();
  });

  test('smaller copies in further pages are levels', async () => {
    const page = (width: number, height: number, value: number): TiffRecipe => ({
      width,
      height,
      bits: 8,
      values: new Array<number>(width * height).fill(value),
      tile: { width: 16, height: 16 },
    });
    const path = join(folder, 'pyramid.tif');
    writeFileSync(path, makeTiff([page(64, 48, 1), page(32, 24, 2), page(16, 12, 3), page(20, 40, 4)]));
    const source = await openSource(path, '');
    expect(source.info.levels.map(({ width, height }) => [width, height])).toEqual([
      [64, 48],
      [32, 24],
      [16, 12],
    ]);
    for (const level of [0, 1, 2]) {
      const [value] = await source.read({ c: 0, z: 0, t: 0 }, level, { x: 3, y: 3, width: 1, height: 1 });
      expect(value).toBe(level + 1);
    }
    expect(source.info.notes.join(' ')).toMatch(/1 page of other size/);
    await source.close();
  });

  test('a list of pages that loops ends, with a note', async () => {
    const bytes = makeTiff([{ width: 1, height: 1, bits: 8, values: [5] }]);
    const view = new DataView(bytes.buffer);
    const directory = view.getUint32(4, true);
    view.setUint32(directory + 2 + view.getUint16(directory, true) * 12, directory, true);
    const path = join(folder, 'loop.tif');
    writeFileSync(path, bytes);
    const source = await openSource(path, '');
    expect(source.info.notes.join(' ')).toMatch(/leads back to itself/);
    expect(await pageOf1(source)).toBe(5);
    await source.close();
  });
});

async function pageOf1(source: Awaited<ReturnType<typeof openSource>>) {
  return (await source.read({ c: 0, z: 0, t: 0 }, 0, { x: 0, y: 0, width: 1, height: 1 }))[0];
}
