import { crc32, inflateRawSync } from 'node:zlib';
import { type Entry, fromRandomAccessReader, RandomAccessReader, type ZipFile } from 'yauzl';
import { bufferedReader, type RangeFile } from '../granted-files.ts';
import { cannotRead, damaged, tooLarge } from '../pixel-problems.ts';

/** More members than this are not looked up: each takes some hundred bytes. */
const MOST_MEMBERS = 500_000;
/** A member is a chunk, a shard or a description; what claims to be larger is not unpacked as a whole. */
const MOST_UNPACKED = 256 * 1024 * 1024;
const STORED = 0;
const DEFLATED = 8;
const LOCAL_HEADER = 30;

/** A member of a ZIP as its central directory has it. */
interface Member {
  readonly size: number;
  readonly packedSize: number;
  readonly isStored: boolean;
  readonly crc: number;
  /** Where its local header begins. */
  readonly offset: number;
}

/** The members of a ZIP, read by ranges: nothing is unpacked to a disk, and none is unpacked to more than it says. */
export interface ZipMembers {
  readonly names: IterableIterator<string>;
  /** Bytes of a member once unpacked; undefined when there is no such member. */
  size(name: string): number | undefined;
  /** A whole member, its CRC-32 tested; undefined when there is no such member. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** Some bytes of a member; of a stored one only those are read. */
  readRange(name: string, offset: number, length: number): Promise<Uint8Array | undefined>;
}

/**
 * Reads the central directory of a ZIP (PKWARE APPNOTE; the reading is yauzl's). A directory that does not hold
 * together, that leads out of the ZIP, or that is larger than anything real ends in a Problem.
 */
export async function readZipMembers(file: RangeFile): Promise<ZipMembers> {
  const zip = await openZip(file);
  const members = await directory(file, zip);
  const unpacked = async (name: string, member: Member): Promise<Uint8Array> => {
    if (member.size > MOST_UNPACKED) throw tooLarge(file.name, `"${name}" in it has ${member.size} bytes.`);
    const bytes = await file.read(await startOf(file, name, member), member.packedSize);
    const content = member.isStored ? bytes : inflate(file, name, bytes, member.size);
    if (content.byteLength !== member.size || crc32(content) !== member.crc) {
      throw damaged(file.name, `"${name}" in it is not what its CRC-32 says.`);
    }
    return content;
  };
  return {
    get names() {
      return members.keys();
    },
    size: (name) => members.get(name)?.size,
    async read(name) {
      const member = members.get(name);
      return member && (await unpacked(name, member));
    },
    async readRange(name, offset, length) {
      const member = members.get(name);
      if (member === undefined) return undefined;
      if (offset < 0 || length < 0 || offset + length > member.size) {
        throw damaged(file.name, `"${name}" in it is shorter than its description says.`);
      }
      if (!member.isStored) {
        return (await unpacked(name, member)).subarray(offset, offset + length);
      }
      return file.read((await startOf(file, name, member)) + offset, length);
    },
  };
}

/** Where a member's bytes begin: behind its local header, whose name and fields may be longer than the directory's. */
async function startOf(file: RangeFile, name: string, { offset }: Member): Promise<number> {
  const header = Buffer.from(await file.read(offset, LOCAL_HEADER));
  if (header.readUInt32LE(0) !== 0x04034b50) {
    throw damaged(file.name, `"${name}" is not where its directory says.`);
  }
  return offset + LOCAL_HEADER + header.readUInt16LE(26) + header.readUInt16LE(28);
}

function inflate(file: RangeFile, name: string, bytes: Uint8Array, size: number): Uint8Array {
  try {
    return inflateRawSync(bytes, { maxOutputLength: Math.max(1, size) });
  } catch {
    throw damaged(file.name, `"${name}" in it cannot be unpacked to the ${size} bytes that it says.`);
  }
}

function openZip(file: RangeFile): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    fromRandomAccessReader(
      new RangeReader(file),
      file.size,
      { lazyEntries: true, autoClose: false },
      (error, zip) => (error ? reject(broken(file, error)) : resolve(zip)),
    );
  });
}

function directory(file: RangeFile, zip: ZipFile): Promise<Map<string, Member>> {
  if (zip.entryCount > MOST_MEMBERS) {
    throw tooLarge(file.name, `It has ${zip.entryCount.toLocaleString('en')} members.`);
  }
  const members = new Map<string, Member>();
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      const problem = refusal(file, entry);
      if (problem) return reject(problem);
      if (!entry.fileName.endsWith('/')) {
        members.set(entry.fileName, {
          size: entry.uncompressedSize,
          packedSize: entry.compressedSize,
          isStored: entry.compressionMethod === STORED,
          crc: entry.crc32,
          offset: entry.relativeOffsetOfLocalHeader,
        });
      }
      zip.readEntry();
    });
    zip.on('end', () => resolve(members));
    zip.on('error', (error: Error) => reject(broken(file, error)));
    zip.readEntry();
  });
}

function refusal(file: RangeFile, entry: Entry): Error | null {
  if (entry.isEncrypted()) return cannotRead(file.name, `"${entry.fileName}" in it is encrypted.`);
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) {
    return cannotRead(
      file.name,
      `"${entry.fileName}" in it is packed in a way that is not read here (method ${entry.compressionMethod}).`,
    );
  }
  if (entry.compressionMethod === STORED && entry.compressedSize !== entry.uncompressedSize) {
    return damaged(file.name, `"${entry.fileName}" in it has two different sizes.`);
  }
  if (entry.relativeOffsetOfLocalHeader + entry.compressedSize <= file.size) return null;
  return damaged(file.name, `"${entry.fileName}" lies beyond the end of it.`);
}

function broken(file: RangeFile, error: Error): Error {
  return damaged(file.name, `It is no ZIP that can be read: ${error.message.replace(/\.$/, '')}.`);
}

/** What yauzl reads the directory through. */
class RangeReader extends RandomAccessReader {
  readonly #read: RangeFile['read'];

  constructor(file: RangeFile) {
    super();
    this.#read = bufferedReader(file);
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.#read(position, length).then(
      (bytes) => {
        buffer.set(bytes, offset);
        callback(null);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
    );
  }

  override close(callback: (error: Error | null) => void): void {
    callback(null);
  }
}
