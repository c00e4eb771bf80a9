import { crc32 } from 'node:zlib';
import { Problem } from '../../../shared/model/problem.ts';
import {
  centralHeader,
  dataDescriptor,
  endBytes,
  endRecords,
  isHeld,
  LONGEST_NAME,
  localBytes,
  localHeader,
  memberBytes,
  type RecordedMember,
} from './zip-records.ts';

/** A file that goes into a ZIP, as it was when it was listed. */
export interface PackMember extends RecordedMember {
  /** Where it lies on this computer. */
  readonly localPath: string;
  /** Empty when the file system has none. */
  readonly inode: string;
}

/** The bytes of a file that must stay as it was; whoever opens it decides what is thrown when it did not. */
export interface MemberSource {
  /** Fills the buffer as far as the file goes; 0 at its end. */
  read(buffer: Uint8Array): Promise<number>;
  /** Throws when the file changed since it was listed. */
  verify(): Promise<void>;
  close(): Promise<void>;
}

/** What is packed: the same members in the same order however often it is asked. */
export interface PackList {
  readonly members: () => Iterable<PackMember>;
  readonly open: (member: PackMember) => Promise<MemberSource>;
  /** CRC-32 by place in the list, of an earlier packing of the same list; null when there was none. */
  readonly known: Uint32Array | null;
  /** Told all CRC-32s once every member was read. */
  readonly onRead?: (crcs: Uint32Array) => void;
  /** Makes what is thrown when a member holds other bytes than at the earlier packing. */
  readonly differs: (member: PackMember) => Error;
}

/** Small members are read while the ones before them are sent: that many, and so many bytes of them. */
const AHEAD_MEMBERS = 16;
const AHEAD_BYTES = 8 * 1024 * 1024;
const PIECE = 1024 * 1024;
const DIRECTORY_PIECE = 256 * 1024;

/** The length in bytes of the ZIP of these members. */
export function zipBytes(members: Iterable<RecordedMember>): number {
  let bytes = endBytes;
  for (const member of members) bytes += memberBytes(member);
  return bytes;
}

/**
 * The bytes of a ZIP64 with every member stored as it is, in pieces that are good until the next one is asked for. The
 * same list gives the same bytes on every computer. Memory does not grow with the bytes, and by four bytes a member.
 * Ends with a Problem or what `open` and `differs` throw when a member is no longer as listed.
 */
export async function* zipPieces(list: PackList): AsyncGenerator<Uint8Array> {
  const crcs = new Crcs();
  const buffers = new Buffers();
  const large = Buffer.allocUnsafe(PIECE);
  for await (const { member, content } of readAhead(list, buffers)) {
    requireName(member);
    let crc = 0;
    if (content !== null) {
      crc = crc32(content);
      yield localHeader(member, crc);
      if (content.byteLength > 0) yield content;
      buffers.giveBack(content);
    } else {
      yield localHeader(member, 0);
      const source = await list.open(member);
      try {
        for (;;) {
          const bytes = await source.read(large);
          if (bytes === 0) break;
          const piece = large.subarray(0, bytes);
          crc = crc32(piece, crc);
          yield piece;
        }
        await source.verify();
      } finally {
        await source.close();
      }
      yield dataDescriptor(member, crc);
    }
    if (list.known !== null && list.known[crcs.count] !== crc) throw list.differs(member);
    crcs.add(crc);
  }
  list.onRead?.(crcs.all());
  yield* directory(list, crcs);
}

function* directory(list: PackList, crcs: Crcs): Generator<Uint8Array> {
  let offset = 0;
  let bytes = 0;
  let count = 0;
  let rows: Buffer[] = [];
  let waiting = 0;
  for (const member of list.members()) {
    const row = centralHeader(member, crcs.at(count), offset);
    offset += localBytes(member);
    bytes += row.byteLength;
    count++;
    rows.push(row);
    waiting += row.byteLength;
    if (waiting < DIRECTORY_PIECE) continue;
    yield Buffer.concat(rows);
    rows = [];
    waiting = 0;
  }
  yield Buffer.concat([...rows, endRecords(count, offset, bytes)]);
}

interface ReadMember {
  readonly member: PackMember;
  /** Null for a member that is too large to be held. */
  readonly content: Buffer | null;
}

async function* readAhead(list: PackList, buffers: Buffers): AsyncGenerator<ReadMember> {
  const waiting: { read: Promise<ReadMember>; bytes: number }[] = [];
  const members = list.members()[Symbol.iterator]();
  let bytes = 0;
  let ended = false;
  try {
    for (;;) {
      while (!ended && waiting.length < AHEAD_MEMBERS && (waiting.length === 0 || bytes < AHEAD_BYTES)) {
        const next = members.next();
        if (next.done === true) {
          ended = true;
          break;
        }
        const held = isHeld(next.value) ? next.value.size : 0;
        const read = readHeld(list, next.value, buffers);
        // Awaited in its turn; until then a failure is nobody's.
        read.catch(() => {});
        waiting.push({ read, bytes: held });
        bytes += held;
      }
      const first = waiting.shift();
      if (first === undefined) return;
      bytes -= first.bytes;
      yield await first.read;
    }
  } finally {
    members.return?.();
    await Promise.allSettled(waiting.map(({ read }) => read));
  }
}

async function readHeld(list: PackList, member: PackMember, buffers: Buffers): Promise<ReadMember> {
  if (!isHeld(member)) return { member, content: null };
  const source = await list.open(member);
  try {
    const content = buffers.take(member.size);
    let filled = 0;
    while (filled < member.size) {
      const bytes = await source.read(content.subarray(filled));
      if (bytes === 0) break;
      filled += bytes;
    }
    await source.verify();
    return { member, content: content.subarray(0, filled) };
  } finally {
    await source.close();
  }
}

function requireName({ name }: PackMember): void {
  if (Buffer.byteLength(name) <= LONGEST_NAME) return;
  throw new Problem('zip-name-too-long', `${name.slice(0, 80)}… has a path too long for a ZIP.`, {
    cause: `A ZIP takes paths of ${LONGEST_NAME} bytes at most.`,
    advice: 'Send this item as files, or shorten the path.',
  });
}

/** Buffers used again: garbage of a million small members would be gigabytes before anybody collects it. */
class Buffers {
  readonly #free = new Map<number, ArrayBuffer[]>();

  take(bytes: number): Buffer {
    const room = roomFor(bytes);
    return Buffer.from(this.#free.get(room)?.pop() ?? new ArrayBuffer(room), 0, bytes);
  }

  giveBack(buffer: Buffer): void {
    const { buffer: memory } = buffer;
    if (!(memory instanceof ArrayBuffer)) return;
    const free = this.#free.get(memory.byteLength) ?? [];
    this.#free.set(memory.byteLength, free);
    if ((free.length + 1) * memory.byteLength <= AHEAD_BYTES && free.length < AHEAD_MEMBERS)
      free.push(memory);
  }
}

/** The next power of two from 4 KiB on. */
function roomFor(bytes: number): number {
  return 2 ** Math.max(12, Math.ceil(Math.log2(Math.max(1, bytes))));
}

/** CRC-32s in the order of the list, four bytes each. */
class Crcs {
  #values = new Uint32Array(1024);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(crc: number): void {
    if (this.#count === this.#values.length) {
      const larger = new Uint32Array(this.#count * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#count++] = crc;
  }

  at(place: number): number {
    return this.#values[place] ?? 0;
  }

  all(): Uint32Array {
    return this.#values.slice(0, this.#count);
  }
}
