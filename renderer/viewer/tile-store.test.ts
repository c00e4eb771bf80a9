import { describe, expect, it } from 'vitest';
import { TileStore } from './tile-store.ts';

const levels = [
  { width: 512, height: 512, tileWidth: 256, tileHeight: 256 },
  { width: 256, height: 256, tileWidth: 256, tileHeight: 256 },
];
const coarse = { level: 1, reduce: 1, x: 0, y: 0 };
const fine = { level: 0, reduce: 1, x: 0, y: 0 };
const fineBeside = { level: 0, reduce: 1, x: 1, y: 0 };
const now = { z: 1, t: 0 };
const before = { z: 0, t: 0 };

function bench(limit = 1e9) {
  const closed: string[] = [];
  const store = new TileStore<{ width: number; height: number; close(): void }>(limit);
  const add = (tile: typeof fine, plane: typeof now, version: string) =>
    store.add({
      tile,
      plane,
      version,
      bitmap: {
        width: 256,
        height: 256,
        close: () => closed.push(`${tile.level} ${tile.x} ${plane.z} ${version}`),
      },
    });
  const drawn = (...seen: (typeof fine)[]) =>
    store
      .toDraw(levels, seen, now, 'v2')
      .map(({ tile, plane, version }) => `${tile.level} ${tile.x} ${plane.z} ${version}`);
  return { store, closed, add, drawn };
}

describe('TileStore', () => {
  it('tells fresh, dated and missing apart', () => {
    const b = bench();
    b.add(fine, now, 'v1');
    expect(b.store.presence(fine, now, 'v1')).toBe('fresh');
    expect(b.store.presence(fine, now, 'v2')).toBe('dated');
    expect(b.store.presence(fine, before, 'v1')).toBe('none');
    expect(b.store.presence(coarse, now, 'v1')).toBe('none');
  });

  it('draws the plane of before below, then coarse, then fine', () => {
    const b = bench();
    b.add(fine, now, 'v2');
    b.add(fineBeside, before, 'v2');
    b.add(coarse, now, 'v2');
    expect(b.drawn(fine, fineBeside)).toEqual(['0 1 0 v2', '1 0 1 v2', '0 0 1 v2']);
  });

  it('draws only what is wanted once all of it is fresh', () => {
    const b = bench();
    b.add(coarse, now, 'v2');
    b.add(fine, now, 'v2');
    b.add(fineBeside, now, 'v2');
    expect(b.drawn(fine, fineBeside)).toEqual(['0 0 1 v2', '0 1 1 v2']);
  });

  it('keeps showing finer tiles while a coarser one is on its way', () => {
    const b = bench();
    b.add(fine, now, 'v2');
    expect(b.drawn(coarse)).toEqual(['0 0 1 v2']);
  });

  it('frees what is replaced and what no longer fits', () => {
    const b = bench(2 * 256 * 256 * 4);
    b.add(fine, before, 'v1');
    b.add(fine, now, 'v1');
    expect(b.closed).toEqual(['0 0 0 v1']);
    b.add(fineBeside, now, 'v1');
    b.store.touch([fine]);
    b.add(coarse, now, 'v1');
    expect(b.closed).toEqual(['0 0 0 v1', '0 1 1 v1']);
    b.store.clear();
    expect(b.closed).toHaveLength(4);
  });
});
