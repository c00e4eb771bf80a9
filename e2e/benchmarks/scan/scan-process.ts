import { existsSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { beginSubmission } from '../../../electron/engine/library/new-submission.ts';
import { addSource } from '../../../electron/engine/library/sources.ts';
import { SubmissionFile } from '../../../electron/engine/library/submission-file.ts';
import { scanSources } from '../../../electron/engine/scan/scan.ts';
import { peakMemoryMB } from '../rounds.ts';

// A process of its own that scans a folder into a submission file, a new one when there is none yet. Prints one line
// of JSON, a ScanRun.

export interface ScanRun {
  /** From the call to the end of the walk, all rows written; without pairing. */
  readonly seconds: number;
  readonly pairingSeconds: number;
  readonly memoryMB: number;
  /** The longest time that the engine's event loop did not hear anybody. */
  readonly heldMs: number;
  readonly files: number;
  readonly rows: number;
  readonly pairs: number;
  readonly changes: number;
}

const [folder = '', path = ''] = process.argv.slice(2);

const isNew = !existsSync(path);
const file = isNew ? SubmissionFile.create(path) : SubmissionFile.open(path);
if (isNew) {
  beginSubmission(file, { title: 'Bench', destination: 'bia-annotations', archive: 'practice' });
  addSource(file, folder);
}
const loop = monitorEventLoopDelay({ resolution: 5 });
loop.enable();
const began = performance.now();
let walked = Number.NaN;
const result = await scanSources(file, {
  progress: ({ now }) => {
    if (now.startsWith('Pairing')) walked = performance.now();
  },
});
const ended = performance.now();
loop.disable();
const run: ScanRun = {
  seconds: (walked - began) / 1000,
  pairingSeconds: (ended - walked) / 1000,
  memoryMB: peakMemoryMB(),
  heldMs: loop.max / 1e6,
  files: result.files,
  rows: file.get<{ n: number }>('SELECT count(*) AS n FROM entry')?.n ?? 0,
  pairs: result.pairs,
  changes: result.added + result.changed + result.vanished,
};
file.close();
console.log(JSON.stringify(run));
