import type { CallOutput, CallParsedInput } from '../../../shared/contract/contract.ts';
import { likePattern } from './entry-sql.ts';
import { source } from './sources.ts';
import type { SubmissionFile } from './submission-file.ts';

type SkippedPage = CallOutput<'skips.page'>;
type SkippedQuery = Omit<CallParsedInput<'skips.page'>, 'id'>;

/** One page of what the last scans left out, by folder and path, with how much there is of every cause. */
export function skippedPage(file: SubmissionFile, query: SkippedQuery): SkippedPage {
  const parts = ['TRUE'];
  const parameters: (string | number)[] = [];
  const add = (sql: string, value: string | number) => {
    parts.push(sql);
    parameters.push(value);
  };
  if (query.cause !== undefined) add('cause = ?', query.cause);
  if (query.sourceId !== undefined) add('source_id = ?', query.sourceId);
  if (query.text !== '') add("path LIKE ? ESCAPE '\\'", likePattern(query.text));
  const from = `FROM skipped WHERE ${parts.join(' AND ')}`;
  return {
    total: file.get<{ n: number }>(`SELECT count(*) AS n ${from}`, ...parameters)?.n ?? 0,
    rows: file.all<SkippedPage['rows'][number]>(
      `SELECT source_id AS sourceId, path, reason, cause ${from} ORDER BY source_id, path LIMIT ? OFFSET ?`,
      ...parameters,
      query.limit,
      query.offset,
    ),
    causes: file.all<SkippedPage['causes'][number]>(
      'SELECT cause, min(reason) AS reason, count(*) AS count FROM skipped GROUP BY cause ORDER BY count(*) DESC, cause',
    ),
  };
}

type ChangesPage = CallOutput<'scan.changes'>;
type ChangesQuery = Omit<CallParsedInput<'scan.changes'>, 'id'>;

/** One page of what the last scan of a folder found otherwise than the one before it, oldest rows first. */
export function changesPage(file: SubmissionFile, query: ChangesQuery): ChangesPage {
  const { report } = source(file, query.sourceId);
  const { what, offset, limit } = query;
  // The first scan finds everything new: that is no news.
  if (report === null) return { report, total: 0, rows: [] };
  const rows =
    what === 'added'
      ? file.all<ChangesPage['rows'][number]>(
          `SELECT e.id AS entryId, e.path, e.size, '' AS was FROM entry e
           WHERE e.source_id = ?1 AND e.id > (SELECT new_after FROM source WHERE id = ?1)
           ORDER BY e.id LIMIT ? OFFSET ?`,
          query.sourceId,
          limit,
          offset,
        )
      : file.all<ChangesPage['rows'][number]>(
          `SELECT e.id AS entryId, e.path, e.size, c.was FROM scan_change c CROSS JOIN entry e ON e.id = c.entry_id
           WHERE c.source_id = ? AND c.what = ? ORDER BY c.entry_id LIMIT ? OFFSET ?`,
          query.sourceId,
          what,
          limit,
          offset,
        );
  return { report, total: report[what], rows };
}
