import { createHash } from 'node:crypto';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { errorCode, Trouble } from './trouble.ts';

/** Bytes read or sent at once: below 1 MiB the cost for each piece shows, above it nothing is gained. */
export const PIECE = 1024 * 1024;

/** A file of this computer as it was when it was looked at. Size in bytes, time in milliseconds since 1970. */
export interface LocalFile {
  readonly localPath: string;
  readonly size: number;
  readonly modifiedMs: number;
  /** Empty when the file system has none. */
  readonly inode: string;
  /** What people know it by; left out: its name. */
  readonly shownAs?: string;
}

/** Bytes that are sent, from a disk or made on the way. Failures are thrown as {@link Trouble} of kind `file`. */
export interface ByteSource {
  /** Fills the buffer as far as there are bytes; returns their number, 0 at the end. */
  read(buffer: Uint8Array): Promise<number>;
  /** Throws when what was read is not what was looked at. */
  verify(): Promise<void>;
  close(): Promise<void>;
}

/** A file whose bytes may not lie on the disk as they are sent. */
export interface SourceFile extends LocalFile {
  /** Makes the bytes of a file that is packed on the way. Left out: they are read from `localPath`. */
  readonly open?: () => Promise<ByteSource>;
}

/** Opens what is to be sent. */
export function openSource(file: SourceFile): Promise<ByteSource> {
  return file.open ? file.open() : SteadyFile.open(file);
}

/** What tells one state of a file from another. */
interface Identity {
  readonly size: number;
  readonly modifiedMs: number;
  readonly inode: string;
}

/**
 * Reads a file that must stay as it was: opening, reading short and {@link verify} throw a {@link Trouble} of kind
 * `file` when it vanished, cannot be read, or is no longer the file that was looked at.
 */
export class SteadyFile implements ByteSource {
  readonly #file: LocalFile;
  readonly #handle: FileHandle;
  #position = 0;

  private constructor(file: LocalFile, handle: FileHandle) {
    this.#file = file;
    this.#handle = handle;
  }

  static async open(file: LocalFile): Promise<SteadyFile> {
    const handle = await open(file.localPath, 'r').catch((error: unknown) => {
      throw unreadable(file, error);
    });
    const steady = new SteadyFile(file, handle);
    try {
      if (!isSame(file, identityOf(await handle.stat({ bigint: true })))) throw changed(file, false);
      return steady;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Fills the buffer as far as the file goes; returns the number of bytes, 0 at the end. */
  async read(buffer: Uint8Array): Promise<number> {
    let filled = 0;
    const wanted = Math.min(buffer.byteLength, this.#file.size - this.#position);
    while (filled < wanted) {
      const { bytesRead } = await this.#handle
        .read(buffer, filled, wanted - filled, this.#position + filled)
        .catch((error: unknown) => {
          throw unreadable(this.#file, error);
        });
      if (bytesRead === 0) throw changed(this.#file, true);
      filled += bytesRead;
    }
    this.#position += filled;
    return filled;
  }

  /** Throws when the file was written to, or another one put in its place, since it was looked at. */
  async verify(): Promise<void> {
    const [opened, atPath] = await Promise.all([
      this.#handle.stat({ bigint: true }),
      stat(this.#file.localPath, { bigint: true }),
    ]).catch((error: unknown) => {
      throw unreadable(this.#file, error);
    });
    if (!isSame(this.#file, identityOf(opened)) || !isSame(this.#file, identityOf(atPath))) {
      throw changed(this.#file, true);
    }
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

/**
 * The SHA-256 of a file that must stay as it was while it is read.
 * @returns 64 hexadecimal digits
 */
export async function hashLocalFile(
  file: SourceFile,
  signal: AbortSignal,
  onBytes: (bytes: number) => void = () => {},
): Promise<string> {
  const steady = await openSource(file);
  try {
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafe(Math.max(1, Math.min(PIECE, file.size)));
    for (;;) {
      signal.throwIfAborted();
      const bytes = await steady.read(buffer);
      if (bytes === 0) break;
      hash.update(buffer.subarray(0, bytes));
      onBytes(bytes);
    }
    await steady.verify();
    return hash.digest('hex');
  } finally {
    await steady.close();
  }
}

interface BigStat {
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ino: bigint;
}

/** What a file is now, in the form in which the index keeps it. */
export function identityOf(stats: BigStat): Identity {
  return { size: Number(stats.size), modifiedMs: Number(stats.mtimeNs) / 1e6, inode: stats.ino.toString() };
}

/**
 * Whether two looks saw the same state of a file. Times may differ by the rounding of a number of milliseconds,
 * large inodes by that of a double, depending on how they were read.
 */
export function isSame(a: Identity, b: Identity): boolean {
  if (a.size !== b.size || Math.abs(a.modifiedMs - b.modifiedMs) >= 0.01) return false;
  return a.inode === '' || b.inode === '' || a.inode === b.inode || Number(a.inode) === Number(b.inode);
}

function changed(file: LocalFile, whileSending: boolean): Trouble {
  const name = file.shownAs ?? basename(file.localPath);
  return new Trouble(
    'file',
    'changed',
    whileSending ? `${name} changed while it was read.` : `${name} changed since Slipway looked at it.`,
    {
      cause: 'Half an old and half a new file must not reach the archive, so it was not sent.',
      advice: 'Wait until nothing writes to it any more, look at the folder again, then send again.',
    },
  );
}

function unreadable(file: LocalFile, error: unknown): Trouble {
  const name = file.shownAs ?? basename(file.localPath);
  const code = errorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new Trouble('file', 'vanished', `${name} is no longer there.`, {
      cause: `There is no file ${file.localPath}.`,
      advice: 'Put it back or connect its disk, or look at the folder again so that it is left out.',
    });
  }
  return new Trouble('file', 'unreadable', `${name} cannot be read.`, {
    cause:
      code === 'EACCES' || code === 'EPERM'
        ? `You have no right to read ${file.localPath}.`
        : `The disk gave an error (${code || String(error)}).`,
    advice: 'Give yourself the right to read it, or look whether the disk is in order, then send again.',
  });
}
