import { touch } from '../library/history.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { settleSeconds } from '../library/walk-settings.ts';
import { pairIfStale } from './pair.ts';
import { SourceIndex } from './source-index.ts';

export interface HeldOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds a file must rest. Default: as the submission says. */
  readonly settleMs?: number;
}

interface HeldSource {
  readonly id: number;
  readonly path: string;
  readonly newAfter: number;
}

/**
 * Looks once more at the files that were held back, without walking folders: those that rest now are let go, with the
 * size that they have. Returns how many are held back still.
 */
export async function lookAtHeld(file: SubmissionFile, options: HeldOptions = {}): Promise<number> {
  const { signal, settleMs = settleSeconds(file) * 1000 } = options;
  const sources = file.all<HeldSource>(
    "SELECT id, path, new_after AS newAfter FROM source WHERE state <> 'scanning' AND held > 0",
  );
  let held = 0;
  for (const source of sources) {
    const index = new SourceIndex(file, { ...source, isFirst: false }, settleMs);
    await index.lookAgain(null, signal);
    const { counts } = index;
    file.run(
      'UPDATE source SET held = ?, bytes = max(0, bytes + ?) WHERE id = ?',
      counts.held,
      counts.bytes,
      source.id,
    );
    if (counts.changed > 0) touch(file);
    held += counts.held;
  }
  if (sources.length > 0) await pairIfStale(file, { signal });
  return held;
}
