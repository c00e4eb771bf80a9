import { describe, expect, test } from 'vitest';
import { above } from './place.ts';
import { rowTyped, treeStep } from './tree-keys.ts';
import type { TreeRow } from './tree-rows.ts';

const none = { entries: 0, bytes: 0 };
const row = (parts: { hasFolders?: boolean; expanded?: boolean; parentIndex?: number }): TreeRow => ({
  row: {
    ...{ sourceId: 1, name: 'a', hasFolders: parts.hasFolders ?? false, entries: 1, files: 1, bytes: 1 },
    kinds: { image: none, mask: none, table: none, other: none },
    findings: { must: 0, should: 0, may: 0 },
  },
  place: { sourceId: 1, folder: 'a' },
  ...{
    parent: above,
    parentIndex: parts.parentIndex ?? -1,
    level: 1,
    position: 0,
    siblings: 1,
    parentBytes: 1,
  },
  expanded: parts.expanded ?? false,
});

describe('keys of a tree', () => {
  test('right opens, then goes in; left closes, then goes out', () => {
    expect(treeStep('ArrowRight', 3, row({ hasFolders: true }), 9, 5)).toEqual({ do: 'open' });
    expect(treeStep('ArrowRight', 3, row({ hasFolders: true, expanded: true }), 9, 5)).toEqual({
      do: 'go',
      row: 4,
    });
    expect(treeStep('ArrowRight', 3, row({}), 9, 5)).toBeNull();
    expect(treeStep('ArrowLeft', 3, row({ expanded: true, parentIndex: 1 }), 9, 5)).toEqual({ do: 'close' });
    expect(treeStep('ArrowLeft', 3, row({ parentIndex: 1 }), 9, 5)).toEqual({ do: 'go', row: 1 });
    expect(treeStep('ArrowLeft', 0, row({}), 9, 5)).toBeNull();
  });

  test('the others walk and choose; letters do nothing here', () => {
    expect(treeStep('ArrowDown', 8, row({}), 9, 5)).toEqual({ do: 'go', row: 8 });
    expect(treeStep('PageUp', 8, row({}), 9, 5)).toEqual({ do: 'go', row: 3 });
    expect(treeStep('End', 0, row({}), 9, 5)).toEqual({ do: 'go', row: 8 });
    expect(treeStep('Enter', 0, row({}), 9, 5)).toEqual({ do: 'choose' });
    expect(treeStep('Enter', 0, undefined, 9, 5)).toBeNull();
    expect(treeStep('x', 0, row({}), 9, 5)).toBeNull();
  });

  test('letters go to the next name that begins with them, round the end', () => {
    const names = ['plate 1', 'Plate 2', undefined, 'images', 'plate 10'];
    const nameAt = (index: number) => names[index];
    expect(rowTyped('p', 0, 5, nameAt)).toBe(1);
    expect(rowTyped('p', 1, 5, nameAt)).toBe(4);
    expect(rowTyped('p', 4, 5, nameAt)).toBe(0);
    expect(rowTyped('plate 1', 4, 5, nameAt)).toBe(4);
    expect(rowTyped('pi', 0, 5, nameAt)).toBe(-1);
    expect(rowTyped('p', -1, 0, nameAt)).toBe(-1);
  });
});
