import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type Session, startSession } from '../../electron/terminal/session.ts';
import type { EntryFilter, EntrySort } from '../../shared/contract/file-calls.ts';
import type { ColumnKey } from '../../shared/model/list-column.ts';
import { benchRow } from './bench-row.ts';
import { makeIndex } from './grid-index.ts';
import { watchLoop } from './loop-watch.ts';
import { peakMemoryMB } from './rounds.ts';
import type { Bench, Work } from './works.ts';

const FEW = 10_000;
const ROWS_A_PAGE = 100;
const REACH = 2;

const numbers = ['path', 'size', 'kind', 'modified', 'findings'] as const;
const texts = ['name', 'format', 'remotePath', 'pairedWith', 'cell:Source Image', 'cell:Dye'] as const;

const filters: Readonly<Record<string, EntryFilter>> = {
  'by kind': { kind: 'mask' },
  'by what is sent': { send: true },
  'by findings': { finding: 'must' },
  'not paired': { paired: false },
  'by source': { sourceId: 1 },
  'by folder': { folder: 'plate-000/images' },
  'by size': { columns: [{ column: 'size', is: 'between', from: 1_000_000, to: 9_000_000 }] },
  'by three things': { kind: 'image', send: false, finding: 'may' },
};

/** Texts that were not asked before: another one each round, of which the last six are not the same. */
const newFilters: Readonly<Record<string, (round: number) => EntryFilter>> = {
  'a text in one folder of a plate': (round) => ({ text: `well-00${String(round % 50).padStart(2, '0')}` }),
  'a text of one file': (round) => ({ text: `field_000${String(1000 + round * 7)}` }),
  'a text that half have': (round) => ({ text: commonTexts[round % commonTexts.length] ?? '' }),
  'a text that none has': (round) => ({ text: `nowhere${round}` }),
  'a name of few, by size': (round) => ({
    columns: [{ column: 'name', is: 'contains', text: `000${String(1000 + round * 7)}_M` }],
  }),
  'a source image': (round) => ({
    columns: [{ column: 'cell:Source Image', is: 'contains', text: `field_000${String(1000 + round * 7)}` }],
  }),
  'files that have a dye': (round) => ({
    columns: [
      { column: 'cell:Dye', is: 'filled' },
      { column: 'size', is: 'between', from: round },
    ],
  }),
};
const commonTexts = [
  'PNG',
  '_mask',
  'masks/',
  'sk.png',
  '_MASK.',
  'ask.p',
  'k.png',
  '.png',
  'mask.png',
  'asks',
];

/** An engine, asked over the contract as a window asks it, with one submission open. */
interface Asked {
  readonly session: Session;
  readonly id: string;
  readonly rows: number;
}
type Deed = (of: Asked) => Promise<unknown>;

const page = (at: number, filter: EntryFilter = {}, sort?: EntrySort): Deed => {
  return ({ session, id, rows }) => {
    const offset = Math.max(0, Math.floor((rows - ROWS_A_PAGE) * at));
    const limit = ROWS_A_PAGE;
    return session.client.call('entries.page', {
      id,
      offset,
      limit,
      filter,
      soon: true,
      ...(sort ? { sort } : {}),
    });
  };
};

/** Forgets what was counted: an edit of one file does. */
let turn = 0;
const touch: Deed = ({ session, id }) =>
  session.client.call('entries.edit', { id, entries: [1], edit: { send: turn++ % 2 === 0 } });

export const work: Work = {
  about: 'pages, sorts, filters and jumps in a million rows, against ten thousand, asked over the contract',
  async run(bench) {
    const large = await open(bench, bench.files ?? 1_000_000);
    const small = await open(bench, FEW);
    const row = async (
      what: string,
      deeds: (round: number) => readonly Deed[],
      before: Deed = async () => {},
    ) => {
      const [ours, peers]: [number[], number[]] = [[], []];
      for (let round = -1; round < bench.rounds * 3; round++) {
        for (const deed of deeds(round + 1)) {
          const took = [await milliseconds(deed, large, before), await milliseconds(deed, small, before)];
          if (round < 0) continue;
          ours.push(took[0] ?? Number.NaN);
          peers.push(took[1] ?? Number.NaN);
        }
      }
      bench.row(
        benchRow({
          work: `grid: ${what}, ${large.rows.toLocaleString('en')} rows`,
          peer: `the same in ${FEW.toLocaleString('en')} rows`,
          ratio: quicker(ours) / quicker(peers),
          reach: REACH,
          memoryMB: peakMemoryMB(),
        }),
      );
    };
    const loop = watchLoop();
    const ends = [0, 0.5, 1];
    const ways = [false, true];
    const first = async (what: string, deed: Deed) => {
      const took = [await milliseconds(deed, large), await milliseconds(deed, small)];
      bench.note(`${what}: ${took.map((ms) => `${Math.round(ms)} ms`).join(', with 10,000 rows ')}`);
    };
    try {
      await first('first look after opening', page(0));
      await row('any page', () => ends.map((at) => page(at)));
      for (const by of [...numbers, ...texts] satisfies ColumnKey[]) {
        await first(`first sort by ${by}`, page(0, {}, { by, descending: false }));
        const sorts = ways.flatMap((descending) => ends.map((at) => page(at, {}, { by, descending })));
        await row(`sort by ${by}, first, middle and last page`, () => sorts);
      }
      for (const [what, filter] of Object.entries(filters)) {
        await row(`filter ${what}, first page of it, not asked before`, () => [page(0, filter)], touch);
        const jumps = ends.map((at) => page(at / 40, filter, { by: 'size', descending: true }));
        await row(`filter ${what}, jumps in it`, () => jumps);
      }
      await first('first search of a text', page(0, { text: 'not there' }));
      for (const [what, filter] of Object.entries(newFilters)) {
        await first(`first search of ${what}`, page(0, filter(99)));
        await row(`${what}, first page of it, not asked before`, (round) => [page(0, filter(round))], touch);
        await row(`${what}, jumps in it`, () => ends.map((at) => page(at / 40, filter(0))));
        await first(`all ${what}, counted`, total(filter(55)));
      }
      const place: Deed = ({ session, id, rows }) =>
        session.client.call('entries.place', {
          ...{ id, entryId: rows >> 1, filter: {}, sort: { by: 'modified', descending: true } },
        });
      await row('where an entry stands', () => [place]);
      await row('the page after an edit', () => [page(0.5)], touch);
      const held = loop.stop();
      bench.row(
        benchRow({
          ...{
            work: `grid: engine held, ${large.rows.toLocaleString('en')} rows`,
            peer: '50 ms of its thread',
          },
          ...{ ratio: held.cpuMs / 50, reach: 1 },
        }),
      );
      bench.note(
        `the engine was held for ${Math.round(held.wallMs)} ms by the clock, in which others worked too`,
      );
    } finally {
      await large.session.close();
      await small.session.close();
    }
  },
};

async function open(bench: Bench, rows: number): Promise<Asked> {
  const path = join(bench.folder, `${rows}.slipway`);
  makeIndex(path, rows);
  const session = startSession(join(bench.folder, `home of ${rows}`));
  const { id } = await session.open(path);
  return { session, id, rows };
}

/** Waits until all rows are counted. */
const total =
  (filter: EntryFilter): Deed =>
  ({ session, id }) =>
    session.client.call('entries.page', { id, offset: 0, limit: 1, filter });

async function milliseconds(deed: Deed, of: Asked, before: Deed = async () => {}): Promise<number> {
  await before(of);
  await setImmediate();
  const began = performance.now();
  await deed(of);
  return performance.now() - began;
}

/** The time that a quarter of the rounds kept to: other programs on the machine only ever make a page slower. */
function quicker(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 4)] ?? Number.NaN;
}
