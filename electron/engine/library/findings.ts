import type {
  Finding,
  FindingCounts,
  FindingGroup,
  FindingLevel,
  FindingPlace,
  Fix,
} from '../../../shared/model/finding.ts';
import { likePattern } from './entry-sql.ts';
import type { SubmissionFile } from './submission-file.ts';

export type NewFinding = Omit<Finding, 'id'>;

/** The cause said once; the texts live with the rules. */
export type RuleDescription = Pick<FindingGroup, 'title' | 'reason' | 'source'> & {
  readonly fixTitle?: string | null;
};

/**
 * Puts the findings of a new check in place of the old ones. They may come in any number and any batches; the old
 * ones are there until the last has come, and stay if the work throws. Notes that the submission is checked now,
 * unless it was edited since `startedAt`, ISO time of the beginning.
 */
export async function replaceFindings(
  file: SubmissionFile,
  batches: AsyncIterable<readonly NewFinding[]> | Iterable<readonly NewFinding[]>,
  startedAt: string = new Date().toISOString(),
): Promise<FindingCounts> {
  const stage = `finding_stage_${crypto.randomUUID().replaceAll('-', '')}`;
  const columns = 'rule, level, entry_id, place, message, fix';
  file.run(`CREATE TEMP TABLE ${stage} (${columns})`);
  try {
    for await (const batch of batches) {
      file.transaction(() => {
        for (const finding of batch) {
          file.run(
            `INSERT INTO temp.${stage} (${columns}) VALUES (?, ?, ?, ?, ?, ?)`,
            finding.rule,
            finding.level,
            finding.place.kind === 'entry' ? finding.place.entryId : null,
            JSON.stringify(finding.place),
            finding.message,
            finding.fix === null ? null : JSON.stringify(finding.fix),
          );
        }
      });
    }
    file.transaction(() => {
      file.run('DELETE FROM finding');
      // An entry may have left since it was checked.
      file.run(
        `INSERT INTO finding (${columns}) SELECT ${columns} FROM temp.${stage}
         WHERE entry_id IS NULL OR entry_id IN (SELECT id FROM entry) ORDER BY rowid`,
      );
      file.run(
        'UPDATE submission SET checked_at = iif(edited_at <= ?, ?, NULL)',
        startedAt,
        new Date().toISOString(),
      );
    });
  } finally {
    file.run(`DROP TABLE temp.${stage}`);
  }
  return findingCounts(file);
}

/** How many findings there are of each level, or of those that contain a text. */
export function findingCounts(file: SubmissionFile, text = ''): FindingCounts {
  const { where, parameters } = condition({ text });
  const counts: FindingCounts = { must: 0, should: 0, may: 0 };
  for (const { level, n } of file.all<{ level: FindingLevel; n: number }>(
    `SELECT level, count(*) AS n FROM finding WHERE ${where} GROUP BY level`,
    ...parameters,
  )) {
    counts[level] = n;
  }
  return counts;
}

/** Findings by rule and level, those that must be fixed first, then the most numerous. */
export function findingGroups(
  file: SubmissionFile,
  describeRule: (rule: string, count: number) => RuleDescription,
  text = '',
): FindingGroup[] {
  const { where, parameters } = condition({ text });
  const groups = file.all<{
    rule: string;
    level: FindingLevel;
    count: number;
    fixable: number;
    fixTitle: string | null;
  }>(
    `SELECT rule, level, count(*) AS count, coalesce(sum(fix ->> 'safe'), 0) AS fixable,
       min(iif(fix ->> 'safe', fix ->> 'title', NULL)) AS fixTitle
     FROM finding WHERE ${where} GROUP BY rule, level
     ORDER BY CASE level WHEN 'must' THEN 0 WHEN 'should' THEN 1 ELSE 2 END, count DESC, rule`,
    ...parameters,
  );
  return groups.map((group) => ({
    ...group,
    ...wordsOf(describeRule(group.rule, group.count), group.fixTitle),
  }));
}

function wordsOf({ title, reason, source, fixTitle }: RuleDescription, ofFirst: string | null) {
  return { title, reason, source, fixTitle: fixTitle ?? ofFirst };
}

export interface FindingQuery {
  readonly rule?: string | undefined;
  readonly level?: FindingLevel | undefined;
  readonly entryId?: number | undefined;
  /** Only findings whose message or place contains it, letters in either case. */
  readonly text?: string | undefined;
}

interface Row {
  readonly id: number;
  readonly rule: string;
  readonly level: FindingLevel;
  readonly place: string;
  readonly message: string;
  readonly fix: string | null;
}

/** One page of findings, in the order in which they were found. */
export function findingPage(
  file: SubmissionFile,
  query: FindingQuery & { readonly offset: number; readonly limit: number },
): { total: number; rows: Finding[] } {
  const { where, parameters } = condition(query);
  const total =
    file.get<{ n: number }>(`SELECT count(*) AS n FROM finding WHERE ${where}`, ...parameters)?.n ?? 0;
  const rows = file.all<Row>(
    `SELECT id, rule, level, place, message, fix FROM finding WHERE ${where} ORDER BY id LIMIT ? OFFSET ?`,
    ...parameters,
    query.limit,
    query.offset,
  );
  return { total, rows: rows.map(toFinding) };
}

/** Every finding that matches, one by one. Do not write findings while reading. */
export function* eachFinding(file: SubmissionFile, query: FindingQuery = {}): Generator<Finding> {
  const { where, parameters } = condition(query);
  const sql = `SELECT id, rule, level, place, message, fix FROM finding WHERE ${where} ORDER BY id`;
  for (const row of file.each<Row>(sql, ...parameters)) yield toFinding(row);
}

/** Takes findings away that were mended. */
export function removeFindings(file: SubmissionFile, ids: readonly number[]): void {
  file.run('DELETE FROM finding WHERE id IN (SELECT value FROM json_each(?))', JSON.stringify(ids));
}

function toFinding(row: Row): Finding {
  return {
    ...row,
    place: JSON.parse(row.place) as FindingPlace,
    fix: row.fix === null ? null : (JSON.parse(row.fix) as Fix),
  };
}

function condition({ rule, level, entryId, text }: FindingQuery) {
  const parts: string[] = [];
  const parameters: (string | number)[] = [];
  const add = (sql: string, ...values: (string | number)[]) => {
    parts.push(sql);
    parameters.push(...values);
  };
  if (rule !== undefined) add('rule = ?', rule);
  if (level !== undefined) add('level = ?', level);
  if (entryId !== undefined) add('entry_id = ?', entryId);
  if (text !== undefined && text !== '') {
    const place = "coalesce(place ->> 'path', place ->> 'label', '')";
    add(`(message LIKE ? ESCAPE '\\' OR ${place} LIKE ? ESCAPE '\\')`, likePattern(text), likePattern(text));
  }
  return { where: parts.length === 0 ? 'TRUE' : parts.join(' AND '), parameters };
}
