import { parentPort, workerData } from 'node:worker_threads';
import type { FolderJob, WalkerStart } from './walk-messages.ts';
import { WalkerThread } from './walker-thread.ts';

// The program of a walker thread: takes lists of folders, hands back batches of what is in them.

const port = parentPort;
if (port === null) throw new Error('This module is the program of a thread.');
const walker = new WalkerThread(workerData as WalkerStart, (batch) =>
  port.postMessage(
    batch,
    batch.fresh.map(({ rows }) => rows.buffer),
  ),
);
let before = Promise.resolve();
port.on('message', (jobs: FolderJob[]) => {
  before = before.then(() => walker.work(jobs));
});
