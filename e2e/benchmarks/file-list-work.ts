import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { remotePathSql, sendSql, sourceImageSql } from '../../electron/engine/library/entry-sql.ts';
import { SubmissionFile } from '../../electron/engine/library/submission-file.ts';
import { profileOfFile } from '../../electron/engine/library/submission-row.ts';
import { benchRow } from './bench-row.ts';
import { makeIndex } from './grid-index.ts';
import { ensurePeer } from './peers.ts';
import { inOwnProcess, interleaved, mostMemory, pairedRatio, timed } from './rounds.ts';
import type { Work } from './works.ts';

interface Written {
  readonly seconds: number;
  readonly memoryMB: number;
  readonly rows: number;
  readonly longestDelayMs: number;
}

const ours = join(import.meta.dirname, 'file-list-process.ts');

export const work: Work = {
  about: 'writing the file list of a million files, against sqlite3 printing the same rows',
  async run(bench) {
    ensurePeer('sqlite3', 'sqlite3');
    const many = bench.files ?? 1_000_000;
    const large = make(bench.folder, many);
    const small = make(bench.folder, Math.ceil(many / 10));
    let delay = 0;
    const write = async ({ path, folder, rows }: Made) => {
      const written = await inOwnProcess<Written>(ours, [path, folder]);
      if (written.rows !== rows) throw new Error(`${written.rows} rows were written instead of ${rows}.`);
      delay = Math.max(delay, written.longestDelayMs);
      return written;
    };
    const print = ({ path, query, printed }: Made) =>
      timed('sh', ['-c', 'exec sqlite3 -readonly -tabs "$0" < "$1" > "$2"', path, query, printed]);
    const runs = await interleaved(bench.rounds, { ours: () => write(large), peer: () => print(large) });
    const memoryMB = mostMemory(runs.ours);
    bench.row(
      benchRow({
        work: `file list: write ${many.toLocaleString('en')} rows`,
        peer: 'sqlite3 -tabs printing the same rows',
        ratio: pairedRatio(runs.ours, runs.peer),
        reach: 2,
        memoryMB,
      }),
    );
    const few = await write(small);
    bench.row(
      benchRow({
        work: `file list: memory for ${many.toLocaleString('en')} rows`,
        peer: `memory for ${small.rows.toLocaleString('en')} rows`,
        ratio: (memoryMB ?? Number.NaN) / few.memoryMB,
        reach: 1.25,
        memoryMB,
      }),
    );
    bench.note(`the event loop was held for ${Math.round(delay)} ms of its thread at most`);
  },
};

interface Made {
  readonly path: string;
  readonly rows: number;
  readonly folder: string;
  readonly query: string;
  readonly printed: string;
}

/** A submission in which every file is sent, and what has sqlite3 print its file list. */
function make(folder: string, rows: number): Made {
  const at = (name: string) => join(folder, `${rows}${name}`);
  const made = { path: at('.slipway'), rows, folder: at(' lists'), query: at('.sql'), printed: at('.tsv') };
  makeIndex(made.path, rows);
  mkdirSync(made.folder);
  const file = SubmissionFile.open(made.path);
  file.run('UPDATE entry SET send_chosen = 1');
  writeFileSync(
    made.query,
    `SELECT 'folder/' || ${remotePathSql()}, e.annotation_type, ${sourceImageSql}
     FROM entry e CROSS JOIN source s ON s.id = e.source_id
     WHERE ${sendSql(profileOfFile(file))} ORDER BY e.source_id, e.path;`,
  );
  file.close();
  return made;
}
