import type { ColumnKey, ListColumn } from '../../../../shared/model/list-column.ts';

/** The column that stays at the left edge and is always shown. */
export const frozen: ColumnKey = 'path';
export const narrowest = 48;
export const widest = 1200;

export function clampWidth(width: number): number {
  return Math.round(Math.min(widest, Math.max(narrowest, width)));
}

/** All columns as the grid has them: the frozen one first. */
export function withFrozenFirst(columns: readonly ListColumn[]): readonly ListColumn[] {
  const first = columns.find(({ key }) => key === frozen);
  return first ? [first, ...columns.filter((column) => column !== first)] : columns;
}

/** The columns in sight, in order. The frozen one is always among them. */
export function shownColumns(columns: readonly ListColumn[]): readonly ListColumn[] {
  return withFrozenFirst(columns).filter(({ key, hidden }) => key === frozen || !hidden);
}

/** The columns with one put where another is. Nothing comes before the frozen one, and it stays. */
export function moved(columns: readonly ListColumn[], key: ColumnKey, to: ColumnKey): readonly ListColumn[] {
  const all = [...withFrozenFirst(columns)];
  const from = all.findIndex((column) => column.key === key);
  const place = all.findIndex((column) => column.key === to);
  if (from < 0 || place < 0 || key === frozen || to === frozen) return columns;
  all.splice(place, 0, ...all.splice(from, 1));
  return all;
}

/** The columns with one moved past the next one in sight, to the left (-1) or right (1). */
export function stepped(columns: readonly ListColumn[], key: ColumnKey, step: -1 | 1): readonly ListColumn[] {
  const shown = shownColumns(columns);
  const next = shown[shown.findIndex((column) => column.key === key) + step];
  return next === undefined ? columns : moved(columns, key, next.key);
}

/** The columns with something about one of them changed. */
export function changed(
  columns: readonly ListColumn[],
  key: ColumnKey,
  part: Partial<Pick<ListColumn, 'hidden' | 'width'>>,
): readonly ListColumn[] {
  return columns.map((column) => (column.key === key ? { ...column, ...part } : column));
}
