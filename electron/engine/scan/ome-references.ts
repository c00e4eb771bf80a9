import { open } from 'node:fs/promises';

/** Descriptions are some kilobytes to some megabytes; what is larger is not read. */
const MOST_DESCRIPTION = 32 * 1024 * 1024;
const MOST_TAGS = 512;
const IMAGE_DESCRIPTION = 270;
const MOST_NAMES = 1_000_000;

/**
 * The files that an OME-TIFF or a companion file names as its parts (OME-XML: `TiffData/UUID FileName`, `BinaryOnly
 * MetadataFile`); none when it names none or cannot be read. Reads only the header, the first directory and the
 * description.
 */
export async function omeReferences(path: string): Promise<string[]> {
  const handle = await open(path, 'r').catch(() => null);
  if (handle === null) return [];
  try {
    const { size } = await handle.stat();
    const read = async (from: number, length: number): Promise<Buffer> => {
      if (from < 0 || length < 0 || from + length > size || length > MOST_DESCRIPTION) throw new RangeError();
      const buffer = Buffer.alloc(length);
      const { bytesRead } = await handle.read(buffer, 0, length, from);
      if (bytesRead < length) throw new RangeError();
      return buffer;
    };
    const isXml = !/\.(tiff?|tf[28]|btf)$/i.test(path);
    const xml = isXml ? await read(0, Math.min(size, MOST_DESCRIPTION)) : await description(read);
    return namesIn(xml.toString('utf8'));
  } catch {
    // A file that is not what its name says is told of by the checks.
    return [];
  } finally {
    await handle.close();
  }
}

type Read = (from: number, length: number) => Promise<Buffer>;

/** The ImageDescription of the first directory (TIFF 6.0, section 2; BigTIFF). */
async function description(read: Read): Promise<Buffer> {
  const header = await read(0, 16);
  const little = header[0] === 0x49;
  const u16 = (buffer: Buffer, at: number) => (little ? buffer.readUInt16LE(at) : buffer.readUInt16BE(at));
  const u32 = (buffer: Buffer, at: number) => (little ? buffer.readUInt32LE(at) : buffer.readUInt32BE(at));
  const u64 = (buffer: Buffer, at: number) =>
    Number(little ? buffer.readBigUInt64LE(at) : buffer.readBigUInt64BE(at));
  const isBig = u16(header, 2) === 43;
  const first = isBig ? u64(header, 8) : u32(header, 4);
  const counted = await read(first, isBig ? 8 : 2);
  const count = isBig ? u64(counted, 0) : u16(counted, 0);
  const row = isBig ? 20 : 12;
  if (count > MOST_TAGS) throw new RangeError();
  const tags = await read(first + counted.byteLength, count * row);
  for (let at = 0; at < tags.byteLength; at += row) {
    if (u16(tags, at) !== IMAGE_DESCRIPTION) continue;
    const length = isBig ? u64(tags, at + 4) : u32(tags, at + 4);
    const inline = isBig ? 8 : 4;
    if (length <= inline) return tags.subarray(at + row - inline, at + row - inline + length);
    return await read(isBig ? u64(tags, at + 12) : u32(tags, at + 8), length);
  }
  return Buffer.alloc(0);
}

const reference =
  /<(?:\w+:)?UUID\s[^>]*?FileName\s*=\s*"([^"]{1,1000})"|<(?:\w+:)?BinaryOnly\s[^>]*?MetadataFile\s*=\s*"([^"]{1,1000})"/g;

/** Names only: a reference that leads to another folder is not followed. */
function namesIn(xml: string): string[] {
  const names = new Set<string>();
  for (const match of xml.matchAll(reference)) {
    const name = unescaped(match[1] ?? match[2] ?? '');
    if (name !== '' && !/[/\\]/.test(name)) names.add(name);
    if (names.size >= MOST_NAMES) break;
  }
  return [...names];
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => entities[name] ?? '');
}
