import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EntryFilter, EntrySort } from '../../../shared/contract/file-calls.ts';
import { editEntries, entryPage, entryPlace } from './entries.ts';
import { filterSql } from './filter-sql.ts';
import { redo, undo } from './history.ts';
import { Slices } from './in-slices.ts';
import { orderByFew, orderByNumber } from './number-order.ts';
import { removeSource } from './sources.ts';
import type { SubmissionFile } from './submission-file.ts';
import { profileOfFile } from './submission-row.ts';
import { newSubmissionFile, temporaryFolder, writeIndex } from './test-support.ts';

const kind = fc.constantFrom('image', 'mask', 'table', 'other');
const level = fc.constantFrom('must', 'should', 'may');
const path = fc.string({
  unit: fc.constantFrom('a', 'B', 'b', '/', 'é', '%', '_', '.'),
  minLength: 1,
  maxLength: 4,
});
const row = fc.record({ path, kind, size: fc.nat(3), modified: fc.constantFrom(-1.5, 0, 0.25, 2 ** 41) });

type ValueOf<T> = T extends fc.Arbitrary<infer V> ? V : never;

/** What may happen to an index between two looks at it. */
const deed = fc.oneof(
  fc.record({ do: fc.constant('edit' as const), row: fc.nat(), to: kind }),
  fc.record({ do: fc.constant('send' as const), kind, send: fc.boolean() }),
  fc.record({ do: fc.constant('add' as const), row }),
  fc.record({ do: fc.constant('remove' as const), row: fc.nat() }),
  fc.record({
    do: fc.constant('state' as const),
    row: fc.nat(),
    state: fc.constantFrom('present', 'vanished'),
  }),
  fc.record({ do: fc.constant('sent' as const), row: fc.nat(), state: fc.constantFrom('sent', 'confirmed') }),
  fc.record({ do: fc.constant('find' as const), row: fc.nat(), level }),
  fc.record({ do: fc.constant('mend' as const) }),
  fc.record({ do: fc.constant('check' as const), row: fc.nat(), level }),
  fc.record({ do: fc.constant('pair' as const), image: fc.nat(), mask: fc.nat(), parted: fc.nat(1) }),
  fc.record({ do: fc.constant('grow' as const), row: fc.nat(), size: fc.nat(9) }),
  fc.record({ do: fc.constantFrom('undo' as const, 'redo' as const, 'take out' as const) }),
);

const filter = fc.record(
  {
    kind,
    send: fc.boolean(),
    finding: level,
    paired: fc.boolean(),
    text: fc.string({ unit: fc.constantFrom('a', 'b', 'É', '/', '%', '_') }),
    sourceId: fc.nat(3),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<EntryFilter>;
type BuiltInSort = EntrySort & { readonly by: Exclude<EntrySort['by'], `cell:${string}`> };
const sort = fc.record({
  by: fc.constantFrom('path', 'size', 'kind', 'modified', 'findings'),
  descending: fc.boolean(),
}) as fc.Arbitrary<BuiltInSort>;
const look = fc.record({ filter, sort, offset: fc.nat(8), limit: fc.integer({ min: 1, max: 9 }) });

let remove: () => void;
let folder: string;
beforeEach(() => {
  const made = temporaryFolder();
  ({ folder, remove } = made);
});
afterEach(() => remove());

const weight = `(SELECT coalesce(sum(CASE level WHEN 'must' THEN 1e12 WHEN 'should' THEN 1e6 ELSE 1 END), 0)
  FROM finding WHERE entry_id = e.id)`;

/** The plainest way there is to say which rows a page has. */
function plainly(file: SubmissionFile, filter: EntryFilter, { by, descending }: BuiltInSort) {
  const { where, parameters } = filterSql(profileOfFile(file), filter);
  const down = descending ? 'DESC' : 'ASC';
  const orders = {
    path: `e.path ${down}, e.id ${down}`,
    size: `e.size ${down}, e.id ${down}`,
    kind: `e.kind ${down}, e.path ${down}, e.id ${down}`,
    modified: `e.modified_ms ${down}, e.id ${down}`,
    findings: `${weight} ${down}, e.path, e.id`,
  };
  return file.all<{ id: number; size: number }>(
    `SELECT e.id, e.size FROM entry e WHERE ${where} ORDER BY ${orders[by]}`,
    ...parameters,
  );
}

async function looksRight(
  file: SubmissionFile,
  { filter, sort, offset, limit }: ValueOf<typeof look>,
): Promise<void> {
  const rows = plainly(file, filter, sort);
  const page = await entryPage(file, { filter, sort, offset, limit });
  expect(page.rows.map(({ id }) => id)).toEqual(rows.slice(offset, offset + limit).map(({ id }) => id));
  expect(page.total).toBe(rows.length);
  expect(page.bytes).toBe(rows.reduce((sum, { size }) => sum + size, 0));
  const entryId = rows.at(offset % Math.max(1, rows.length))?.id ?? 1;
  const place = rows.findIndex(({ id }) => id === entryId);
  expect(await entryPlace(file, { filter, sort, entryId })).toBe(place === -1 ? null : place);
}

function happen(file: SubmissionFile, one: ValueOf<typeof deed>): void {
  const ids = file.all<{ id: number }>('SELECT id FROM entry ORDER BY id').map(({ id }) => id);
  const nth = (at: number) => ids[at % Math.max(1, ids.length)] ?? -1;
  switch (one.do) {
    case 'edit':
      return void editEntries(file, [nth(one.row)], { kind: one.to });
    case 'send':
      return void editEntries(file, { kind: one.kind }, { send: one.send });
    case 'add':
      return void add(file, one.row);
    case 'remove':
      return void file.run('DELETE FROM entry WHERE id = ?', nth(one.row));
    case 'state':
      return void file.run('UPDATE entry SET state = ? WHERE id = ?', one.state, nth(one.row));
    case 'sent':
      return void file.run(
        `INSERT INTO transfer_file (entry_id, remote_path, local_path, size, modified_ms, state)
         VALUES (?1, 'p' || ?1, '', 1, 1, ?2) ON CONFLICT DO UPDATE SET state = ?2`,
        nth(one.row),
        one.state,
      );
    case 'find':
      return void file.run(
        "INSERT INTO finding (rule, level, entry_id, place, message) SELECT 'r', ?, id, '{}', '' FROM entry WHERE id = ?",
        one.level,
        nth(one.row),
      );
    case 'mend':
      return void file.run('DELETE FROM finding WHERE id % 2 = 1');
    case 'check':
      file.run(
        `INSERT INTO finding_row (run, rule, level, entry_id, place, message)
         SELECT findings_run + 1, 'r', ?, e.id, '{}', '' FROM submission, entry e WHERE e.id = ?`,
        one.level,
        nth(one.row),
      );
      return void file.run('UPDATE submission SET findings_run = findings_run + 1');
    case 'pair':
      return void file.run(
        `INSERT OR IGNORE INTO pair (image_entry_id, mask_entry_id, by, parted)
         SELECT a.id, b.id, 'r', ? FROM entry a, entry b WHERE a.id = ? AND b.id = ?`,
        one.parted,
        nth(one.image),
        nth(one.mask),
      );
    case 'grow':
      return void file.run('UPDATE entry SET size = ? WHERE id = ?', one.size, nth(one.row));
    case 'undo':
      return void undo(file);
    case 'redo':
      return void redo(file);
    case 'take out':
      return void takeOut(file);
  }
}

function takeOut(file: SubmissionFile): void {
  const source = file.get<{ id: number }>('SELECT id FROM source ORDER BY id DESC LIMIT 1');
  if (source) removeSource(file, source.id);
}

function add(file: SubmissionFile, one: ValueOf<typeof row>): void {
  const source = one.size % 2 === 0 ? '/data/set' : '/data/other';
  const taken = file.get(
    'SELECT 1 FROM entry JOIN source s ON s.id = source_id WHERE entry.path = ? AND s.path = ?',
    one.path,
    source,
  );
  if (taken) return;
  const ids = writeIndex(file, { [one.path]: one.kind }, source);
  file.run(
    'UPDATE entry SET size = ?, modified_ms = ? WHERE id = ?',
    one.size,
    one.modified,
    ids[one.path] ?? -1,
  );
}

describe('the grid', () => {
  it('shows what plain SQL shows, for any rows, filter and order, and after whatever happens', async () => {
    let number = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 12 }),
        fc.array(fc.tuple(deed, look), { minLength: 1, maxLength: 12 }),
        async (rows, steps) => {
          const file = newSubmissionFile(folder, `s${number++}`);
          try {
            for (const one of rows) add(file, one);
            for (const [one, what] of steps) {
              await looksRight(file, what);
              happen(file, one);
              await looksRight(file, what);
            }
          } finally {
            file.close();
          }
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);

  it('is right again after a change that was taken back', async () => {
    const file = newSubmissionFile(folder);
    writeIndex(file, { 'a.tif': 'image', 'b.tif': 'mask' });
    const masks = () => entryPage(file, { offset: 0, limit: 9, filter: { kind: 'mask' } });
    expect((await masks()).total).toBe(1);
    expect(() =>
      file.transaction(() => {
        editEntries(file, { kind: 'image' }, { kind: 'mask' });
        throw new Error('no');
      }),
    ).toThrow('no');
    expect((await masks()).total).toBe(1);
    file.close();
  });

  it('answers many who ask at once, while rows come', async () => {
    const file = newSubmissionFile(folder);
    const names = Array.from(
      { length: 9000 },
      (_, at) => [`p${String(at).padStart(5, '0')}`, 'mask'] as const,
    );
    file.transaction(() => writeIndex(file, Object.fromEntries(names.slice(0, 5000))));
    const ask = () => entryPage(file, { offset: 4990, limit: 20, filter: { text: 'P0' } });
    const first = [ask(), ask(), ask()];
    file.transaction(() => writeIndex(file, Object.fromEntries(names.slice(5000))));
    for (const page of await Promise.all(first)) expect([5000, 9000]).toContain(page.total);
    expect((await ask()).rows.map(({ path }) => path)).toEqual(names.slice(4990, 5010).map(([name]) => name));
    file.close();
  });
});

describe('orders of numbers', () => {
  it('are those of a stable comparison', async () => {
    const number = fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(0, 1, -1, 2 ** 53, 1e-300));
    await fc.assert(
      fc.asyncProperty(fc.array(number), async (values) => {
        const numbers = Float64Array.from(values, (value) => value + 0);
        const ids = Uint32Array.from(values.keys());
        const wanted = [...ids].sort((a, b) => (numbers[a] ?? 0) - (numbers[b] ?? 0) || a - b);
        expect([...(await orderByNumber(ids, numbers, new Slices()))]).toEqual(wanted);
        expect([...orderByFew(ids, (id) => numbers[id] ?? 0)]).toEqual(wanted);
      }),
    );
  });
});
