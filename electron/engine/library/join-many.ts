import type { CountedProgress } from '../../../shared/contract/call.ts';
import { begin, close, recorderFor, writeBack } from './history.ts';
import { inTurn } from './history-in-slices.ts';
import { Slices } from './in-slices.ts';
import type { SubmissionFile } from './submission-file.ts';

/** Pairs written in one transaction: some ten milliseconds. */
const PAIRS_AT_ONCE = 500;

export interface JoinOptions {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((progress: CountedProgress) => void) | undefined;
}

/**
 * Joins masks and images by hand, any number of them, as one step that can be undone, while others are served. Masks
 * that got a pair or were parted meanwhile are left alone, as are files that are not there any more. When it is
 * stopped or fails, what was written is taken back; when the program is killed, at the next opening.
 * @param pages lists of [mask, image]
 */
export async function joinMany(
  file: SubmissionFile,
  title: (joined: number) => string,
  pages: AsyncIterable<readonly (readonly [mask: number, image: number])[]>,
  { signal, progress }: JoinOptions,
): Promise<number> {
  return await inTurn(file, async () => {
    const slices = new Slices();
    let joined = 0;
    const change = file.transaction(() => {
      const id = begin(file, title(0), '');
      file.run("UPDATE change SET writing = 'edit' WHERE id = ?", id);
      return id;
    });
    try {
      for await (const page of pages) {
        for (let from = 0; from < page.length; from += PAIRS_AT_ONCE) {
          signal?.throwIfAborted();
          joined += joinSome(file, change, page.slice(from, from + PAIRS_AT_ONCE));
          progress?.({ done: joined, total: null, now: 'Joining masks and images' });
          await slices.turn();
        }
      }
      file.transaction(() => {
        file.run("UPDATE change SET writing = '', title = ? WHERE id = ?", title(joined), change);
        close(file, change);
      });
      return joined;
    } catch (error) {
      file.transaction(() => {
        writeBack(file, change, 'before');
        // Its steps go with the changes that follow.
        file.run("UPDATE change SET undone = 2, writing = '' WHERE id = ?", change);
      });
      throw error;
    }
  });
}

function joinSome(
  file: SubmissionFile,
  change: number,
  pairs: readonly (readonly [mask: number, image: number])[],
): number {
  return file.transaction(() => {
    const before = file.get<{ n: number | null }>('SELECT max(id) AS n FROM pair')?.n ?? 0;
    const { changes } = file.run(
      `INSERT OR IGNORE INTO pair (image_entry_id, mask_entry_id, by)
       SELECT i.id, m.id, 'manual' FROM json_each(?) asked CROSS JOIN entry m ON m.id = value ->> 0
       CROSS JOIN entry i ON i.id = value ->> 1
       WHERE m.kind = 'mask' AND i.kind = 'image'
         AND NOT EXISTS (SELECT 1 FROM pair p WHERE p.mask_entry_id = m.id AND p.mask_part = '') ORDER BY asked.key`,
      JSON.stringify(pairs),
    );
    recorderFor(file, change).arrived('pair', 'id > ?', before);
    file.run(
      `UPDATE change_step SET after = (SELECT json_object('image_entry_id', image_entry_id, 'mask_entry_id', mask_entry_id,
         'mask_part', mask_part, 'by', by, 'parted', parted) FROM pair WHERE id = row_id)
       WHERE change_id = ? AND table_name = 'pair' AND column_name = '' AND row_id > ?`,
      ...[change, before],
    );
    return changes;
  });
}
