import { lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import type { Archive } from '../archive.ts';
import { listFolder } from '../user-files.ts';
import { findInside, prepareInside, segmentsOf } from '../user-paths.ts';
import { FtpRefusal } from './ftp-refusal.ts';

const closed = () => new FtpRefusal(550, 'Permission denied.');
const missing = (path: string) => new FtpRefusal(550, `${path}: No such file or directory`);

/** One line of an MLSD listing: facts, a blank, the name (RFC 3659, 7). */
export type FactLine = string;

/** The part of the disk that a visitor sees: its own folder, below a root that is closed. */
export class FtpFiles {
  readonly #archive: Archive;
  readonly #secret: readonly string[];

  constructor(archive: Archive, secret: string) {
    this.#archive = archive;
    this.#secret = segmentsOf(secret);
  }

  /** The absolute path that an argument means in a folder; it never leads out of the root. */
  resolve(folder: string, argument: string): string {
    const path = argument.startsWith('/') ? argument : `${folder}/${argument}`;
    const segments: string[] = [];
    for (const segment of path.split('/')) {
      if (segment === '..') segments.pop();
      else if (segment !== '' && segment !== '.') segments.push(segment);
    }
    return `/${segments.join('/')}`;
  }

  /** Whether there is such a folder, those above the visitor's own included. */
  async isFolder(path: string): Promise<boolean> {
    const inside = this.#inside(path);
    if (inside === null) return this.#secret.join('/').startsWith(segmentsOf(path).join('/'));
    const found = await findInside(this.#archive.places.user, inside);
    return found !== null && (await lstat(found)).isDirectory();
  }

  /** Bytes of a file and the time it was written. @throws FtpRefusal 550 */
  async facts(path: string): Promise<{ size: number; modified: Date }> {
    const found = await findInside(this.#archive.places.user, this.#own(path));
    const facts = found === null ? null : await lstat(found);
    if (!facts?.isFile()) throw missing(path);
    return { size: facts.size, modified: facts.mtime };
  }

  /** Facts of everything in a folder; a fault on order makes the newest file look larger. */
  async list(path: string): Promise<FactLine[]> {
    const { rows, newest } = await listFolder(this.#archive.places.user, this.#own(path));
    const lies = newest >= 0 && this.#archive.faults.takeForListing();
    return rows.map(({ name, size, type }, at) => {
      const told = lies && at === newest ? size + 1 : size;
      return `type=${type === 'DIR' ? 'dir' : 'file'};size=${told}; ${name}`;
    });
  }

  async makeFolder(path: string): Promise<void> {
    const inside = this.#own(path);
    if ((await findInside(this.#archive.places.user, inside)) !== null) {
      throw new FtpRefusal(550, `${path}: File exists`);
    }
    const parent = segmentsOf(inside).slice(0, -1).join('/');
    if ((await findInside(this.#archive.places.user, parent)) === null) throw missing(path);
    await mkdir(await prepareInside(this.#archive.places.user, inside));
  }

  /**
   * Opens a file to be written: from its start, which empties it, or at an offset of what is there.
   * @throws FtpRefusal 550 when its folder is not there
   */
  async openForWriting(path: string, offset: number | 'end') {
    const inside = this.#own(path);
    const parent = segmentsOf(inside).slice(0, -1).join('/');
    if ((await findInside(this.#archive.places.user, parent)) === null) throw missing(path);
    const target = await prepareInside(this.#archive.places.user, inside);
    try {
      if (offset === 0) return { handle: await open(target, 'w'), at: 0 };
      const handle = await open(target, 'r+');
      return { handle, at: offset === 'end' ? (await handle.stat()).size : offset };
    } catch {
      throw new FtpRefusal(550, `${path}: Not a file that can be written`);
    }
  }

  /** Opens a file for reading. @throws FtpRefusal 550 */
  async openForReading(path: string) {
    const found = await findInside(this.#archive.places.user, this.#own(path));
    if (found === null) throw missing(path);
    return open(found, 'r');
  }

  async remove(path: string): Promise<void> {
    const found = await findInside(this.#archive.places.user, this.#own(path));
    if (found === null) throw missing(path);
    await rm(found);
  }

  async rename(from: string, to: string): Promise<void> {
    const found = await findInside(this.#archive.places.user, this.#own(from));
    if (found === null) throw missing(from);
    await rename(found, await prepareInside(this.#archive.places.user, this.#own(to)));
  }

  /** The path below the visitor's folder, for the log. */
  logged(path: string): string {
    return this.#inside(path) ?? path;
  }

  #own(path: string): string {
    const inside = this.#inside(path);
    if (inside === null) throw closed();
    return inside;
  }

  #inside(path: string): string | null {
    const segments = segmentsOf(path);
    return this.#secret.every((segment, at) => segments[at] === segment)
      ? segments.slice(this.#secret.length).join('/')
      : null;
  }
}
