import { crc32 } from 'node:zlib';
import { Problem } from '../../../shared/model/problem.ts';

const LOCAL = 0x04034b50;
const DESCRIPTOR = 0x08074b50;
const CENTRAL = 0x02014b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const END = 0x06054b50;
const CRC_FOLLOWS = 0x0008;
const IN_EXTRA = 0xffffffff;
/** Bytes of each record before its name and extra fields. */
const fixed: Readonly<Record<number, number>> = {
  [LOCAL]: 30,
  [DESCRIPTOR]: 24,
  [CENTRAL]: 46,
  [END64]: 56,
  [LOCATOR64]: 20,
  [END]: 22,
};

/** What a sound ZIP holds. */
export interface CheckedZip {
  readonly members: number;
  /** Of the members, without what the ZIP adds. */
  readonly bytes: number;
}

/**
 * Reads a ZIP64 with stored members from its first byte to its last, as an unpacker that knows nothing of the packer:
 * every record where it must be, each member's CRC-32 computed anew, the central directory held against what was read,
 * no byte besides. Knows its members by 16 bytes each. Throws Problem `zip-damaged` at the first thing that is not
 * as it must be.
 */
export class ZipChecker {
  readonly #expected: number;
  #position = 0;
  #record: Buffer = Buffer.alloc(0);
  #dataLeft = 0;
  #crc = 0;
  #promisedCrc = 0;
  #descriptorComes = false;
  #size = 0;
  #members = new Members();
  #bytes = 0;
  /** Rows of the central directory seen. */
  #rows = 0;
  #directoryAt = -1;
  #end64At = -1;
  #located = false;
  #ended = false;

  /** @param expected the length in bytes that the ZIP must have */
  constructor(expected: number) {
    this.#expected = expected;
  }

  /** Takes the next bytes; keeps none of them. */
  push(piece: Uint8Array): void {
    for (let at = 0; at < piece.byteLength; ) {
      if (this.#dataLeft > 0) {
        const data = piece.subarray(at, at + this.#dataLeft);
        this.#crc = crc32(data, this.#crc);
        this.#advance(data.byteLength);
        this.#dataLeft -= data.byteLength;
        at += data.byteLength;
        if (this.#dataLeft === 0) this.#dataEnded();
        continue;
      }
      if (this.#ended) throw damaged('There are bytes after its end', this.#position);
      const wanted = this.#recordBytes() - this.#record.byteLength;
      const part = piece.subarray(at, at + wanted);
      this.#record = Buffer.concat([this.#record, part]);
      at += part.byteLength;
      this.#takeRecord();
    }
  }

  /** To be called after the last byte. */
  finish(): CheckedZip {
    if (!this.#ended || this.#record.byteLength > 0) throw damaged('It ends too early', this.#position);
    if (this.#position !== this.#expected) {
      throw damaged(`It has ${this.#position} bytes instead of ${this.#expected}`, this.#position);
    }
    return { members: this.#members.count, bytes: this.#bytes };
  }

  #advance(bytes: number): void {
    this.#position += bytes;
    if (this.#position > this.#expected) throw damaged('It is longer than it must be', this.#position);
  }

  /** Bytes of the record that begins here, as far as they are known by what was read of it. */
  #recordBytes(): number {
    const record = this.#record;
    if (record.byteLength < 4) return 4;
    const signature = record.readUInt32LE(0);
    const bytes = fixed[signature];
    if (bytes === undefined) throw damaged('Something stands where a record must be', this.#position);
    if (record.byteLength < bytes) return bytes;
    if (signature === LOCAL) return bytes + record.readUInt16LE(26) + record.readUInt16LE(28);
    if (signature === CENTRAL) {
      return bytes + record.readUInt16LE(28) + record.readUInt16LE(30) + record.readUInt16LE(32);
    }
    return bytes;
  }

  #takeRecord(): void {
    // Longer records say how long they are only when more of them is there.
    if (this.#record.byteLength < this.#recordBytes()) return;
    const record = this.#record;
    const at = this.#position;
    this.#record = Buffer.alloc(0);
    this.#advance(record.byteLength);
    const signature = record.readUInt32LE(0);
    if (this.#descriptorComes !== (signature === DESCRIPTOR))
      throw damaged('A CRC-32 is not where it must be', at);
    if (signature === LOCAL) this.#takeLocal(record, at);
    else if (signature === DESCRIPTOR) this.#takeDescriptor(record, at);
    else if (signature === CENTRAL) this.#takeRow(record, at);
    else if (signature === END64) this.#takeEnd64(record, at);
    else if (signature === LOCATOR64) {
      if (this.#end64At < 0 || Number(record.readBigUInt64LE(8)) !== this.#end64At) {
        throw damaged('Its end is not where it is said to be', at);
      }
      this.#located = true;
    } else {
      if (!this.#located || record.readUInt16LE(20) !== 0) throw damaged('Its last record is not right', at);
      this.#ended = true;
    }
  }

  #takeLocal(record: Buffer, at: number): void {
    if (this.#directoryAt >= 0) throw damaged('A member stands after the directory', at);
    if (record.readUInt16LE(8) !== 0) throw damaged('A member is compressed', at);
    const name = record.subarray(30, 30 + record.readUInt16LE(26));
    const [size] = sizesOf(record, record.readUInt32LE(22), record.subarray(30 + name.byteLength), at);
    this.#members.add(at, fingerprint(name, size));
    this.#size = size;
    this.#bytes += size;
    this.#crc = 0;
    this.#promisedCrc = record.readUInt32LE(14);
    this.#descriptorComes = (record.readUInt16LE(6) & CRC_FOLLOWS) !== 0;
    this.#dataLeft = size;
    if (size === 0) this.#dataEnded();
  }

  #dataEnded(): void {
    if (!this.#descriptorComes && this.#crc !== this.#promisedCrc) {
      throw damaged('A member is not what its CRC-32 says', this.#position);
    }
    this.#members.setCrc(this.#crc);
  }

  #takeDescriptor(record: Buffer, at: number): void {
    this.#descriptorComes = false;
    if (record.readUInt32LE(4) !== this.#crc || Number(record.readBigUInt64LE(16)) !== this.#size) {
      throw damaged('A member is not what its CRC-32 says', at);
    }
  }

  #takeRow(record: Buffer, at: number): void {
    if (this.#end64At >= 0) throw damaged('A row of the directory stands after its end', at);
    if (this.#directoryAt < 0) this.#directoryAt = at;
    const name = record.subarray(46, 46 + record.readUInt16LE(28));
    const extra = record.subarray(46 + name.byteLength);
    const [size, offset] = sizesOf(record, record.readUInt32LE(24), extra, at, record.readUInt32LE(42));
    const member = this.#members.at(this.#rows++);
    if (
      member.offset !== offset ||
      member.crc !== record.readUInt32LE(16) ||
      member.fingerprint !== fingerprint(name, size)
    ) {
      throw damaged(`The directory and the member ${name.toString('utf8')} do not agree`, at);
    }
  }

  #takeEnd64(record: Buffer, at: number): void {
    if (this.#directoryAt < 0) this.#directoryAt = at;
    this.#end64At = at;
    const members = this.#members.count;
    const agrees =
      this.#rows === members &&
      Number(record.readBigUInt64LE(32)) === members &&
      Number(record.readBigUInt64LE(40)) === at - this.#directoryAt &&
      Number(record.readBigUInt64LE(48)) === this.#directoryAt;
    if (!agrees) throw damaged('Its directory does not name every member once', at);
  }
}

/** Size and offset, from the ZIP64 field where the record says so (APPNOTE 4.5.3). */
function sizesOf(
  record: Buffer,
  size: number,
  extra: Buffer,
  at: number,
  offset = 0,
): [size: number, offset: number] {
  if (record.readUInt32LE(record.readUInt32LE(0) === LOCAL ? 18 : 20) !== size) {
    throw damaged('A member is compressed', at);
  }
  if (size !== IN_EXTRA && offset !== IN_EXTRA) return [size, offset];
  for (let from = 0; from + 4 <= extra.byteLength; from += 4 + extra.readUInt16LE(from + 2)) {
    if (extra.readUInt16LE(from) !== 0x0001) continue;
    const numbers: number[] = [];
    const field = extra.subarray(from + 4, from + 4 + extra.readUInt16LE(from + 2));
    for (let place = 0; place + 8 <= field.byteLength; place += 8) {
      numbers.push(Number(field.readBigUInt64LE(place)));
    }
    const [long, stored] = size === IN_EXTRA ? numbers.splice(0, 2) : [size, size];
    if (long !== stored) throw damaged('A member is compressed', at);
    const far = offset === IN_EXTRA ? numbers[0] : offset;
    if (long !== undefined && far !== undefined) return [long, far];
  }
  throw damaged('A large member has no size', at);
}

/** Tells members apart by name and size. */
function fingerprint(name: Uint8Array, size: number): number {
  return crc32(String(size), crc32(name));
}

/** What was read of each member: 16 bytes. */
class Members {
  #offsets = new Float64Array(1024);
  #crcs = new Uint32Array(1024);
  #fingerprints = new Uint32Array(1024);
  count = 0;

  add(offset: number, mark: number): void {
    if (this.count === this.#offsets.length) this.#grow();
    this.#offsets[this.count] = offset;
    this.#fingerprints[this.count] = mark;
    this.count++;
  }

  /** Of the member added last. */
  setCrc(crc: number): void {
    this.#crcs[this.count - 1] = crc;
  }

  at(place: number): { offset: number; crc: number; fingerprint: number } {
    if (place >= this.count) return { offset: -1, crc: -1, fingerprint: -1 };
    return {
      offset: this.#offsets[place] ?? -1,
      crc: this.#crcs[place] ?? -1,
      fingerprint: this.#fingerprints[place] ?? -1,
    };
  }

  #grow(): void {
    const room = this.count * 2;
    const larger = <T extends Float64Array | Uint32Array>(old: T, fresh: T): T => {
      fresh.set(old);
      return fresh;
    };
    this.#offsets = larger(this.#offsets, new Float64Array(room));
    this.#crcs = larger(this.#crcs, new Uint32Array(room));
    this.#fingerprints = larger(this.#fingerprints, new Uint32Array(room));
  }
}

function damaged(what: string, at: number): Problem {
  return new Problem('zip-damaged', 'The ZIP is damaged.', {
    cause: `${what} (at byte ${at}).`,
    advice: 'Pack it once more; if it happens again, look whether the disk is in order.',
  });
}
