import { join } from 'node:path';
import { entryPage, entryPlace } from '../../electron/engine/library/entries.ts';
import { SubmissionFile } from '../../electron/engine/library/submission-file.ts';
import type { EntryFilter, EntrySort } from '../../shared/contract/file-calls.ts';
import { benchRow } from './bench-row.ts';
import { makeIndex } from './grid-index.ts';
import { median, peakMemoryMB } from './rounds.ts';
import type { Work } from './works.ts';

const FEW = 10_000;
const ROWS_A_PAGE = 100;
const REACH = 2;

const sorts: readonly EntrySort[] = (['path', 'size', 'kind', 'modified', 'findings'] as const).flatMap(
  (by) => [false, true].map((descending) => ({ by, descending })),
);
const filters: Readonly<Record<string, EntryFilter>> = {
  'by kind': { kind: 'mask' },
  'by what is sent': { send: true },
  'by findings': { finding: 'must' },
  'not paired': { paired: false },
  'by folder': { sourceId: 1 },
  'by three things': { kind: 'image', send: false, finding: 'may' },
};
const texts = ['well-0042', 'field', 'PNG', 'nowhere'];

/** An open submission and how many files it has. */
interface Opened {
  readonly file: SubmissionFile;
  readonly rows: number;
}
type Deed = (of: Opened) => Promise<unknown>;

const page = (at: number, filter: EntryFilter = {}, sort?: EntrySort): Deed => {
  return ({ file, rows }) => {
    const offset = Math.max(0, Math.floor((rows - ROWS_A_PAGE) * at));
    return entryPage(file, { offset, limit: ROWS_A_PAGE, filter, ...(sort ? { sort } : {}) });
  };
};

/** Forgets filters and orders asked before: an edit of one file does. */
let turn = 0;
const touch = ({ file }: Opened) => file.run('UPDATE entry SET send_chosen = ? WHERE id = 1', turn++ % 2);

export const work: Work = {
  about: 'pages, sorts, filters and jumps in a million rows, against ten thousand',
  async run(bench) {
    const many = bench.files ?? 1_000_000;
    const opened = [many, FEW].map((rows): Opened => {
      const path = join(bench.folder, `${rows}.slipway`);
      makeIndex(path, rows);
      return { file: SubmissionFile.open(path), rows };
    });
    const [large, small] = opened as [Opened, Opened];
    const row = async (what: string, deeds: readonly Deed[], before: (of: Opened) => void = () => {}) => {
      const ratios: number[] = [];
      for (let round = -1; round < bench.rounds * 3; round++) {
        for (const deed of deeds) {
          const ours = await milliseconds(deed, large, before);
          const peers = await milliseconds(deed, small, before);
          if (round >= 0) ratios.push(ours / peers);
        }
      }
      bench.row(
        benchRow({
          work: `grid: ${what}, ${many.toLocaleString('en')} rows`,
          peer: `the same in ${FEW.toLocaleString('en')} rows`,
          ratio: median(ratios),
          reach: REACH,
          memoryMB: peakMemoryMB(),
        }),
      );
    };
    try {
      for (const one of opened) {
        const began = performance.now();
        await page(0)(one);
        bench.note(
          `first look at ${one.rows} rows after opening: ${Math.round(performance.now() - began)} ms`,
        );
      }
      const ends = [0, 0.5, 1];
      await row(
        'any sort, first, middle and last page',
        sorts.flatMap((sort) => ends.map((at) => page(at, {}, sort))),
      );
      for (const [what, filter] of Object.entries(filters)) {
        await row(`filter ${what}, first page of it, not asked before`, [page(0, filter)], touch);
        const jumps = ends.map((at) => page(at / 40, filter, { by: 'size', descending: true }));
        await row(`filter ${what}, jumps in it`, jumps);
      }
      for (const text of texts) {
        await row(`text “${text}”, not asked before`, [page(0, { text })], touch);
        await row(
          `text “${text}”, jumps in it`,
          ends.map((at) => page(at / 40, { text })),
        );
      }
      const place: Deed = ({ file, rows }) =>
        entryPlace(file, { entryId: rows >> 1, sort: { by: 'modified', descending: true } });
      await row('where an entry stands', [place]);
      await row('the page after an edit', [page(0.5)], touch);
    } finally {
      for (const { file } of opened) file.close();
    }
  },
};

async function milliseconds(deed: Deed, of: Opened, before: (of: Opened) => void): Promise<number> {
  before(of);
  const began = performance.now();
  await deed(of);
  return performance.now() - began;
}
