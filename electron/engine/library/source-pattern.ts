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
  readonly imagePath: string | null;
}

/** The path of a file; a source that is one item itself goes by its name. Given rows `e` of entry. */
const pathSql = (e: string) => `iif(${e}.path = '', ${e}.name, ${e}.path)`;
const columns = `e.id, ${pathSql('e')} AS path, (SELECT ${pathSql('i')} FROM pair JOIN entry i ON i.id = image_entry_id
  WHERE mask_entry_id = e.id AND parted = 0 ORDER BY pair.id LIMIT 1) AS imagePath`;

/** What a pattern would make of the first entries by path; `after` is null for one that has no image. */
export function previewSourceImages(
  file: SubmissionFile,
  entries: EntryTarget,
  by: SourcePattern,
): { entryId: number; path: string; after: string | null }[] {
  checkPattern(by.pattern);
  const { where, parameters } = targetSql(file, entries);
  return file
    .all<Row>(
      `SELECT ${columns} FROM entry e WHERE ${where} ORDER BY e.path, e.id LIMIT ${PREVIEWED}`,
      ...parameters,
    )
    .map((row) => ({ entryId: row.id, path: row.path, after: sourceImageOf(row, by) }));
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
  for (let last = 0; ; ) {
    const rows = file.all<Row>(
      `SELECT ${columns} FROM temp.edit_target target CROSS JOIN entry e ON e.id = target.id
       WHERE target.id > ? ORDER BY target.id LIMIT ${AT_ONCE}`,
      last,
    );
    for (const row of rows) {
      last = row.id;
      const sourceImage = sourceImageOf(row, by);
      if (sourceImage !== null) yield { entryId: row.id, edit: { sourceImage } };
    }
    if (rows.length < AT_ONCE) return;
  }
}

function sourceImageOf(row: Row, { pattern, of }: SourcePattern): string | null {
  const path = of === 'file' ? row.path : row.imagePath;
  return path === null ? null : fillPattern(pattern, path);
}

function checkPattern(pattern: string): void {
  const unknown = unknownPart(pattern);
  if (unknown === null) return;
  throw new Problem('wrong-pattern', `There is no part “{${unknown}}” of a path.`, {
    advice: `Use ${patternParts.map((part) => `{${part}}`).join(', ')}.`,
  });
}
