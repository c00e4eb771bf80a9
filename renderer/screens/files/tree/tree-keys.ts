import { nextRow } from '../../../hooks/row-keys.ts';
import type { TreeRow } from './tree-rows.ts';

/** What a key does in a tree (WAI-ARIA Authoring Practices, tree view pattern). */
export type TreeStep =
  | { readonly do: 'go'; readonly row: number }
  | { readonly do: 'open' | 'close' | 'choose' };

/**
 * @param row the row of the cursor, undefined when there is none
 * @param page how many rows are in sight
 * @returns null for a key that does nothing in a tree
 */
export function treeStep(
  key: string,
  cursor: number,
  row: TreeRow | undefined,
  count: number,
  page: number,
): TreeStep | null {
  if (key === 'ArrowRight') {
    if (!row?.row?.hasFolders) return null;
    return row.expanded ? { do: 'go', row: Math.min(count - 1, cursor + 1) } : { do: 'open' };
  }
  if (key === 'ArrowLeft') {
    if (row?.expanded) return { do: 'close' };
    return row && row.parentIndex >= 0 ? { do: 'go', row: row.parentIndex } : null;
  }
  if (key === 'Enter' || key === ' ') return row?.row ? { do: 'choose' } : null;
  const next = nextRow(key, cursor, count, page);
  return next === null ? null : { do: 'go', row: next };
}

/**
 * The next row after the cursor whose name begins with what was typed, going round; the row of the cursor itself
 * counts when more than one letter was typed. Looks at rows that were read. -1 for none.
 */
export function rowTyped(
  typed: string,
  cursor: number,
  count: number,
  nameAt: (row: number) => string | undefined,
): number {
  const wanted = typed.toLowerCase();
  const most = Math.min(count, 20_000);
  for (let step = typed.length > 1 ? 0 : 1; step <= most; step++) {
    const row = (Math.max(0, cursor) + step) % Math.max(1, count);
    if (nameAt(row)?.toLowerCase().startsWith(wanted)) return row;
  }
  return -1;
}
