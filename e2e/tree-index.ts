import { beginSubmission } from '../electron/engine/library/new-submission.ts';
import { SubmissionFile } from '../electron/engine/library/submission-file.ts';

type Kind = 'image' | 'mask' | 'table' | 'other';

/** A submission with the folders of a busy lab, without a disk: plates, stores, 3,000 runs, a chain of folders. */
export function makeLabIndex(path: string): void {
  const file = SubmissionFile.create(path);
  try {
    beginSubmission(file, { title: 'A busy lab', destination: 'bia-annotations', archive: 'practice' });
    file.transaction(() => fill(file));
  } finally {
    file.close();
  }
}

function fill(file: SubmissionFile): void {
  const now = new Date().toISOString();
  for (const [source, name, state] of [
    ['/data/Weber lab/2026 hearts', 'hearts', 'scanned'],
    ['/mnt/annotations', 'annotations', 'gone'],
  ] as const) {
    file.run(
      'INSERT INTO source (path, name, state, trouble, added_at, scanned_at, weighed) VALUES (?, ?, ?, ?, ?, ?, 1)',
      ...[source, name, state, state === 'gone' ? 'its disk does not answer' : '', now, now],
    );
  }
  const put = (source: number, path: string, kind: Kind, size: number, members = 1) =>
    file.run(
      `INSERT INTO entry (source_id, path, name, format, kind_guess, size, members, modified_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, 1.7e12)`,
      ...[source, path, path.slice(path.lastIndexOf('/') + 1)],
      kind === 'image' ? 'tiff' : kind === 'mask' ? 'png' : 'unknown',
      ...[kind, size, members],
    );
  for (let plate = 1; plate <= 12; plate++) {
    for (let field = 0; field < 40; field++) {
      put(1, `plates/plate ${plate}/images/field_${field}.tif`, 'image', 8_000_000 + plate * 100_000);
      put(1, `plates/plate ${plate}/masks/field_${field}_mask.png`, 'mask', 300_000);
    }
    put(1, `plates/plate ${plate}/wells.csv`, 'table', 4000);
  }
  for (let heart = 1; heart <= 6; heart++) {
    put(1, `light-sheet/heart-${heart}/raw.ome.zarr`, 'image', 9_000_000_000 * heart, 12_000);
    put(1, `light-sheet/heart-${heart}/labels.ome.zarr`, 'mask', 700_000_000 * heart, 3000);
  }
  for (let run = 0; run < 3000; run++) put(1, `runs/run ${run}/summary.tsv`, 'table', 1000 + run);
  put(1, `${Array.from({ length: 60 }, (_, at) => `level ${at + 1}`).join('/')}/deep.txt`, 'other', 10);
  for (let cell = 0; cell < 400; cell++) put(2, `batch ${cell % 4}/cell_${cell}.png`, 'mask', 40_000);
  for (let at = 0; at < 30; at++) {
    file.run(
      "INSERT INTO skipped (source_id, path, reason) VALUES (1, ?, 'a file of macOS')",
      `runs/run ${at}/.DS_Store`,
    );
  }
  file.run(
    `INSERT INTO finding (rule, level, entry_id, place, message)
     SELECT 'name-blank', 'should', id, json_object('kind', 'entry', 'entryId', id, 'path', path), 'A blank in the name'
     FROM entry WHERE path LIKE 'plates/plate 3/%'`,
  );
  file.run(
    `UPDATE source SET entries = (SELECT count(*) FROM entry WHERE source_id = source.id),
       files = (SELECT sum(members) FROM entry WHERE source_id = source.id),
       bytes = (SELECT sum(size) FROM entry WHERE source_id = source.id),
       skipped = (SELECT count(*) FROM skipped WHERE source_id = source.id)`,
  );
}
