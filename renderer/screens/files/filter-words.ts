import type { EntryFilter } from '../../../shared/contract/file-calls.ts';
import type { FindingLevel } from '../../../shared/model/finding.ts';
import type { ColumnCondition, ColumnKey, ListColumn } from '../../../shared/model/list-column.ts';
import { formatBytes, formatCount } from '../../../shared/rules/format-quantities.ts';
import { kindTitle } from './entry-words.ts';
import { withCondition, withFilter } from './files-view-store.ts';

export const levelTitle: Record<FindingLevel, string> = {
  must: 'Must be fixed',
  should: 'Should be fixed',
  may: 'Worth a look',
};

/** One part of a filter: what it says, by itself, and the filter without it. */
export interface FilterPart {
  readonly id: string;
  readonly words: string;
  readonly alone: EntryFilter;
  readonly without: EntryFilter;
}

/** The parts of a filter as people read them, rules of findings by their titles. The text searched for stands in its own field and is left out. */
export function filterParts(
  filter: EntryFilter,
  columns: readonly ListColumn[],
  ruleTitles: ReadonlyMap<string, string> = new Map(),
): readonly FilterPart[] {
  const parts: FilterPart[] = [];
  const add = (part: Exclude<keyof EntryFilter, 'columns'>, words: string) =>
    parts.push({
      id: part,
      words,
      alone: withFilter({}, part, filter[part]),
      without: withFilter(filter, part, undefined),
    });
  if (filter.sourceId !== undefined && filter.folder === undefined) add('sourceId', 'In one folder');
  if (filter.folder !== undefined) {
    const { sourceId, folder, ...without } = filter;
    const alone = sourceId === undefined ? { folder } : { sourceId, folder };
    parts.push({ id: 'folder', words: folder === '' ? 'In one folder' : `In ${folder}`, alone, without });
  }
  if (filter.kind !== undefined) add('kind', `Kind is ${kindTitle[filter.kind].toLowerCase()}`);
  if (filter.send !== undefined) add('send', filter.send ? 'Will be sent' : 'Stays here');
  if (filter.paired !== undefined) add('paired', filter.paired ? 'Paired' : 'Without a pair');
  if (filter.finding !== undefined) add('finding', levelTitle[filter.finding]);
  for (const condition of filter.columns ?? []) {
    parts.push({
      id: `column ${condition.column}`,
      words: conditionWords(condition, columns, ruleTitles),
      alone: { columns: [condition] },
      without: withCondition(filter, condition.column, null),
    });
  }
  return parts;
}

/** A condition on a column in a few words; that of a finding in those of its rule. */
export function conditionWords(
  condition: ColumnCondition,
  columns: readonly ListColumn[],
  ruleTitles: ReadonlyMap<string, string> = new Map(),
): string {
  const column = columns.find(({ key }) => key === condition.column);
  const title = column?.title ?? condition.column;
  switch (condition.is) {
    case 'equals': {
      if (condition.column === 'findings') return ruleTitles.get(condition.text) ?? 'One finding';
      const term = column?.vocabulary?.find(({ value }) => value === condition.text);
      return `${title} is ${term?.title ?? condition.text}`;
    }
    case 'contains':
      return `${title} contains ${condition.text}`;
    case 'empty':
      return `${title} is empty`;
    case 'filled':
      return `${title} is not empty`;
    case 'between':
      return `${title} ${rangeWords(condition)}`;
  }
}

function rangeWords({ column, from, to }: Extract<ColumnCondition, { is: 'between' }>): string {
  const say = (value: number) => {
    if (column === 'size') return formatBytes(value);
    return column === 'modified' ? new Date(value).toLocaleDateString('sv-SE') : formatCount(value);
  };
  if (from !== undefined && to !== undefined) return `${say(from)} to ${say(to)}`;
  if (from !== undefined) return `from ${say(from)}`;
  return to === undefined ? 'is any' : `to ${say(to)}`;
}

/** Columns that a filter says something about. */
export function filteredColumns(filter: EntryFilter): ReadonlySet<ColumnKey> {
  const keys = new Set<ColumnKey>((filter.columns ?? []).map(({ column }) => column));
  if (filter.kind !== undefined) keys.add('kind');
  if (filter.send !== undefined) keys.add('send');
  if (filter.paired !== undefined) keys.add('pairedWith');
  if (filter.finding !== undefined) keys.add('findings');
  return keys;
}
