import type { PackList, PackMember } from './zip-stream.ts';

/** A list of members that are only in memory. `content` gives their bytes by name. */
export function memoryList(
  members: readonly PackMember[],
  content: (name: string) => Uint8Array,
  more: Partial<PackList> = {},
): PackList {
  return {
    members: () => members,
    known: null,
    differs: ({ name }) => new Error(`${name} differs`),
    open: async ({ name }) => {
      let rest = content(name);
      return {
        read: async (buffer) => {
          const part = rest.subarray(0, buffer.byteLength);
          buffer.set(part);
          rest = rest.subarray(part.byteLength);
          return part.byteLength;
        },
        verify: async () => {},
        close: async () => {},
      };
    },
    ...more,
  };
}

/** A member of so many bytes. */
export function memberOf(
  name: string,
  size: number,
  modifiedMs = Date.UTC(2024, 1, 29, 12, 34, 56),
): PackMember {
  return { name, size, modifiedMs, localPath: name, inode: '' };
}
