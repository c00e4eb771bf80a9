import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { benchRow } from '../bench-row.ts';
import { ensurePeer } from '../peers.ts';
import { inOwnProcess, interleaved, median, mostMemory, pairedRatio, timed } from '../rounds.ts';
import type { Bench, Work } from '../works.ts';
import type { ScanRun } from './scan-process.ts';
import { type TreeName, trees } from './trees.ts';

const A_MILLION = 1_000_000;
const peer = 'find -printf';
const scanProcess = join(import.meta.dirname, 'scan-process.ts');

/** Reaches of DESIGN.md, "Numbers to reach". */
const reach = { first: 1.5, again: 1.1, memoryMB: 300, flat: 1.25, heldMs: 50 };

/** Index of a tree and a second scan of it, against `find` on the same tree; memory; how long the engine is deaf. */
export const work: Work = {
  about: 'walks and indexes a million files, and again with nothing changed',
  run: async (bench) => {
    ensurePeer('find', 'findutils');
    const files = bench.files ?? A_MILLION;
    const small = await measure(bench, 'mixed', Math.ceil(files / 5), 1, false);
    const mixed = await measure(bench, 'mixed', files, bench.rounds);
    bench.row(
      benchRow({
        work: `scan: memory of ${count(files)} files, of ${count(Math.ceil(files / 5))}`,
        peer: 'flat',
        ratio: mixed.memoryMB / small.memoryMB,
        reach: reach.flat,
        memoryMB: mixed.memoryMB,
      }),
    );
    for (const tree of ['wide', 'deep', 'zarr-like'] as const)
      await measure(bench, tree, files, bench.rounds);
  },
};

async function measure(
  bench: Bench,
  tree: TreeName,
  files: number,
  rounds: number,
  tell = true,
): Promise<{ memoryMB: number }> {
  const folder = join(bench.folder, `${tree}-${files}`);
  trees[tree](folder, files);
  // Files that were written a moment ago are held back and looked at again.
  await sleep(4000);
  const file = join(bench.folder, `${tree}-${files}.slipway`);
  const firsts: ScanRun[] = [];
  const seconds: ScanRun[] = [];
  const scan = async (into: ScanRun[]) => {
    const run = await inOwnProcess<ScanRun>(scanProcess, [folder, file]);
    if (run.files !== files) throw new Error(`${run.files} files were found of ${files}.`);
    into.push(run);
    return run;
  };
  const find = () => timed('find', [folder, '-printf', '%s %T@ %p\\n']);
  await find();
  const runs = await interleaved(rounds, {
    find,
    first: () => {
      for (const ending of ['', '-wal', '-journal']) rmSync(file + ending, { force: true });
      return scan(firsts);
    },
    findAgain: find,
    again: () => scan(seconds),
  });
  if (seconds.some(({ changes }) => changes > 0)) throw new Error('The second scan found changes.');
  const what = `${count(files)} files, ${tree}`;
  const memoryMB = Math.max(mostMemory(firsts) ?? 0, mostMemory(seconds) ?? 0);
  const ms = (list: readonly ScanRun[]) => Math.max(...list.map(({ heldMs }) => heldMs));
  if (tell) {
    bench.row(
      benchRow({
        ...{ work: `scan: first index of ${what}`, peer, ratio: pairedRatio(runs.first, runs.find) },
        ...{ reach: reach.first, memoryMB: mostMemory(firsts) },
      }),
    );
    bench.row(
      benchRow({
        ...{ work: `scan: again, ${what}`, peer, ratio: pairedRatio(runs.again, runs.findAgain) },
        ...{ reach: reach.again, memoryMB: mostMemory(seconds) },
      }),
    );
    for (const [name, list] of [
      ['first', firsts],
      ['again', seconds],
    ] as const) {
      bench.row(
        benchRow({
          ...{ work: `scan: event loop held, ${name}, ${what}`, peer: `${reach.heldMs} ms` },
          ...{ ratio: ms(list) / reach.heldMs, reach: 1 },
        }),
      );
    }
    bench.row(
      benchRow({
        ...{ work: `scan: memory, ${what}`, peer: `${reach.memoryMB} MB`, ratio: memoryMB / reach.memoryMB },
        ...{ reach: 1, memoryMB },
      }),
    );
  }
  const of = (list: readonly number[]) => median(list).toFixed(2);
  const all = (list: readonly { seconds: number }[]) => of(list.map(({ seconds }) => seconds));
  bench.note(
    `${what}, ${count(firsts[0]?.rows ?? 0)} rows, ${count(firsts[0]?.pairs ?? 0)} pairs: find ${all(runs.find)} s, first ${all(firsts)} s ` +
      `(pairing ${of(firsts.map(({ pairingSeconds }) => pairingSeconds))} s more), again ${all(seconds)} s`,
  );
  return { memoryMB };
}

function count(n: number): string {
  return n.toLocaleString('en');
}
