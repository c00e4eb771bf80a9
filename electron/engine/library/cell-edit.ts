import { type EntryEdit, entryKindSchema } from '../../../shared/model/entry.ts';
import { headerOf, type ListColumn } from '../../../shared/model/list-column.ts';
import { acceptedCell } from '../../../shared/rules/accepted-cell.ts';

/** What an entry is changed by when a cell gets a value that was accepted. */
export function cellEdit({ key }: ListColumn, value: string): EntryEdit {
  const header = headerOf(key);
  if (header === 'Annotation Type') return { annotationType: value };
  if (header === 'Source Image') return { sourceImage: value };
  if (header !== null) return { columns: { [header]: value } };
  switch (key) {
    case 'kind':
      return { kind: entryKindSchema.parse(value) };
    case 'send':
      return { send: value === 'yes' };
    case 'remotePath':
      return { remotePath: value };
    case 'annotationBlock':
      return { annotationBlock: value };
    default:
      throw new Error(`The column ${key} cannot be written.`);
  }
}

/** Two edits of one entry as one. */
export function joinedEdit(first: EntryEdit, second: EntryEdit): EntryEdit {
  const columns = { ...first.columns, ...second.columns };
  return { ...first, ...second, ...(Object.keys(columns).length === 0 ? {} : { columns }) };
}

/** What putting a text into a cell comes to. */
export type CellChange =
  | { readonly what: 'same' }
  | { readonly what: 'change'; readonly edit: EntryEdit; readonly value: string; readonly cleaned: boolean }
  | { readonly what: 'refused'; readonly reason: string };

/** Puts a text into a cell that says `now`, as people see it; what it says already changes nothing. */
export function cellChange(column: ListColumn, text: string, now: string): CellChange {
  if (text === now) return { what: 'same' };
  const accepted = acceptedCell(column, text);
  if ('refused' in accepted) return { what: 'refused', reason: accepted.refused };
  const { value, cleaned } = accepted;
  if (shown(column, value) === now) return { what: 'same' };
  return { what: 'change', edit: cellEdit(column, value), value, cleaned };
}

function shown(column: ListColumn, value: string): string {
  if (column.key !== 'annotationBlock') return value;
  return column.vocabulary?.find((term) => term.value === value)?.title ?? '';
}
