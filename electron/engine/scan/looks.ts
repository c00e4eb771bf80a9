import type { Stats } from 'node:fs';
import { access, constants, lstat, realpath, stat } from 'node:fs';
import { promisify } from 'node:util';

/** How many questions to the file system are under way at once; more only keeps the thread pool waiting. */
const AT_ONCE = 16;

/** Runs one asynchronous step for each item, a few at a time, and keeps the results in the items' order. */
export function eachAtOnce<T, R>(items: readonly T[], step: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  const run = async () => {
    for (let index = next++; index < items.length; index = next++) {
      results[index] = await step(items[index] as T);
    }
  };
  return Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, run)).then(() => results);
}

/** What is at a path itself (links are not followed), or the error. Callbacks: half the cost of fs.promises. */
export function look(path: string | Buffer): Promise<Stats | NodeJS.ErrnoException> {
  return new Promise((resolve) => lstat(path, (error, stats) => resolve(error ?? stats)));
}

/** What a link leads to, or the error. */
export function lookThrough(path: string): Promise<Stats | NodeJS.ErrnoException> {
  return new Promise((resolve) => stat(path, (error, stats) => resolve(error ?? stats)));
}

export const realPath = promisify(realpath);

/** Whether this program may read a file. */
export function canRead(path: string): Promise<boolean> {
  return new Promise((resolve) => access(path, constants.R_OK, (error) => resolve(error === null)));
}

/** Why something could not be read, in words for people. */
export function reasonOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return 'you have no right to read it';
    case 'ENAMETOOLONG':
      return 'its path is too long for this computer';
    case 'ELOOP':
      return 'its links lead in a circle';
    case 'ENOENT':
      return 'it is no longer there';
    case 'ENOTDIR':
      return 'it is not a folder';
    case 'EIO':
    case 'ESTALE':
    case 'ETIMEDOUT':
    case 'EHOSTDOWN':
    case 'ENOTCONN':
      return 'the disk or network folder does not answer';
    default:
      return error instanceof Error ? error.message : 'it cannot be read';
  }
}

export function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}
