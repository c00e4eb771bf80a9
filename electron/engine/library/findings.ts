import type {
  Finding,
  FindingCounts,
  FindingGroup,
  FindingLevel,
  FindingPlace,
  Fix,
} from '../../../shared/model/finding.ts';
import { likePattern } from './entry-sql.ts';
import { Slices } from './in-slices.ts';
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
  const run = nextRun(file);
  const slices = new Slices();
  let isWhole = false;
  try {
    for await (const batch of batches) {
      for (let from = 0; from < batch.length; from += WRITTEN_AT_ONCE) {
        file.transaction(() => {
          for (const finding of batch.slice(from, from + WRITTEN_AT_ONCE)) put(file, run, finding);
        });
        await slices.turn();
      }
    }
    file.run(
      'UPDATE submission SET findings_run = ?, checked_at = iif(edited_at <= ?, ?, NULL)',
      run,
      startedAt,
      new Date().toISOString(),
    );
    isWhole = true;
  } finally {
    await clearRuns(file, isWhole ? 'run < ?' : 'run = ?', run);
  }
  return findingCounts(file);
}

/** Findings written or deleted between two turns of the event loop. */
const WRITTEN_AT_ONCE = 500;

/** Higher than any that was shown or was left by a check that was killed. */
function nextRun(file: SubmissionFile): number {
  const sql =
    'SELECT max(findings_run, coalesce((SELECT max(run) FROM finding_row), 0)) + 1 AS run FROM submission';
  return file.get<{ run: number }>(sql)?.run ?? 1;
}

function put(file: SubmissionFile, run: number, finding: NewFinding): void {
  // An entry may have left since it was checked.
  file.run(
    `INSERT INTO finding_row (run, rule, level, entry_id, place, message, fix) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
     WHERE ?4 IS NULL OR EXISTS (SELECT 1 FROM entry WHERE id = ?4)`,
    run,
    finding.rule,
    finding.level,
    finding.place.kind === 'entry' ? finding.place.entryId : null,
    JSON.stringify(finding.place),
    finding.message,
    finding.fix === null ? null : JSON.stringify(finding.fix),
  );
}

async function clearRuns(file: SubmissionFile, which: 'run < ?' | 'run = ?', run: number): Promise<void> {
  const slices = new Slices();
  const some = `SELECT id FROM finding_row WHERE ${which} LIMIT ${WRITTEN_AT_ONCE}`;
  while (file.run(`DELETE FROM finding_row WHERE id IN (${some})`, run).changes > 0) await slices.turn();
  file.run(`DELETE FROM finding_total WHERE ${which}`, run);
}

interface Total {
  readonly rule: string;
  readonly level: FindingLevel;
  readonly count: number;
  readonly fixable: number;
}

function totalsOf(file: SubmissionFile): Total[] {
  return file.all<Total>(
    `SELECT rule, level, count, fixable FROM finding_total
     WHERE run = (SELECT findings_run FROM submission) AND count > 0`,
  );
}

/** How many findings there are of each level. */
export function findingCounts(file: SubmissionFile): FindingCounts {
  return countsOf(totalsOf(file));
}

function countsOf(totals: readonly Total[]): FindingCounts {
  const counts: FindingCounts = { must: 0, should: 0, may: 0 };
  for (const { level, count } of totals) counts[level] += count;
  return counts;
}

type DescribeRule = (rule: string, count: number) => RuleDescription;

/** Findings by rule and level, those that must be fixed first, then the most numerous. */
export function findingGroups(file: SubmissionFile, describeRule: DescribeRule): FindingGroup[] {
  return groupsOf(file, describeRule, totalsOf(file));
}

/** The same, and their counts, of findings that contain a text. Looks at every finding, some at a time. */
export async function findingGroupsWith(
  file: SubmissionFile,
  describeRule: DescribeRule,
  text: string,
): Promise<{ groups: FindingGroup[]; counts: FindingCounts }> {
  const { where, parameters } = condition({ text });
  const totals = new Map<string, Total>();
  for await (const [from, before] of idRanges(file)) {
    const found = file.all<Total>(
      `SELECT rule, level, count(*) AS count, coalesce(sum(fix ->> 'safe'), 0) AS fixable FROM ${inRange}
         AND ${where} GROUP BY rule, level`,
      ...[from, before],
      ...parameters,
    );
    for (const { rule, level, count, fixable } of found) {
      const key = `${level} ${rule}`;
      const sum = totals.get(key) ?? { rule, level, count: 0, fixable: 0 };
      totals.set(key, { ...sum, count: sum.count + count, fixable: sum.fixable + fixable });
    }
  }
  const all = [...totals.values()];
  return { groups: groupsOf(file, describeRule, all), counts: countsOf(all) };
}

function groupsOf(
  file: SubmissionFile,
  describeRule: DescribeRule,
  totals: readonly Total[],
): FindingGroup[] {
  const worth = { must: 0, should: 1, may: 2 };
  return totals
    .toSorted((a, b) => worth[a.level] - worth[b.level] || b.count - a.count || (a.rule < b.rule ? -1 : 1))
    .map((total) => {
      const { title, reason, source, fixTitle } = describeRule(total.rule, total.count);
      return { ...total, title, reason, source, fixTitle: fixTitle ?? firstFixTitle(file, total) };
    });
}

function firstFixTitle(file: SubmissionFile, { rule, level, fixable }: Total): string | null {
  if (fixable === 0) return null;
  const first = file.get<{ title: string }>(
    `SELECT fix ->> 'title' AS title FROM finding WHERE rule = ? AND level = ? AND fix ->> 'safe' = 1
     ORDER BY id LIMIT 1`,
    rule,
    level,
  );
  return first?.title ?? null;
}

/** Findings looked at between two turns of the event loop. */
const LOOKED_AT_ONCE = 5000;

/** The findings shown in a range of ids, by the table itself: SQLite would read all that are shown for each range. */
const inRange = `finding_row NOT INDEXED
  WHERE id >= ? AND id < ? AND +run = (SELECT findings_run FROM submission)`;

/** Ranges of ids that hold all findings shown: from, and the first no more. */
async function* idRanges(file: SubmissionFile): AsyncGenerator<[number, number]> {
  const ends = file.get<{ first: number | null; last: number | null }>(
    'SELECT min(id) AS first, max(id) AS last FROM finding_row',
  );
  const slices = new Slices();
  for (let from = ends?.first ?? 0; from <= (ends?.last ?? -1); from += LOOKED_AT_ONCE) {
    yield [from, from + LOOKED_AT_ONCE];
    await slices.turn();
  }
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

export type FindingPageQuery = FindingQuery & { readonly offset: number; readonly limit: number };

/** One page of findings, in the order in which they were found. For many thousands use {@link findingPageOfMany}. */
export function findingPage(
  file: SubmissionFile,
  query: FindingPageQuery,
): { total: number; rows: Finding[] } {
  const { where, parameters } = condition(query);
  return {
    total: knownTotal(file, query) ?? counted(file, query),
    rows: file
      .all<Row>(
        `SELECT id, rule, level, place, message, fix FROM finding WHERE ${where} ORDER BY id LIMIT ? OFFSET ?`,
        ...parameters,
        query.limit,
        query.offset,
      )
      .map(toFinding),
  };
}

function counted(file: SubmissionFile, query: FindingQuery): number {
  const { where, parameters } = condition(query);
  return file.get<{ n: number }>(`SELECT count(*) AS n FROM finding WHERE ${where}`, ...parameters)?.n ?? 0;
}

/** How many a query matches, when rule and level alone say it. */
function knownTotal(file: SubmissionFile, { rule, level, entryId, text = '' }: FindingQuery): number | null {
  if (entryId !== undefined || text !== '') return null;
  return totalsOf(file)
    .filter((total) => (rule ?? total.rule) === total.rule && (level ?? total.level) === total.level)
    .reduce((sum, { count }) => sum + count, 0);
}

/** Ids of the findings that the last query matched in a file, as long as findings are as they were. */
const matched = new WeakMap<SubmissionFile, { key: string; ids: Float64Array }>();

/** As {@link findingPage}, without holding anybody up: looks at findings some at a time where no index has the page. */
export async function findingPageOfMany(
  file: SubmissionFile,
  query: FindingPageQuery,
): Promise<{ total: number; rows: Finding[] }> {
  const { rule, level, entryId, text = '' } = query;
  const hasIndex = (rule !== undefined && level !== undefined && text === '') || entryId !== undefined;
  if (hasIndex) return findingPage(file, query);
  const ids = await idsOf(file, query);
  const rows = file.all<Row>(
    `SELECT id, rule, level, place, message, fix FROM finding_row NOT INDEXED
     WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`,
    JSON.stringify([...ids.subarray(query.offset, query.offset + query.limit)]),
  );
  return { total: ids.length, rows: rows.map(toFinding) };
}

async function idsOf(file: SubmissionFile, { rule, level, text }: FindingQuery): Promise<Float64Array> {
  // Within one check findings only go, so that their number says whether they are the same.
  const run = file.get<{ run: number }>('SELECT findings_run AS run FROM submission')?.run;
  const key = JSON.stringify([run, knownTotal(file, {}), rule, level, text]);
  const known = matched.get(file);
  if (known?.key === key) return known.ids;
  const { where, parameters } = condition({ rule, level, text });
  let ids = new Float64Array(LOOKED_AT_ONCE);
  let count = 0;
  for await (const [from, before] of idRanges(file)) {
    const some = file.get<{ ids: string }>(
      `SELECT json_group_array(id) AS ids FROM (SELECT id FROM ${inRange} AND ${where} ORDER BY id)`,
      ...[from, before],
      ...parameters,
    );
    const found = JSON.parse(some?.ids ?? '[]') as number[];
    if (count + found.length > ids.length) {
      const roomier = new Float64Array(2 * (count + found.length));
      roomier.set(ids);
      ids = roomier;
    }
    ids.set(found, count);
    count += found.length;
  }
  ids = ids.slice(0, count);
  matched.set(file, { key, ids });
  return ids;
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
