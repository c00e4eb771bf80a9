import { describe, expect, it } from 'vitest';
import type { Client } from '../../../shared/contract/channel.ts';
import { findEntry } from './find-entry.ts';

/** An engine with 1,200 pairs (image 2n, mask 2n+1), one more mask for image 0, and two images without masks. */
function fakeEngine(): Pick<Client, 'call'> {
  const pair = (n: number) => ({
    id: n,
    imageEntryId: 2 * n,
    imagePath: `images/${n}.tif`,
    maskEntryId: 2 * n + 1,
    maskPath: `masks/${n}.tif`,
    maskPart: '',
    by: 'rule',
    imageModifiedMs: 1,
    maskModifiedMs: 1,
  });
  const pairs = [
    ...Array.from({ length: 1200 }, (_, n) => pair(n)),
    { ...pair(0), id: 5000, maskEntryId: 9001 },
  ];
  const alone = [7000, 7001].map((id) => ({ id, path: `alone/${id}.tif`, kind: 'image' }));
  const cut = <T>(rows: T[], { offset, limit }: { offset: number; limit: number }) => ({
    total: rows.length,
    rows: rows.slice(offset, offset + limit),
  });
  const call = async (name: string, input: Record<string, unknown>) => {
    if (name === 'entries.get') {
      const own = alone.find(({ id }) => id === input.entryId);
      const id = Number(input.entryId);
      const found = pairs.find((one) => one.imageEntryId === id || one.maskEntryId === id);
      if (!own && !found) throw new Error('no such entry');
      return (
        own ?? {
          id,
          kind: id % 2 ? 'mask' : 'image',
          path: id === found?.imageEntryId ? found.imagePath : found?.maskPath,
        }
      );
    }
    if (name === 'entries.place') {
      const offset = alone.findIndex(({ id }) => id === input.entryId);
      return { offset: offset < 0 ? null : offset };
    }
    const window = input as { offset: number; limit: number; text?: string };
    if (name === 'pairs.page') {
      const text = window.text ?? '';
      return cut(
        pairs.filter((one) => one.imagePath.includes(text) || one.maskPath.includes(text)),
        window,
      );
    }
    throw new Error(name);
  };
  return { call } as unknown as Pick<Client, 'call'>;
}

describe('findEntry', () => {
  it('finds the pair of an image or of a mask, however far down within reason', async () => {
    expect(await findEntry(fakeEngine(), 's', 2 * 1100, null)).toMatchObject({
      item: { key: 'pair 1100', kind: 'pair' },
      place: { section: 'pairs', index: 1100 },
    });
    expect(await findEntry(fakeEngine(), 's', 3, null)).toMatchObject({ item: { key: 'pair 1' } });
  });
  it('prefers the pair that was named', async () => {
    expect(await findEntry(fakeEngine(), 's', 0, 5000)).toMatchObject({ item: { key: 'pair 5000' } });
    expect(await findEntry(fakeEngine(), 's', 0, 77)).toMatchObject({ item: { key: 'pair 0' } });
  });
  it('finds what has no pair', async () => {
    expect(await findEntry(fakeEngine(), 's', 7001, null)).toMatchObject({
      item: { key: 'entry 7001', kind: 'image', mask: null },
      place: { section: 'images', index: 1 },
    });
  });
  it('passes on that there is no such entry', async () => {
    await expect(findEntry(fakeEngine(), 's', 123456, null)).rejects.toThrow('no such entry');
  });
});
