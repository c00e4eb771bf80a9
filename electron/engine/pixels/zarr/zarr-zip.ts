import type { AbsolutePath, RangeQuery } from 'zarrita';
import type { RangeFile } from '../granted-files.ts';
import { damaged, tooLarge } from '../pixel-problems.ts';
import { MAX_JSON, type ZarrFolder } from './zarr-folder.ts';
import { readZipMembers } from './zip-members.ts';

const MOST_FOLDERS = 500;

/** Opens a zipped Zarr store (OME-Zarr RFC-9, also deflated ones): the same as a folder, read by ranges of the one file. */
export async function openZarrZip(file: RangeFile): Promise<ZarrFolder> {
  const { name } = file;
  const members = await readZipMembers(file);
  const clean = (path: string) =>
    path
      .split('/')
      .filter((segment) => segment !== '')
      .join('/');
  return {
    root: file.path,
    name,
    async json(path) {
      const member = clean(path);
      const size = members.size(member);
      if (size === undefined) return undefined;
      if (size > MAX_JSON) throw tooLarge(name, `Its description "${path}" has ${size} bytes.`);
      const text = new TextDecoder().decode(await members.read(member));
      try {
        return JSON.parse(text) as unknown;
      } catch {
        throw damaged(name, `Its description "${path}" is not valid JSON.`);
      }
    },
    exists: async (path) => members.size(clean(path)) !== undefined,
    async folders(path) {
      const above = clean(path);
      const start = above === '' ? '' : `${above}/`;
      const found = new Set<string>();
      for (const member of members.names) {
        if (!member.startsWith(start)) continue;
        const cut = member.indexOf('/', start.length);
        if (cut > 0) found.add(member.slice(start.length, cut));
        if (found.size >= MOST_FOLDERS) break;
      }
      return [...found].sort();
    },
    store: ({ shardIndexAtStart }) => ({
      get: (key: AbsolutePath) => members.read(clean(key)),
      async getRange(key: AbsolutePath, range: RangeQuery) {
        const member = clean(key);
        if ('offset' in range) return members.readRange(member, range.offset, range.length);
        const from = shardIndexAtStart ? 0 : (members.size(member) ?? 0) - range.suffixLength;
        return members.readRange(member, from, range.suffixLength);
      },
    }),
  };
}
