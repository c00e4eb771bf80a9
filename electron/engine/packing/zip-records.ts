/** A member of a ZIP as its records need it. */
export interface RecordedMember {
  /** Path inside, `/` between segments. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modifiedMs: number;
}

/**
 * Members of at most this many bytes are held in memory, so that their CRC-32 stands in front of them; after larger
 * ones it follows in a data descriptor. It is told by the size alone, so that the length of a ZIP is known before
 * any byte is read. Part of the layout: another number gives other bytes.
 */
export const HELD_IN_MEMORY = 4 * 1024 * 1024;

/** Number of the layout that these records make; whoever compares two ZIPs byte for byte compares it first. */
export const LAYOUT = 1;

/** Names longer than this cannot be written (APPNOTE 4.4.10). */
export const LONGEST_NAME = 0xffff;

const LOCAL = 30;
const CENTRAL = 46;
const LOCAL_ZIP64 = 20;
const CENTRAL_ZIP64 = 28;
const UNIX_TIME = 9;
const DESCRIPTOR = 24;
const END64 = 56;
const LOCATOR64 = 20;
const END = 22;
/** ZIP64 (APPNOTE 4.4.3). */
const VERSION = 45;
/** Made on Unix, so that the permissions of the members are read. */
const MADE_BY = (3 << 8) | VERSION;
const UTF8_NAMES = 0x0800;
const CRC_FOLLOWS = 0x0008;
const IN_EXTRA = 0xffffffff;
/** A plain file that its owner may write and all may read. */
const PERMISSIONS = 0o100644 * 0x10000;

/** Bytes that a member takes in a ZIP with everything that belongs to it. */
export function memberBytes(member: RecordedMember): number {
  const name = Buffer.byteLength(member.name);
  return entryBytes(member, name) + CENTRAL + CENTRAL_ZIP64 + name + unixTime(member).byteLength;
}

/** Bytes of the records that end a ZIP. */
export const endBytes = END64 + LOCATOR64 + END;

/** Bytes from one member's local header to the next one's. */
export function localBytes(member: RecordedMember): number {
  return entryBytes(member, Buffer.byteLength(member.name));
}

function entryBytes(member: RecordedMember, name: number): number {
  const after = isHeld(member) ? 0 : DESCRIPTOR;
  return LOCAL + LOCAL_ZIP64 + unixTime(member).byteLength + name + member.size + after;
}

/** Whether a member's CRC-32 stands in front of it. */
export function isHeld({ size }: RecordedMember): boolean {
  return size <= HELD_IN_MEMORY;
}

/**
 * What stands before a member (PKWARE APPNOTE 6.3.10, 4.3.7): stored, name in UTF-8, sizes in the ZIP64 field whatever
 * they are, as OME-Zarr's RFC-9 recommends. The true sizes are given also where the CRC-32 only follows, so that a ZIP
 * can be read from its beginning.
 */
export function localHeader(member: RecordedMember, crc: number): Buffer {
  const name = Buffer.from(member.name);
  const times = unixTime(member);
  const header = Buffer.alloc(LOCAL + LOCAL_ZIP64);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(VERSION, 4);
  header.writeUInt16LE(flagsOf(member), 6);
  writeDosTime(header, 10, member.modifiedMs);
  header.writeUInt32LE(isHeld(member) ? crc : 0, 14);
  header.writeUInt32LE(IN_EXTRA, 18);
  header.writeUInt32LE(IN_EXTRA, 22);
  header.writeUInt16LE(name.byteLength, 26);
  header.writeUInt16LE(LOCAL_ZIP64 + times.byteLength, 28);
  const extra = header.subarray(LOCAL);
  extra.writeUInt16LE(0x0001, 0);
  extra.writeUInt16LE(16, 2);
  extra.writeBigUInt64LE(BigInt(member.size), 4);
  extra.writeBigUInt64LE(BigInt(member.size), 12);
  return Buffer.concat([header.subarray(0, LOCAL), name, extra, times]);
}

/** What stands behind a member that was too large to be held (APPNOTE 4.3.9, with the sizes of ZIP64). */
export function dataDescriptor(member: RecordedMember, crc: number): Buffer {
  const record = Buffer.alloc(DESCRIPTOR);
  record.writeUInt32LE(0x08074b50, 0);
  record.writeUInt32LE(crc, 4);
  record.writeBigUInt64LE(BigInt(member.size), 8);
  record.writeBigUInt64LE(BigInt(member.size), 16);
  return record;
}

/** A member's row of the central directory (APPNOTE 4.3.12). `offset` is where its local header begins. */
export function centralHeader(member: RecordedMember, crc: number, offset: number): Buffer {
  const name = Buffer.from(member.name);
  const times = unixTime(member);
  const header = Buffer.alloc(CENTRAL + CENTRAL_ZIP64);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(MADE_BY, 4);
  header.writeUInt16LE(VERSION, 6);
  header.writeUInt16LE(flagsOf(member), 8);
  writeDosTime(header, 12, member.modifiedMs);
  header.writeUInt32LE(crc, 16);
  header.writeUInt32LE(IN_EXTRA, 20);
  header.writeUInt32LE(IN_EXTRA, 24);
  header.writeUInt16LE(name.byteLength, 28);
  header.writeUInt16LE(CENTRAL_ZIP64 + times.byteLength, 30);
  header.writeUInt32LE(PERMISSIONS, 38);
  header.writeUInt32LE(IN_EXTRA, 42);
  const extra = header.subarray(CENTRAL);
  extra.writeUInt16LE(0x0001, 0);
  extra.writeUInt16LE(24, 2);
  extra.writeBigUInt64LE(BigInt(member.size), 4);
  extra.writeBigUInt64LE(BigInt(member.size), 12);
  extra.writeBigUInt64LE(BigInt(offset), 20);
  return Buffer.concat([header.subarray(0, CENTRAL), name, extra, times]);
}

/** The records that end a ZIP: ZIP64 end, its locator, and the old end that points to them (APPNOTE 4.3.14 to 4.3.16). */
export function endRecords(members: number, directoryOffset: number, directoryBytes: number): Buffer {
  const records = Buffer.alloc(endBytes);
  records.writeUInt32LE(0x06064b50, 0);
  records.writeBigUInt64LE(BigInt(END64 - 12), 4);
  records.writeUInt16LE(MADE_BY, 12);
  records.writeUInt16LE(VERSION, 14);
  records.writeBigUInt64LE(BigInt(members), 24);
  records.writeBigUInt64LE(BigInt(members), 32);
  records.writeBigUInt64LE(BigInt(directoryBytes), 40);
  records.writeBigUInt64LE(BigInt(directoryOffset), 48);
  const locator = records.subarray(END64);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(directoryOffset + directoryBytes), 8);
  locator.writeUInt32LE(1, 16);
  const end = locator.subarray(LOCATOR64);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(0xffff, 8);
  end.writeUInt16LE(0xffff, 10);
  end.writeUInt32LE(IN_EXTRA, 12);
  end.writeUInt32LE(IN_EXTRA, 16);
  return records;
}

function flagsOf(member: RecordedMember): number {
  return UTF8_NAMES | (isHeld(member) ? 0 : CRC_FOLLOWS);
}

/** The second it was changed, where four bytes can say it (Info-ZIP's extra field 0x5455); else nothing. */
function unixTime({ modifiedMs }: RecordedMember): Buffer {
  const seconds = Math.floor(modifiedMs / 1000);
  if (!(Math.abs(seconds) < 0x7fffffff)) return Buffer.alloc(0);
  const field = Buffer.alloc(UNIX_TIME);
  field.writeUInt16LE(0x5455, 0);
  field.writeUInt16LE(5, 2);
  field.writeUInt8(1, 4);
  field.writeInt32LE(seconds, 5);
  return field;
}

const EARLIEST = Date.UTC(1980, 0, 1);
const LATEST = Date.UTC(2107, 11, 31, 23, 59, 58);

/** Two seconds exact and without a time zone (APPNOTE 4.4.6): UTC, so that all computers write the same bytes. */
function writeDosTime(header: Buffer, at: number, ms: number): void {
  const time = new Date(Math.min(LATEST, Math.max(EARLIEST, Number.isNaN(ms) ? EARLIEST : ms)));
  const clock = (time.getUTCHours() << 11) | (time.getUTCMinutes() << 5) | (time.getUTCSeconds() >> 1);
  const day = ((time.getUTCFullYear() - 1980) << 9) | ((time.getUTCMonth() + 1) << 5) | time.getUTCDate();
  header.writeUInt16LE(clock, at);
  header.writeUInt16LE(day, at + 2);
}
