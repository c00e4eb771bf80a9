import { fieldsOf, type Profile } from '../../../shared/destinations/profile.ts';
import type { EntryEdit } from '../../../shared/model/entry.ts';
import { type FindingPlace, type Fix, findingLevelSchema } from '../../../shared/model/finding.ts';
import { freeName } from '../../../shared/rules/name-suggestion.ts';
import { editEachEntry } from '../library/entry-edit.ts';
import { remotePathSql, sourceImageSql } from '../library/entry-sql.ts';
import { removeFindings } from '../library/findings.ts';
import { change } from '../library/history.ts';
import { editMetadata, metadataOf } from '../library/metadata-document.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { profileOfFile } from '../library/submission-row.ts';
import { listPaths } from './list-paths.ts';
import { mendedValue, shownValue } from './mended-value.ts';
import { NameTable } from './name-table.ts';
import { describeRule } from './rules.ts';

interface Fixable {
  readonly id: number;
  readonly entryId: number | null;
  readonly place: FindingPlace;
  readonly fix: Fix;
}

/** What an entry comes to now, which may differ from when it was checked. */
interface Current {
  readonly id: number;
  readonly remotePath: string;
  readonly annotationType: string;
  readonly sourceImage: string;
  readonly annotationBlock: string;
  readonly columns: Readonly<Record<string, string>>;
}

const PAGE = 500;

/**
 * Applies the safe fixes of a rule, or those of the findings named, as one step that can be undone; returns how many.
 * Only what will be sent changes (paths at the archive, cells, what is left out, the description), never a file on
 * disk. A finding whose subject was changed since the check is passed over. No two entries get the same path.
 */
export function applyFix(file: SubmissionFile, rule: string, findings?: readonly number[]): number {
  const profile = profileOfFile(file);
  const title = `Fix: ${describeRule(rule).title}`;
  const names = renames(file, rule) ? new NameTable(file) : null;
  try {
    if (names) prepare(names, profile, listPaths(profile, metadataOf(file)));
    return change(file, title, () => {
      const fields = fixFields(file, profile, title, fixablePages(file, rule, 'fields', findings));
      const entries = { fixed: 0 };
      const edits = entryEdits(file, fixablePages(file, rule, 'entries', findings), names, entries);
      editEachEntry(file, title, edits);
      return fields + entries.fixed;
    });
  } finally {
    names?.close();
  }
}

function prepare(names: NameTable, profile: Profile, reserved: readonly string[]): void {
  for (const _ of names.fill(profile, reserved));
  for (const _ of names.findClashes());
}

function renames(file: SubmissionFile, rule: string): boolean {
  const sql = "SELECT 1 FROM finding WHERE rule = ? AND fix ->> 'id' = 'remote-path' LIMIT 1";
  return file.get(sql, rule) !== undefined;
}

/**
 * Findings with a safe fix, page by page; those of a page may be taken away before the next is read. Level by level,
 * because that is the order of the index.
 */
function* fixablePages(
  file: SubmissionFile,
  rule: string,
  of: 'entries' | 'fields',
  findings: readonly number[] | undefined,
): Generator<Fixable[]> {
  const kind = of === 'entries' ? 'entry_id IS NOT NULL' : 'entry_id IS NULL';
  const among = findings === undefined ? kind : `${kind} AND id IN (SELECT value FROM json_each(?))`;
  const asked = findings === undefined ? [] : [JSON.stringify(findings)];
  for (const level of findingLevelSchema.options) {
    for (let last = -1; ; ) {
      const rows = file.all<{ id: number; entryId: number | null; place: string; fix: string }>(
        `SELECT id, entry_id AS entryId, place, fix FROM finding
         WHERE rule = ? AND level = ? AND id > ? AND fix ->> 'safe' = 1 AND ${among} ORDER BY id LIMIT ${PAGE}`,
        rule,
        level,
        last,
        ...asked,
      );
      const end = rows.at(-1);
      if (!end) break;
      last = end.id;
      yield rows.map((row) => ({
        ...row,
        place: JSON.parse(row.place) as FindingPlace,
        fix: JSON.parse(row.fix) as Fix,
      }));
    }
  }
}

function* entryEdits(
  file: SubmissionFile,
  pages: Iterable<readonly Fixable[]>,
  names: NameTable | null,
  count: { fixed: number },
): Generator<{ entryId: number; edit: EntryEdit }> {
  for (const page of pages) {
    const now = currentOf(file, page);
    const done: Fixable[] = [];
    for (const fixable of page) {
      const current = fixable.entryId === null ? undefined : now.get(fixable.entryId);
      const edit = current && editOf(fixable.fix, current, names);
      if (!current || !edit) continue;
      yield { entryId: current.id, edit };
      done.push(fixable);
    }
    count.fixed += done.length;
    forget(file, done);
  }
}

/** The edit that a fix means for an entry as it is now; null when it is no longer what the check saw. */
function editOf(fix: Fix, current: Current, names: NameTable | null): EntryEdit | null {
  const { id, before, after } = fix;
  if (id === 'leave-out') return { send: false };
  if (id === 'remote-path') {
    if (current.remotePath !== before || !names) return null;
    names.release(current.id);
    const path = freeName(after, names);
    names.reserve(path);
    return { remotePath: path };
  }
  if (id === 'annotation-type') return current.annotationType === before ? { annotationType: after } : null;
  if (id === 'source-image') return current.sourceImage === before ? { sourceImage: after } : null;
  if (id === 'annotation-block')
    return current.annotationBlock === before ? { annotationBlock: after } : null;
  if (!id.startsWith('cell:')) return null;
  const header = id.slice('cell:'.length);
  return current.columns[header] === before ? { columns: { [header]: after } } : null;
}

function currentOf(file: SubmissionFile, page: readonly Fixable[]): Map<number, Current> {
  const rows = file.all<Omit<Current, 'columns'> & { columns: string }>(
    `SELECT e.id, ${remotePathSql()} AS remotePath, e.annotation_type AS annotationType,
       ${sourceImageSql} AS sourceImage, e.annotation_block AS annotationBlock, e.columns
     FROM entry e CROSS JOIN source s ON s.id = e.source_id WHERE e.id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(page.map(({ entryId }) => entryId)),
  );
  return new Map(
    rows.map((row) => [row.id, { ...row, columns: JSON.parse(row.columns) as Record<string, string> }]),
  );
}

/** Takes away what was mended, and what is no longer so with it: other troubles of a name, all of an entry left out. */
function forget(file: SubmissionFile, done: readonly Fixable[]): void {
  const entries = (fixId: string) =>
    JSON.stringify(done.filter(({ fix }) => fix.id === fixId).map(({ entryId }) => entryId));
  removeFindings(
    file,
    done.map(({ id }) => id),
  );
  const among = 'entry_id IN (SELECT value FROM json_each(?))';
  file.run(`DELETE FROM finding WHERE ${among}`, entries('leave-out'));
  file.run(`DELETE FROM finding WHERE ${among} AND fix ->> 'id' = 'remote-path'`, entries('remote-path'));
}

/** Writes what was meant into fields of the description that are as the check saw them. */
function fixFields(
  file: SubmissionFile,
  profile: Profile,
  title: string,
  pages: Iterable<readonly Fixable[]>,
): number {
  return editMetadata(file, title, (metadata) => {
    let fixed = 0;
    for (const page of pages) {
      const done = page.filter(({ place, fix }) => {
        if (place.kind !== 'field' || fix.id !== 'field') return false;
        const section = profile.sections.find(({ id }) => id === place.section);
        const field = section && fieldsOf(section).find(({ id }) => id === place.field);
        const values = metadata[place.section]?.find(({ id }) => id === place.block)?.values;
        const value = values?.[place.field];
        if (!field || !values || value === undefined || shownValue(value) !== fix.before) return false;
        values[place.field] = mendedValue(field, value);
        return true;
      });
      forget(file, done);
      fixed += done.length;
    }
    return fixed;
  });
}
