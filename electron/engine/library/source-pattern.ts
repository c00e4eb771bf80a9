import type { EntryTarget, SourcePattern } from '../../../shared/contract/file-calls.ts';
import { Problem } from '../../../shared/model/problem.ts';
import { formatCounted } from '../../../shared/rules/format-quantities.ts';
import { fillPattern, patternParts, unknownPart } from '../../../shared/rules/source-image-pattern.ts';
import { editEachEntry, targetEntries, targetSql } from './entry-edit.ts';
import { change } from './history.ts';
import type { SubmissionFile } from './submission-file.ts';

const PREVIEWED = 8;
/** Entries read at a time, so that a million of them are no array. */
const AT_ONCE = 1000;

interface Row {
  readonly id: number;
  readonly path: string;
  /** What the parts are taken from. */
  readonly from: string;
}

/** The path of a file; a source that is one item itself goes by its name. */
const pathSql = (e: string) => `iif(${e}.path = '', ${e}.name, ${e}.path)`;

/** Rows of entry `e` that a pattern can be filled for. */
function sqlOf({ of }: SourcePattern): { columns: string; fits: string } {
  const columns = `e.id, ${pathSql('e')} AS path`;
  if (of === 'file') return { columns: `${columns}, ${pathSql('e')} AS "from"`, fits: 'TRUE' };
  const images = `FROM pair JOIN entry i ON i.id = image_entry_id WHERE mask_entry_id = e.id AND parted = 0`;
  return {
    columns: `${columns}, (SELECT ${pathSql('i')} ${images} ORDER BY pair.id LIMIT 1) AS "from"`,
    fits: `EXISTS (SELECT 1 ${images})`,
  };
}

/** What a pattern would make of the first entries by path that it would change. */
export function previewSourceImages(
  file: SubmissionFile,
  entries: EntryTarget,
  by: SourcePattern,
): { entryId: number; path: string; after: string }[] {
  checkPattern(by.pattern);
  const { where, parameters } = targetSql(file, entries);
  const { columns, fits } = sqlOf(by);
  return file
    .all<Row>(
      `SELECT ${columns} FROM entry e WHERE ${where} AND ${fits} ORDER BY e.source_id, e.path LIMIT ${PREVIEWED}`,
      ...parameters,
    )
    .map(({ id, path, from }) => ({ entryId: id, path, after: fillPattern(by.pattern, from) }));
}

/**
 * Fills the source images of entries by a pattern, as one step that can be undone. Entries without an image that the
 * parts could be taken from stay as they are and are counted.
 */
export function fillSourceImages(
  file: SubmissionFile,
  entries: EntryTarget,
  by: SourcePattern,
): { changed: number; without: number } {
  checkPattern(by.pattern);
  return change(file, 'Fill source images', (recorder) => {
    const all = targetEntries(file, entries);
    const changed = editEachEntry(file, '', sourceImageEdits(file, by));
    recorder.title(`Fill the source image of ${formatCounted(changed, 'file')}`);
    return { changed, without: all - changed };
  });
}

function* sourceImageEdits(file: SubmissionFile, by: SourcePattern) {
  const { columns, fits } = sqlOf(by);
  for (let last = 0; ; ) {
    const rows = file.all<Row>(
      `SELECT ${columns} FROM temp.edit_target target CROSS JOIN entry e ON e.id = target.id
       WHERE target.id > ? AND ${fits} ORDER BY target.id LIMIT ${AT_ONCE}`,
      last,
    );
    for (const { id, from } of rows) {
      last = id;
      yield { entryId: id, edit: { sourceImage: fillPattern(by.pattern, from) } };
    }
    if (rows.length < AT_ONCE) return;
  }
}

function checkPattern(pattern: string): void {
  const unknown = unknownPart(pattern);
  if (unknown === null) return;
  throw new Problem('wrong-pattern', `There is no part “{${unknown}}” of a path.`, {
    advice: `Use ${patternParts.map((part) => `{${part}}`).join(', ')}.`,
  });
}
