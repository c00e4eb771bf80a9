import { monitorEventLoopDelay } from 'node:perf_hooks';
import { writeFileLists } from '../../electron/engine/deposit/file-lists.ts';
import { SubmissionFile } from '../../electron/engine/library/submission-file.ts';
import { peakMemoryMB } from './rounds.ts';

// Writes the file lists of a submission into a folder, in a process of its own: `file-list-process.ts FILE FOLDER`.

const [path = '', folder = ''] = process.argv.slice(2);
const file = SubmissionFile.open(path);
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const began = performance.now();
const written = await writeFileLists(file, folder);
const seconds = (performance.now() - began) / 1000;
file.close();
const rows = written.reduce((sum, list) => sum + list.rows, 0);
console.log(JSON.stringify({ seconds, memoryMB: peakMemoryMB(), rows, longestDelayMs: delay.max / 1e6 }));
