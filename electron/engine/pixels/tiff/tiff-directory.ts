import { bufferedReader, type RangeFile } from '../granted-files.ts';
import { damaged } from '../pixel-problems.ts';
import { fieldTypeBytes } from './tiff-tags.ts';

/** More entries than any writer makes; a larger number is damage. */
const MAX_ENTRIES = 4096;
/** Strips or tiles of one page; a 1,000,000² image in tiles of 512² has fewer. */
const MAX_VALUES = 4_000_000;
const MAX_TEXT = 32 * 1024 * 1024;

interface Entry {
  readonly type: number;
  readonly count: number;
  /** Where the values lie in the file. */
  readonly at: number;
}

/** An opened TIFF: byte order, offset size and the first directory. */
export interface TiffFile {
  readonly file: RangeFile;
  readonly littleEndian: boolean;
  readonly bigTiff: boolean;
  readonly firstDirectory: number;
  /** For small, scattered reads. */
  readonly readSmall: (offset: number, length: number) => Promise<Uint8Array>;
}

/**
 * The fields of one page. geotiff's own reader is not used for them: it reads long lists of a big-endian file in the
 * wrong byte order, trusts every count, and never comes back from a page list that loops.
 */
export interface TiffDirectory {
  readonly offset: number;
  /** Offset of the next directory, 0 after the last. */
  readonly next: number;
  has(tag: number): boolean;
  /** All values of a numeric field, empty when it is absent. Rationals come as quotients. */
  numbers(tag: number): Promise<readonly number[]>;
  /** The first value of a numeric field. */
  number(tag: number): Promise<number | undefined>;
  /** Number of values of a field, 0 when it is absent. */
  count(tag: number): number;
  /** Text up to the first zero byte, UTF-8 or else Latin-1; empty when it is absent. */
  text(tag: number): Promise<string>;
  bytes(tag: number): Promise<Uint8Array>;
}

/** Reads the header (TIFF 6.0 section 2, BigTIFF design of 2004); null when the file is no TIFF. */
export async function openTiff(file: RangeFile): Promise<TiffFile | null> {
  if (file.size < 8) return null;
  const head = await file.read(0, Math.min(16, file.size));
  const littleEndian = head[0] === 0x49 && head[1] === 0x49;
  if (!littleEndian && !(head[0] === 0x4d && head[1] === 0x4d)) return null;
  const view = viewOf(head);
  const version = view.getUint16(2, littleEndian);
  if (version !== 42 && version !== 43) return null;
  const bigTiff = version === 43;
  if (bigTiff && (head.length < 16 || view.getUint16(4, littleEndian) !== 8)) {
    throw damaged(file.name, 'It begins as a BigTIFF but its header is not one.');
  }
  const firstDirectory = bigTiff ? readUint64(view, 8, littleEndian) : view.getUint32(4, littleEndian);
  return { file, littleEndian, bigTiff, firstDirectory, readSmall: bufferedReader(file) };
}

/** Reads the directory at an offset. Values are read from the file when they are asked for. */
export async function readDirectory(tiff: TiffFile, offset: number): Promise<TiffDirectory> {
  const { file, littleEndian, bigTiff } = tiff;
  const countBytes = bigTiff ? 8 : 2;
  const entryBytes = bigTiff ? 20 : 12;
  const pointerBytes = bigTiff ? 8 : 4;
  const head = viewOf(await tiff.readSmall(offset, countBytes));
  const count = bigTiff ? readUint64(head, 0, littleEndian) : head.getUint16(0, littleEndian);
  if (count === 0 || count > MAX_ENTRIES) {
    throw damaged(file.name, `A page should have some tens of fields, but one says it has ${count}.`);
  }
  const view = viewOf(await tiff.readSmall(offset + countBytes, count * entryBytes));
  const entries = new Map<number, Entry>();
  for (let index = 0; index < count; index++) {
    const at = index * entryBytes;
    const tag = view.getUint16(at, littleEndian);
    const type = view.getUint16(at + 2, littleEndian);
    const values = bigTiff ? readUint64(view, at + 4, littleEndian) : view.getUint32(at + 4, littleEndian);
    const inside = at + (bigTiff ? 12 : 8);
    const pointsOut = values * (fieldTypeBytes[type] ?? 1) > pointerBytes;
    const pointer = bigTiff ? readUint64(view, inside, littleEndian) : view.getUint32(inside, littleEndian);
    // Of a field given twice the first counts, as for libtiff.
    if (!entries.has(tag)) {
      entries.set(tag, { type, count: values, at: pointsOut ? pointer : offset + countBytes + inside });
    }
  }
  const next = await readNext(tiff, offset + countBytes + count * entryBytes, pointerBytes);
  return makeDirectory(tiff, offset, next, entries);
}

/** A file that ends right after its last directory is taken as having no further page. */
async function readNext(tiff: TiffFile, at: number, bytes: number): Promise<number> {
  if (at + bytes > tiff.file.size) return 0;
  const view = viewOf(await tiff.readSmall(at, bytes));
  return bytes === 8 ? readUint64(view, 0, tiff.littleEndian) : view.getUint32(0, tiff.littleEndian);
}

function makeDirectory(
  tiff: TiffFile,
  offset: number,
  next: number,
  entries: ReadonlyMap<number, Entry>,
): TiffDirectory {
  const { name } = tiff.file;
  const raw = async (entry: Entry, limit: number, tag: number) => {
    const length = entry.count * (fieldTypeBytes[entry.type] ?? 0);
    if (length > limit) throw damaged(name, `Its field ${tag} claims ${length} bytes.`);
    return tiff.readSmall(entry.at, length);
  };
  const numbers = async (tag: number): Promise<readonly number[]> => {
    const entry = entries.get(tag);
    if (!entry) return [];
    if (fieldTypeBytes[entry.type] === undefined || entry.type === 2) {
      throw damaged(name, `Its field ${tag} should hold numbers and does not (field type ${entry.type}).`);
    }
    if (entry.count > MAX_VALUES)
      throw damaged(name, `Its field ${tag} claims to list ${entry.count} values.`);
    return decodeNumbers(entry, await raw(entry, MAX_VALUES * 8, tag), tiff.littleEndian);
  };
  return {
    offset,
    next,
    has: (tag) => entries.has(tag),
    count: (tag) => entries.get(tag)?.count ?? 0,
    numbers,
    number: async (tag) => (await numbers(tag))[0],
    async text(tag) {
      const entry = entries.get(tag);
      if (!entry || fieldTypeBytes[entry.type] !== 1) return '';
      return decodeText(await raw(entry, MAX_TEXT, tag));
    },
    async bytes(tag) {
      const entry = entries.get(tag);
      return entry ? raw(entry, MAX_TEXT, tag) : new Uint8Array(0);
    },
  };
}

function decodeNumbers(entry: Entry, bytes: Uint8Array, little: boolean): number[] {
  const view = viewOf(bytes);
  const size = fieldTypeBytes[entry.type] ?? 1;
  const read = numberReader(entry.type, view, little);
  const out = new Array<number>(entry.count);
  for (let index = 0; index < entry.count; index++) out[index] = read(index * size);
  return out;
}

function numberReader(type: number, view: DataView, little: boolean): (at: number) => number {
  switch (type) {
    case 3:
      return (at) => view.getUint16(at, little);
    case 4:
    case 13:
      return (at) => view.getUint32(at, little);
    case 5:
      return (at) => view.getUint32(at, little) / view.getUint32(at + 4, little);
    case 6:
      return (at) => view.getInt8(at);
    case 8:
      return (at) => view.getInt16(at, little);
    case 9:
      return (at) => view.getInt32(at, little);
    case 10:
      return (at) => view.getInt32(at, little) / view.getInt32(at + 4, little);
    case 11:
      return (at) => view.getFloat32(at, little);
    case 12:
      return (at) => view.getFloat64(at, little);
    case 16:
    case 18:
      return (at) => readUint64(view, at, little);
    case 17:
      return (at) => Number(view.getBigInt64(at, little));
    default:
      return (at) => view.getUint8(at);
  }
}

function decodeText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  const text = end < 0 ? bytes : bytes.subarray(0, end);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(text);
  } catch {
    return new TextDecoder('latin1').decode(text);
  }
}

/** May be larger than a number can hold exactly; reads with such an offset are refused by the file. */
function readUint64(view: DataView, at: number, little: boolean): number {
  return Number(view.getBigUint64(at, little));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
