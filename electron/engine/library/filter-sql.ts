import type { EntryFilter } from '../../../shared/contract/file-calls.ts';
import type { Profile } from '../../../shared/destinations/profile.ts';
import { columnConditionSql } from './column-sql.ts';
import { type Condition, likePattern, sendSql } from './entry-sql.ts';

const isPairedSql = `(EXISTS (SELECT 1 FROM pair WHERE image_entry_id = e.id AND parted = 0)
  OR EXISTS (SELECT 1 FROM pair WHERE mask_entry_id = e.id AND parted = 0))`;

/** A filter as a condition on rows `e` of entry. */
export function filterSql(profile: Profile, filter: EntryFilter): Condition {
  const parts: string[] = [];
  const parameters: (string | number)[] = [];
  const add = (sql: string, ...values: (string | number)[]) => {
    parts.push(sql);
    parameters.push(...values);
  };
  if (filter.kind !== undefined) add('e.kind = ?', filter.kind);
  if (filter.sourceId !== undefined) add('e.source_id = ?', filter.sourceId);
  if (filter.folder !== undefined && filter.folder !== '') {
    // '0' is the character after '/': all paths that go on below the folder, and no other. Their order is kept for
    // each source; to name the sources is what lets it be used.
    add(
      'e.source_id IN (SELECT id FROM source) AND e.path > ? AND e.path < ?',
      `${filter.folder}/`,
      `${filter.folder}0`,
    );
  }
  if (filter.send !== undefined) add(`${filter.send ? '' : 'NOT '}${sendSql(profile)}`);
  if (filter.paired !== undefined) add(`${filter.paired ? '' : 'NOT '}${isPairedSql}`);
  if (filter.finding !== undefined) {
    add('EXISTS (SELECT 1 FROM finding WHERE entry_id = e.id AND level = ?)', filter.finding);
  }
  if (filter.text !== undefined && filter.text !== '') {
    add("e.path LIKE ? ESCAPE '\\'", likePattern(filter.text));
  }
  for (const condition of filter.columns ?? []) {
    const { where, parameters: values } = columnConditionSql(profile, condition);
    add(where, ...values);
  }
  return { where: parts.length === 0 ? 'TRUE' : parts.join(' AND '), parameters };
}
