import { describe, expect, it } from 'vitest';
import { Confirmer } from './confirmer.ts';
import type { RemoteItem } from './method.ts';
import { Trouble } from './trouble.ts';

const item = (name: string, size: number): RemoteItem => ({ name, kind: 'file', size });
const soon = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

describe('asking what arrived', () => {
  it('lists a folder once for files that are done together, and anew for a file that is done later', async () => {
    const listed: string[] = [];
    const held: RemoteItem[] = [item('a', 1), item('b', 2)];
    const confirmer = new Confirmer(async function* (folder) {
      listed.push(folder);
      const now = [...held];
      await soon(5);
      yield* now;
    }, new AbortController().signal);
    const first = confirmer.sizeOf('f/a');
    await soon(1);
    held.push(item('late', 9));
    const rest = [
      confirmer.sizeOf('f/b'),
      confirmer.sizeOf('f/late'),
      confirmer.sizeOf('f/late'),
      confirmer.sizeOf('f/no'),
    ];
    expect(await first).toBe(1);
    expect(await Promise.all(rest)).toEqual([2, 9, 9, null]);
    expect(listed).toEqual(['f', 'f']);
  });

  it('keeps folders apart and takes no folder for a file', async () => {
    const confirmer = new Confirmer(async function* (folder) {
      yield { name: 'x', kind: folder === 'files' ? 'file' : 'folder', size: 4 } as const;
    }, new AbortController().signal);
    expect(await Promise.all([confirmer.sizeOf('files/x'), confirmer.sizeOf('folders/x')])).toEqual([
      4,
      null,
    ]);
  });

  it('tells everyone who asked when the listing fails, and lists again for the next', async () => {
    let fail = true;
    const confirmer = new Confirmer(async function* () {
      if (fail) throw new Trouble('stop', 'sign-in-again', 'no');
      yield item('x', 1);
    }, new AbortController().signal);
    const both = await Promise.allSettled([confirmer.sizeOf('f/x'), confirmer.sizeOf('f/y')]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    fail = false;
    expect(await confirmer.sizeOf('f/x')).toBe(1);
  });
});
