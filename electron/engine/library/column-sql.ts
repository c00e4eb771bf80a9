import type { Profile } from '../../../shared/destinations/profile.ts';
import { type ColumnCondition, type ColumnKey, headerOf } from '../../../shared/model/list-column.ts';
import {
  type Condition,
  itemFactSql,
  likePattern,
  remotePathSql,
  sendSql,
  sourceImageSql,
} from './entry-sql.ts';

/** What stands in a column, as text or number, of rows `e` of entry; texts are '' where there is nothing. */
export function columnSql(profile: Profile, column: ColumnKey): { sql: string; parameters: string[] } {
  const header = headerOf(column);
  if (header === 'Annotation Type') return { sql: annotationTypeSql(profile), parameters: [] };
  if (header === 'Source Image') return { sql: sourceImageSql, parameters: [] };
  if (header !== null) {
    // By json_each: a header may hold what a JSON path would take for more than a name.
    return {
      sql: "iif(e.columns = '{}', '', coalesce((SELECT value FROM json_each(e.columns) WHERE key = ?), ''))",
      parameters: [header],
    };
  }
  return { sql: builtIn(profile, column), parameters: [] };
}

function builtIn(profile: Profile, column: ColumnKey): string {
  switch (column) {
    case 'modified':
      return itemFactSql('modified_ms');
    case 'size':
      return itemFactSql('bytes');
    case 'members':
      return itemFactSql('members');
    case 'send':
      return `iif(${sendSql(profile)}, 'yes', 'no')`;
    case 'remotePath':
      return `(SELECT ${remotePathSql()} FROM source s WHERE s.id = e.source_id)`;
    case 'annotationBlock':
      return 'e.annotation_block';
    case 'pairedWith':
      return `coalesce((SELECT group_concat(other.name, ', ') FROM pair
        JOIN entry other ON other.id = iif(image_entry_id = e.id, mask_entry_id, image_entry_id)
        WHERE parted = 0 AND (image_entry_id = e.id OR mask_entry_id = e.id)), '')`;
    case 'findings':
      return '(SELECT count(*) FROM finding WHERE entry_id = e.id)';
    default:
      return `e.${column}`;
  }
}

/** The `Annotation Type` cell: the entry's own, else that of its annotation block; the first block's for none. */
export function annotationTypeSql(profile: Profile): string {
  const { columns, perBlockOf } = profile.fileList;
  const field = columns.find(({ header }) => header === 'Annotation Type')?.blockField ?? '';
  return `CASE WHEN e.annotation_type <> '' THEN e.annotation_type ELSE coalesce(
    iif(e.annotation_block = '', NULL, (SELECT block.value ->> '$.values.${field}'
      FROM metadata, json_each(metadata.document, '$.${perBlockOf}') block
      WHERE block.value ->> '$.id' = e.annotation_block)),
    (SELECT document ->> '$.${perBlockOf}[0].values.${field}' FROM metadata), '') END`;
}

/** A condition on a column as SQL on rows `e` of entry. Findings are equal to their number and to their rules. */
export function columnConditionSql(profile: Profile, condition: ColumnCondition): Condition {
  if (condition.column === 'findings' && condition.is === 'equals' && !/^\d+$/.test(condition.text)) {
    const where = 'EXISTS (SELECT 1 FROM finding WHERE entry_id = e.id AND rule = ?)';
    return { where, parameters: [condition.text] };
  }
  const { sql, parameters } = columnSql(profile, condition.column);
  switch (condition.is) {
    case 'equals':
      return { where: `CAST((${sql}) AS TEXT) = ?`, parameters: [...parameters, condition.text] };
    case 'contains':
      return {
        where: `CAST((${sql}) AS TEXT) LIKE ? ESCAPE '\\'`,
        parameters: [...parameters, likePattern(condition.text)],
      };
    case 'empty':
      return { where: `(${sql}) = ''`, parameters };
    case 'filled':
      return { where: `(${sql}) <> ''`, parameters };
    case 'between':
      return {
        where: `(${sql}) BETWEEN ? AND ?`,
        parameters: [...parameters, condition.from ?? -1e300, condition.to ?? 1e300],
      };
  }
}
