import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type BenchRow, tableOf } from './bench-row.ts';
import { type Bench, works } from './works.ts';

// `npm run bench -- <work>… [--json] [--files N] [--rounds N] [--keep]`: runs a peer and Slipway in turn and prints
// ratios. Ends with 1 when a reach is missed, with 2 when a work could not be run.

const usage = `npm run bench -- <work>… [--json] [--files N] [--rounds N] [--in FOLDER] [--keep]

Works: ${Object.keys(works).join(', ')}, or all of them: all

  --json      one JSON object a row: work, peer, ratio, reach, met, memoryMB
  --files N   trees and tables of N files instead of as many as the reach speaks of
  --rounds N  paired rounds (3)
  --in FOLDER where to build what is needed (the system's temporary folder)
  --keep      leave what was built in place and say where`;

function options() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
        files: { type: 'string' },
        rounds: { type: 'string', default: '3' },
        in: { type: 'string', default: tmpdir() },
      },
    });
    const names = positionals.includes('all') ? Object.keys(works) : positionals;
    const rounds = Number(values.rounds);
    const files = values.files === undefined ? null : Number(values.files);
    const isCount = (n: number) => Number.isInteger(n) && n > 0;
    if (names.length === 0 || names.some((name) => !(name in works)) || !isCount(rounds)) return null;
    if (files !== null && !isCount(files)) return null;
    return { ...values, names, rounds, files };
  } catch {
    return null;
  }
}

async function main(): Promise<number> {
  const chosen = options();
  if (chosen === null) {
    console.error(usage);
    return 2;
  }
  const rows: BenchRow[] = [];
  let failed = false;
  for (const name of chosen.names) {
    const folder = mkdtempSync(join(chosen.in, `slipway-bench-${name}-`));
    const bench: Bench = {
      folder,
      rounds: chosen.rounds,
      files: chosen.files,
      row: (row) => {
        rows.push(row);
        if (chosen.json) console.log(JSON.stringify(row));
      },
      // Not among the rows: whoever reads those wants nothing else on the standard output.
      note: (text) => console.error(`${name}: ${text}`),
    };
    const stop = () => {
      rmSync(folder, { recursive: true, force: true });
      process.exit(130);
    };
    process.once('SIGINT', stop);
    try {
      const { work } = await (works[name] as NonNullable<(typeof works)[string]>)();
      await work.run(bench);
    } catch (error) {
      failed = true;
      bench.note(`could not be run to its end. ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      process.removeListener('SIGINT', stop);
      if (chosen.keep) bench.note(`left in ${folder}`);
      else rmSync(folder, { recursive: true, force: true });
    }
  }
  if (!chosen.json && rows.length > 0) console.log(`\n${tableOf(rows)}`);
  if (failed) return 2;
  return rows.every(({ met }) => met) ? 0 : 1;
}

process.exitCode = await main();
