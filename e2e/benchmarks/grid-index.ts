import { beginSubmission } from '../../electron/engine/library/new-submission.ts';
import { SubmissionFile } from '../../electron/engine/library/submission-file.ts';

/**
 * Makes a submission with an index of as many files as asked, without a disk: images and masks in turn, paired, with
 * some tables and others, findings on three of ten, and a dye said of one of ten.
 */
export function makeIndex(path: string, rows: number): void {
  const file = SubmissionFile.create(path);
  try {
    beginSubmission(file, { title: 'Grid', destination: 'bia-annotations', archive: 'practice' });
    file.transaction(() => {
      file.run(
        `INSERT INTO source (path, name, state, added_at, entries, files, weighed)
         VALUES ('/data/set', 'set', 'scanned', '', ?1, ?1, 1)`,
        rows,
      );
      file.run(
        `WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < ? - 1),
           file (n, folder, name) AS (SELECT n,
             printf('plate-%03d/%s/well-%04d/', n / 20000, iif(n % 2, 'masks', 'images'), n / 200 % 100),
             printf('field_%07d%s', n / 2, iif(n % 2, '_mask.png', '.tif')) FROM number)
         INSERT INTO entry (source_id, path, name, format, kind_guess, size, modified_ms, columns)
         SELECT 1, folder || name, name, iif(n % 2, 'png', 'tiff'),
           CASE WHEN n % 50 = 7 THEN 'other' WHEN n % 50 = 8 THEN 'table' WHEN n % 2 THEN 'mask' ELSE 'image' END,
           (n * 7919 % 1000003) * 37, 1.7e12 + n * 104729 % 99999989 + 0.25,
           iif(n % 10 = 3, json_object('Dye', printf('DAPI %d', n % 7)), '{}') FROM file`,
        rows,
      );
      file.run(
        `INSERT INTO pair (image_entry_id, mask_entry_id, by) SELECT a.id, b.id, 'bench' FROM entry a
         JOIN entry b ON b.id = a.id + 1 WHERE a.kind = 'image' AND b.kind = 'mask' AND a.id % 2 = 1`,
      );
      file.run(
        `INSERT INTO finding (rule, level, entry_id, place, message)
         SELECT 'rule-' || (id % 5), CASE id % 3 WHEN 0 THEN 'must' WHEN 1 THEN 'should' ELSE 'may' END, id,
           json_object('kind', 'entry', 'entryId', id, 'path', path), 'Something about ' || name
         FROM entry WHERE id % 10 < 3`,
      );
    });
  } finally {
    file.close();
  }
}
