import { writeFileLists } from '../../electron/engine/deposit/file-lists.ts';
import { SubmissionFile } from '../../electron/engine/library/submission-file.ts';
import { watchLoop } from './loop-watch.ts';
import { peakMemoryMB } from './rounds.ts';

// Writes the file lists of a submission into a folder, in a process of its own: `file-list-process.ts FILE FOLDER`.

const [path = '', folder = ''] = process.argv.slice(2);
const file = SubmissionFile.open(path);
const loop = watchLoop();
const began = performance.now();
const written = await writeFileLists(file, folder);
const seconds = (performance.now() - began) / 1000;
file.close();
const rows = written.reduce((sum, list) => sum + list.rows, 0);
console.log(JSON.stringify({ seconds, memoryMB: peakMemoryMB(), rows, longestDelayMs: loop.stop().cpuMs }));
