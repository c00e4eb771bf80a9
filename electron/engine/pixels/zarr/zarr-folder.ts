import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AbsolutePath, AsyncReadable, RangeQuery } from 'zarrita';
import { grantedPath, openRangeFile } from '../granted-files.ts';
import { damaged, tooLarge } from '../pixel-problems.ts';

/** Metadata of a store is some kilobytes; what is larger is not read. */
export const MAX_JSON = 16 * 1024 * 1024;

/** The folder of a Zarr store, read file by file. Paths inside are relative, with `/`. */
export interface ZarrFolder {
  readonly root: string;
  readonly name: string;
  /** A JSON file, undefined when it is not there. */
  json(path: string): Promise<unknown>;
  exists(path: string): Promise<boolean>;
  /** Names of the folders inside a folder, at most some hundred. */
  folders(path: string): Promise<string[]>;
  store(options: { readonly shardIndexAtStart: boolean }): AsyncReadable;
}

/** Opens the folder; every file in it is checked against the granted folders when it is read. */
export function openZarrFolder(root: string, name: string): ZarrFolder {
  const file = (path: string) => {
    const segments = path.split('/').filter((segment) => segment !== '');
    if (segments.some((segment) => segment === '..' || segment === '.' || segment.includes('\\'))) {
      throw damaged(name, `Its description points to "${path}", which leads out of it.`);
    }
    return join(root, ...segments);
  };
  return {
    root,
    name,
    async json(path) {
      const full = file(path);
      const found = await stat(full).catch(absent);
      if (!found?.isFile()) return undefined;
      if (found.size > MAX_JSON) throw tooLarge(name, `Its description "${path}" has ${found.size} bytes.`);
      const text = await readFile(grantedPath(full), 'utf8');
      try {
        return JSON.parse(text) as unknown;
      } catch {
        throw damaged(name, `Its description "${path}" is not valid JSON.`);
      }
    },
    exists: async (path) => (await lstat(file(path)).catch(absent)) !== undefined,
    async folders(path) {
      const entries = await readdir(file(path), { withFileTypes: true }).catch(absent);
      return (entries ?? [])
        .filter((entry) => entry.isDirectory())
        .slice(0, 500)
        .map((entry) => entry.name)
        .sort();
    },
    store: ({ shardIndexAtStart }) => ({
      async get(key: AbsolutePath) {
        const opened = await openRangeFile(file(key)).catch(absent);
        if (!opened) return undefined;
        try {
          return await opened.read(0, opened.size);
        } finally {
          await opened.close();
        }
      },
      async getRange(key: AbsolutePath, range: RangeQuery) {
        const opened = await openRangeFile(file(key)).catch(absent);
        if (!opened) return undefined;
        try {
          if ('offset' in range) return await opened.read(range.offset, range.length);
          // zarrita asks for the end of a file only to get a shard's index, and knows no index at the start.
          const from = shardIndexAtStart ? 0 : opened.size - range.suffixLength;
          return await opened.read(from, range.suffixLength);
        } finally {
          await opened.close();
        }
      },
    }),
  };
}

/** Turns "is not there" into undefined; anything else goes on as an error. */
function absent(error: unknown): undefined {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
  throw error;
}
