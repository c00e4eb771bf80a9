import { realpathSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, sep } from 'node:path';
import { damaged, notGranted, tooLarge } from './pixel-problems.ts';

/** One read is never larger: what wants more is split, or is a lie about a size. */
const MAX_READ = 512 * 1024 * 1024;

let grantedFolders: readonly string[] | null = null;

/**
 * Sets the folders this process may read. Node's permission model holds them too, but libvips is native code that it
 * does not reach, and links are followed by it wherever they lead. Null (tests, tools) means no limit of our own.
 */
export function setGrantedFolders(folders: readonly string[] | null): void {
  grantedFolders = folders;
}

/** The real path behind a path, links followed; a Problem when that is outside the granted folders. */
export function grantedPath(path: string): string {
  if (grantedFolders === null) return path;
  // The plain realpath looks at every parent folder, which the permission model does not allow.
  const real = realpathSync.native(path);
  const inside = grantedFolders.some(
    (folder) => real === folder || real.startsWith(folder.endsWith(sep) ? folder : folder + sep),
  );
  if (!inside) throw notGranted(basename(path));
  return real;
}

/** A file read by ranges, never whole. */
export interface RangeFile {
  readonly path: string;
  readonly name: string;
  readonly size: number;
  /** Exactly `length` bytes from `offset`; a Problem when the file has fewer. */
  read(offset: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Opens a granted file. Throws what the file system throws, and a Problem for what is not a plain file. */
export async function openRangeFile(path: string): Promise<RangeFile> {
  const name = basename(path);
  const handle = await open(grantedPath(path), 'r');
  const stat = await handle.stat();
  if (!stat.isFile()) {
    await handle.close();
    throw damaged(name, 'It is not a plain file.');
  }
  return {
    path,
    name,
    size: stat.size,
    async read(offset, length) {
      if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(length) || offset < 0 || length < 0) {
        throw damaged(name, `It points to byte ${offset}, which cannot exist.`);
      }
      if (length > MAX_READ) throw tooLarge(name, `One part of it takes ${length} bytes.`);
      if (offset + length > stat.size) {
        throw damaged(
          name,
          `It points to bytes up to ${offset + length}, but the file ends at ${stat.size}. It may have been cut short while copying.`,
        );
      }
      const bytes = new Uint8Array(length);
      let done = 0;
      while (done < length) {
        const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
        if (bytesRead === 0) throw damaged(name, 'It became shorter while it was read.');
        done += bytesRead;
      }
      return bytes;
    },
    close: () => handle.close(),
  };
}

/**
 * Small reads of one file through a few blocks of 64 KiB, for lists that are scattered in small pieces. The same
 * rules as {@link RangeFile.read}.
 */
export function bufferedReader(file: RangeFile): (offset: number, length: number) => Promise<Uint8Array> {
  const size = 64 * 1024;
  const kept = new Map<number, Promise<Uint8Array>>();
  const block = (index: number) => {
    const known = kept.get(index);
    if (known !== undefined) return known;
    const start = index * size;
    const read = file.read(start, Math.min(size, file.size - start));
    kept.set(index, read);
    if (kept.size > 16) kept.delete(kept.keys().next().value ?? index);
    return read;
  };
  return async (offset, length) => {
    const first = Math.floor(offset / size);
    const inOne = Number.isSafeInteger(offset) && offset >= 0 && offset + length <= (first + 1) * size;
    if (!inOne || offset + length > file.size) return file.read(offset, length);
    const bytes = await block(first);
    return bytes.subarray(offset - first * size, offset - first * size + length);
  };
}
