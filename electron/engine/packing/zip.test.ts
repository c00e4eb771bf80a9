import { spawnSync } from 'node:child_process';
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memberOf, memoryList } from './packing.fixture.ts';
import { ZipChecker } from './zip-checker.ts';
import { HELD_IN_MEMORY } from './zip-records.ts';
import { ZipSource } from './zip-source.ts';
import { type PackList, zipBytes, zipPieces } from './zip-stream.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-zip-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function bytesOf(list: PackList): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of zipPieces(list)) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

function check(zip: Uint8Array): { members: number; bytes: number } {
  const checker = new ZipChecker(zip.byteLength);
  checker.push(zip);
  return checker.finish();
}

/** The packers' names for these programs, each tested where it is there. */
const witnesses: readonly (readonly [name: string, probe: string[], test: (zip: string) => string[]])[] = [
  ['unzip', ['unzip', '-v'], (zip) => ['unzip', '-tqq', zip]],
  ['Python', ['python3', '--version'], (zip) => ['python3', '-c', PYTHON, zip]],
  ['7-Zip', ['7zz', 'i'], (zip) => ['7zz', 't', '-bso0', zip]],
];
const PYTHON = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as z:
    bad = z.testzip()
    assert bad is None, bad
    assert all(i.compress_type == zipfile.ZIP_STORED for i in z.infolist())
`;

function isThere([program = '', ...rest]: readonly string[]): boolean {
  return spawnSync(program, rest).status === 0;
}

function expectSound(zip: string): void {
  let heard = 0;
  for (const [name, probe, test] of witnesses) {
    if (!isThere(probe)) {
      process.stdout.write(`Not asked, because it is not installed: ${name}.\n`);
      continue;
    }
    const [program = '', ...rest] = test(zip);
    const { status, stderr, stdout } = spawnSync(program, rest, { encoding: 'utf8' });
    expect(`${name} ${status} ${status === 0 ? '' : stderr + stdout}`).toBe(`${name} 0 `);
    heard++;
  }
  if (heard === 0)
    process.stdout.write('No other program here reads ZIP files: only its own checker was asked.\n');
}

const memberArbitrary = fc.record({
  name: fc.stringMatching(/^[a-zé雪. ]{1,12}(\/[a-z0-9ß]{1,5}){0,3}$/u),
  content: fc.uint8Array({ maxLength: 300 }),
  modifiedMs: fc.oneof(fc.integer({ min: -5e12, max: 5e12 }), fc.double({ min: 0, max: 2e12, noNaN: true })),
});
const membersArbitrary = fc.uniqueArray(memberArbitrary, { selector: ({ name }) => name, maxLength: 12 });

describe('the ZIP of some members', () => {
  it('is as long as was told before, sound, and the same each time', async () => {
    await fc.assert(
      fc.asyncProperty(membersArbitrary, async (members) => {
        const contents = new Map(members.map(({ name, content }) => [name, content]));
        const list = memoryList(
          members.map(({ name, content, modifiedMs }) => memberOf(name, content.byteLength, modifiedMs)),
          (name) => contents.get(name) ?? new Uint8Array(0),
        );
        const zip = await bytesOf(list);
        expect(zip.byteLength).toBe(zipBytes(list.members()));
        expect(check(zip)).toEqual({
          members: members.length,
          bytes: members.reduce((sum, { content }) => sum + content.byteLength, 0),
        });
        expect((await bytesOf(list)).equals(zip)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('is found damaged when it is cut, when bytes follow, and when a byte of a member, a size or a CRC changes', async () => {
    const contents = { 'zarr.json': Buffer.from('{"zarr_format":3}'), 'c/0/0': Buffer.from([1, 2, 3, 4]) };
    const list = memoryList(
      Object.entries(contents).map(([name, content]) => memberOf(name, content.byteLength)),
      (name) => contents[name as keyof typeof contents],
    );
    const zip = await bytesOf(list);
    fc.assert(
      fc.property(fc.nat({ max: zip.byteLength - 1 }), (cut) => {
        expect(() => check(zip.subarray(0, cut))).toThrow('The ZIP is damaged.');
      }),
    );
    expect(() => check(Buffer.concat([zip, zip.subarray(0, 30)]))).toThrow('The ZIP is damaged.');
    const data = zip.indexOf(contents['zarr.json']);
    const directory = zip.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    const changed = [
      data,
      data + 16,
      14,
      43,
      51,
      directory + 16,
      directory + 46,
      zip.indexOf(Buffer.from([1, 2, 3, 4])),
    ];
    for (const at of changed) {
      const other = Buffer.from(zip);
      other[at] = (other[at] ?? 0) ^ 0x20;
      expect(() => check(other), `byte ${at}`).toThrow('The ZIP is damaged.');
    }
  });

  it('is read to its end whatever pieces are asked for, and only then sound', async () => {
    const content = Buffer.alloc(HELD_IN_MEMORY + 12_345, 'slipway ');
    const list = memoryList(
      [memberOf('small', 3), memberOf('large', content.byteLength), memberOf('none', 0)],
      (name) => (name === 'large' ? content : Buffer.alloc(name === 'small' ? 3 : 0)),
    );
    const bytes = zipBytes(list.members());
    const source = new ZipSource(list, bytes);
    const pieces: Buffer[] = [];
    for (let ask = 1; ; ask = (ask * 7) % 500_009) {
      const buffer = Buffer.alloc(ask);
      const read = await source.read(buffer);
      if (read === 0) break;
      pieces.push(buffer.subarray(0, read));
    }
    await source.verify();
    await source.close();
    const zip = Buffer.concat(pieces);
    expect(zip.equals(await bytesOf(list))).toBe(true);
    const path = join(folder, 'pieces.zip');
    writeFileSync(path, zip);
    expectSound(path);
  });

  it('ends where a member is shorter than listed, and at one that holds other bytes than before', async () => {
    const one = memberOf('c/0', 4);
    const short = new ZipSource(
      memoryList([one], () => Buffer.from([1, 2, 3])),
      zipBytes([one]),
    );
    await expect(short.read(Buffer.alloc(1000))).rejects.toThrow('The ZIP is damaged.');
    const seen: Uint32Array[] = [];
    const first = memoryList([one], () => Buffer.from([1, 2, 3, 4]), {
      onRead: (crcs) => void seen.push(crcs),
    });
    const zip = await bytesOf(first);
    const known = seen[0] ?? null;
    expect(known).toHaveLength(1);
    expect((await bytesOf({ ...first, known })).equals(zip)).toBe(true);
    const changed = memoryList([one], () => Buffer.from([4, 3, 2, 1]), { known });
    await expect(bytesOf(changed)).rejects.toThrow('c/0 differs');
  });
});

describe('a ZIP that needs ZIP64', () => {
  it('holds more than 65,535 members', async () => {
    const members = Array.from({ length: 70_000 }, (_, at) => memberOf(`c/${at >> 8}/${at & 255}`, 1));
    const zip = await bytesOf(memoryList(members, (name) => Buffer.from(name.slice(-1))));
    expect(check(zip)).toEqual({ members: 70_000, bytes: 70_000 });
    const path = join(folder, 'many.zip');
    writeFileSync(path, zip);
    expectSound(path);
  }, 300_000);

  it('holds a member of more than 4 GiB and one that begins behind it', async () => {
    const size = 2 ** 32 + 5;
    const nothing = Buffer.alloc(1024 * 1024);
    const members = [memberOf('large', size), memberOf('behind', 6)];
    const list = memoryList(members, () => Buffer.from('behind'), {
      open: async (member) => {
        let left = member.size;
        return {
          read: async (buffer) => {
            const bytes = Math.min(left, buffer.byteLength);
            if (member.name === 'behind') buffer.set(Buffer.from('behind').subarray(0, bytes));
            else buffer.set(nothing.subarray(0, bytes));
            left -= bytes;
            return bytes;
          },
          verify: async () => {},
          close: async () => {},
        };
      },
    });
    const path = join(folder, 'large.zip');
    const handle = openSync(path, 'w');
    const checker = new ZipChecker(zipBytes(members));
    let at = 0;
    for await (const piece of zipPieces(list)) {
      checker.push(piece);
      // Zeros are left to the file system, which keeps holes.
      if (!nothing.subarray(0, piece.byteLength).equals(piece))
        writeSync(handle, piece, 0, piece.byteLength, at);
      at += piece.byteLength;
    }
    ftruncateSync(handle, at);
    closeSync(handle);
    expect(checker.finish()).toEqual({ members: 2, bytes: size + 6 });
    expect(statSync(path).size).toBe(zipBytes(members));
    expectSound(path);
  }, 600_000);
});

describe('what another program unpacks', () => {
  it.skipIf(!isThere(['unzip', '-v']))(
    'is what was packed, with names and times (needs unzip as witness)',
    async () => {
      const contents = new Map([
        ['zarr.json', Buffer.from('{}')],
        ['c/Größe 雪/0', Buffer.from([0, 255, 1])],
        ['empty', Buffer.alloc(0)],
      ]);
      const list = memoryList(
        [...contents].map(([name, content]) => memberOf(name, content.byteLength)),
        (name) => contents.get(name) ?? Buffer.alloc(0),
      );
      const path = join(folder, 'names.zip');
      writeFileSync(path, await bytesOf(list));
      const out = join(folder, 'out');
      mkdirSync(out);
      expect(
        spawnSync('unzip', ['-q', path, '-d', out], { env: { ...process.env, LC_ALL: 'C.UTF-8' } }).status,
      ).toBe(0);
      for (const [name, content] of contents) {
        expect(readFileSync(join(out, name)).equals(content)).toBe(true);
        expect(statSync(join(out, name)).mtimeMs).toBe(Date.UTC(2024, 1, 29, 12, 34, 56));
      }
    },
  );
});
