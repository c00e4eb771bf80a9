import type { ColumnCondition, ColumnKey, ListColumn } from '../../../../shared/model/list-column.ts';

/** A condition on a column as its fields have it. */
export interface ConditionDraft {
  readonly is: 'contains' | 'equals' | 'empty' | 'filled';
  readonly text: string;
  /** Megabytes, a number, or a day (`2026-11-20`). */
  readonly from: string;
  readonly to: string;
}

export type RangeColumn = Extract<ColumnCondition, { is: 'between' }>['column'];

export function isRange(key: ColumnKey): key is RangeColumn {
  return key === 'size' || key === 'members' || key === 'modified';
}

/** What the numbers of a range count, in words behind its label. */
export function rangeUnit(column: RangeColumn): string {
  return column === 'size' ? '(MB)' : '';
}

const megabyte = 1_000_000;
const day = 24 * 60 * 60 * 1000;

/** A condition that is there, or one to begin with, as its fields show it. */
export function draftOf(column: ListColumn, kept: ColumnCondition | undefined): ConditionDraft {
  const plain: ConditionDraft = { is: column.vocabulary ? 'equals' : 'contains', text: '', from: '', to: '' };
  if (kept === undefined) return plain;
  if (kept.is !== 'between') return { ...plain, is: kept.is, text: 'text' in kept ? kept.text : '' };
  const { column: key, from, to } = kept;
  return {
    ...plain,
    from: shown(key, from),
    to: shown(key, key === 'modified' && to !== undefined ? to - day + 1 : to),
  };
}

function shown(column: RangeColumn, value: number | undefined): string {
  if (value === undefined) return '';
  if (column === 'modified') return localDay(new Date(value));
  return String(column === 'size' ? value / megabyte : value);
}

function localDay(date: Date): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The condition that the fields say; null while they say none. A day is meant with all its hours. */
export function conditionOf(column: ListColumn, draft: ConditionDraft): ColumnCondition | null {
  const { key } = column;
  if (isRange(key)) {
    const from = numberOf(key, draft.from);
    const until = numberOf(key, draft.to);
    const to = until !== null && key === 'modified' ? until + day - 1 : until;
    if (from === null && to === null) return null;
    return { column: key, is: 'between', ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) };
  }
  if (draft.is === 'empty' || draft.is === 'filled') return { column: key, is: draft.is };
  return draft.text === '' ? null : { column: key, is: draft.is, text: draft.text };
}

function numberOf(column: RangeColumn, text: string): number | null {
  const typed = text.trim();
  if (typed === '') return null;
  if (column === 'modified') {
    const at = new Date(`${typed}T00:00:00`).getTime();
    return Number.isNaN(at) ? null : at;
  }
  const value = Number(typed.replace(',', '.'));
  if (!Number.isFinite(value) || value < 0) return null;
  return column === 'size' ? Math.round(value * megabyte) : value;
}
