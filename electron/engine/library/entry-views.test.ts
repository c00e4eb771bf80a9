import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EntryFilter, EntrySort } from '../../../shared/contract/file-calls.ts';
import { builtInColumnSchema, type ColumnKey, cellColumn } from '../../../shared/model/list-column.ts';
import { columnSql } from './column-sql.ts';
import { editEntries, entryPage, entryPlace } from './entries.ts';
import { filterSql } from './filter-sql.ts';
import { redo, undo } from './history.ts';
import { Slices } from './in-slices.ts';
import { orderByFew, orderByNumber } from './number-order.ts';
import { pairPage } from './pairs.ts';
import { removeSource } from './sources.ts';
import type { SubmissionFile } from './submission-file.ts';
import { profileOfFile } from './submission-row.ts';
import { newSubmissionFile, plainPairPage, temporaryFolder, writeIndex } from './test-support.ts';

const kind = fc.constantFrom('image', 'mask', 'table', 'other');
const level = fc.constantFrom('must', 'should', 'may');
const path = fc.string({
  unit: fc.constantFrom('a', 'B', 'b', '/', 'é', '%', '_', '.'),
  minLength: 1,
  maxLength: 4,
});
const headers = ['Annotation Type', 'Source Image', 'Dye', '$."x'];
const row = fc.record({ path, kind, size: fc.nat(3), modified: fc.constantFrom(-1.5, 0, 0.25, 2 ** 41) });

type ValueOf<T> = T extends fc.Arbitrary<infer V> ? V : never;

/** What may be done about the texts of an index. */
const typed = fc.oneof(
  fc.record({
    do: fc.constant('type' as const),
    row: fc.nat(),
    edit: fc.oneof(
      fc.record({ remotePath: fc.constantFrom('', 'a/b', 'É') }),
      fc.record({ annotationType: fc.constantFrom('', 'b', 'class_labels') }),
      fc.record({ sourceImage: fc.constantFrom('', 'a', 'É/b') }),
      fc.record({
        columns: fc.dictionary(fc.constantFrom('Dye', '$."x'), fc.constantFrom('', 'a', 'aÉ', 'b%')),
      }),
    ),
  }),
  fc.record({ do: fc.constant('describe' as const), type: fc.constantFrom('a', 'b') }),
);

/** What may happen to an index between two looks at it. */
const deed = fc.oneof(
  typed,
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

const column = fc.constantFrom<ColumnKey>(...builtInColumnSchema.options, ...headers.map(cellColumn));
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'É', '/', '%', '_'), maxLength: 3 });
const condition = fc.oneof(
  fc.record({ column, is: fc.constantFrom('equals' as const, 'contains' as const), text }),
  fc.record({ column, is: fc.constantFrom('empty' as const, 'filled' as const) }),
  fc.record(
    {
      column: fc.constantFrom('size' as const, 'members' as const, 'modified' as const),
      is: fc.constant('between' as const),
      from: fc.nat(3),
      to: fc.nat(5),
    },
    { requiredKeys: ['column', 'is'] },
  ),
);
const filter = fc.record(
  {
    kind,
    send: fc.boolean(),
    finding: level,
    paired: fc.boolean(),
    text,
    sourceId: fc.nat(3),
    folder: fc.constantFrom('', 'a', 'b'),
    columns: fc.array(condition, { maxLength: 2 }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<EntryFilter>;
const sort: fc.Arbitrary<EntrySort> = fc.record({ by: column, descending: fc.boolean() });
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
function plainly(file: SubmissionFile, filter: EntryFilter, { by, descending }: EntrySort) {
  const profile = profileOfFile(file);
  const { where, parameters } = filterSql(profile, filter);
  const down = descending ? 'DESC' : 'ASC';
  const value = columnSql(profile, by);
  const orders: Partial<Record<ColumnKey, string>> = {
    path: `e.source_id ${down}, e.path ${down}`,
    size: `e.size ${down}, e.id ${down}`,
    modified: `e.modified_ms ${down}, e.id ${down}`,
    findings: `${weight} ${down}, e.source_id, e.path`,
  };
  const order = orders[by];
  return file.all<{ id: number; size: number }>(
    `SELECT e.id, e.size FROM entry e WHERE ${where}
     ORDER BY ${order ?? `(${value.sql}) = '', (${value.sql}) ${down}, e.source_id ${down}, e.path ${down}`}`,
    ...parameters,
    ...(order === undefined ? [...value.parameters, ...value.parameters] : []),
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
  const early = await entryPage(file, { filter, sort, offset, limit, soon: true });
  expect(early.rows).toEqual(page.rows);
  expect(early.total).toBe(page.total);
  const pairs = { offset, limit, text: filter.text ?? '' };
  expect(await pairPage(file, pairs)).toEqual(plainPairPage(file, pairs));
  const entryId = rows.at(offset % Math.max(1, rows.length))?.id ?? 1;
  const place = rows.findIndex(({ id }) => id === entryId);
  expect(await entryPlace(file, { filter, sort, entryId })).toBe(place === -1 ? null : place);
}

function happen(file: SubmissionFile, one: ValueOf<typeof deed>): void | Promise<void> {
  const ids = file.all<{ id: number }>('SELECT id FROM entry ORDER BY id').map(({ id }) => id);
  const nth = (at: number) => ids[at % Math.max(1, ids.length)] ?? -1;
  switch (one.do) {
    case 'edit':
      return void editEntries(file, [nth(one.row)], { kind: one.to });
    case 'type':
      return void editEntries(file, [nth(one.row)], one.edit);
    case 'describe':
      return void file.run(
        "UPDATE metadata SET document = json_set(document, '$.annotations', json_array(json_object('id', 'x', 'values', json_object('type', ?))))",
        one.type,
      );
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
      return takeOut(file);
  }
}

async function takeOut(file: SubmissionFile): Promise<void> {
  const source = file.get<{ id: number }>('SELECT id FROM source ORDER BY id DESC LIMIT 1');
  if (source) await removeSource(file, source.id);
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

async function staysRight(
  deeds: fc.Arbitrary<ValueOf<typeof deed>>,
  looks: fc.Arbitrary<ValueOf<typeof look>>,
  numRuns: number,
): Promise<void> {
  let number = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { maxLength: 12 }),
      fc.array(fc.tuple(deeds, looks), { minLength: 1, maxLength: 12 }),
      async (rows, steps) => {
        const file = newSubmissionFile(folder, `s${number++}`);
        try {
          for (const one of rows) add(file, one);
          for (const [one, what] of steps) {
            await looksRight(file, what);
            await happen(file, one);
            await looksRight(file, what);
          }
        } finally {
          file.close();
        }
      },
    ),
    { numRuns },
  );
}

describe('the grid', () => {
  it('shows what plain SQL shows, for any rows, filter and order, and after whatever happens', async () => {
    await staysRight(deed, look, 60);
  }, 180_000);

  it('follows what is typed into cells, and pairs that come and go', async () => {
    const key = fc.constantFrom<ColumnKey>('remotePath', 'pairedWith', ...headers.map(cellColumn));
    const value = fc.constantFrom('a', 'b', 'A', 'É', 'set/a');
    const asked = fc.oneof(
      fc.record({ column: key, is: fc.constantFrom('equals' as const, 'contains' as const), text: value }),
      fc.record({ column: key, is: fc.constantFrom('empty' as const, 'filled' as const) }),
    );
    const seen = fc.record({
      filter: fc.record({ columns: fc.array(asked, { maxLength: 1 }) }),
      sort: fc.record({ by: key, descending: fc.boolean() }),
      offset: fc.nat(2),
      limit: fc.constant(9),
    }) as typeof look;
    const pair = fc.record({
      do: fc.constant('pair' as const),
      image: fc.nat(),
      mask: fc.nat(),
      parted: fc.constant(0),
    });
    const back = fc.record({ do: fc.constantFrom('undo' as const, 'redo' as const) });
    await staysRight(fc.oneof({ weight: 4, arbitrary: typed }, pair, back), seen, 40);
  }, 180_000);

  it('follows what the description says for all files of an annotation', async () => {
    const file = newSubmissionFile(folder);
    writeIndex(file, { 'a.tif': 'mask' });
    const describe = (type: string) => void happen(file, { do: 'describe', type } as ValueOf<typeof deed>);
    const filter: EntryFilter = { columns: [{ column: 'cell:Annotation Type', is: 'equals', text: 'a' }] };
    const total = async () => (await entryPage(file, { offset: 0, limit: 9, filter })).total;
    describe('a');
    expect(await total()).toBe(1);
    describe('b');
    expect(await total()).toBe(0);
    file.close();
  });

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

describe('a page that is wanted soon', () => {
  it('has the rows that it has when all was counted, whatever the order, and says what is not counted', async () => {
    const file = newSubmissionFile(folder);
    const names = Array.from(
      { length: 5000 },
      (_, at) => `${at % 7}/${at % 3 ? 'cell' : 'Cell'} ${at * 7919}`,
    );
    file.transaction(() =>
      writeIndex(file, Object.fromEntries(names.map((name) => [name, 'image'] as const))),
    );
    const filters: EntryFilter[] = [
      { text: 'CELL 1' },
      { text: 'cell', kind: 'image' },
      { columns: [{ column: 'name', is: 'contains', text: '99' }] },
      { columns: [{ column: 'cell:Dye', is: 'empty' }] },
      { folder: '3' },
    ];
    let early = 0;
    for (const filter of filters) {
      for (const by of ['path', 'size', 'name'] as const) {
        const query = { offset: 20, limit: 30, filter, sort: { by, descending: by === 'size' } };
        // Forgets what it counted before.
        file.run('UPDATE entry SET size = size WHERE id = 1');
        const soon = await entryPage(file, { ...query, soon: true });
        expect(soon.total).toBeGreaterThanOrEqual(50);
        early += Number(!soon.totalIsFinal);
        file.run('UPDATE entry SET size = size WHERE id = 1');
        const page = await entryPage(file, query);
        expect(page.totalIsFinal).toBe(true);
        expect(soon.total).toBeLessThanOrEqual(page.total);
        expect(soon.rows).toEqual(page.rows);
        const counted = await entryPage(file, { ...query, soon: true });
        expect(counted).toEqual(page);
      }
    }
    expect(early).toBeGreaterThan(0);
    const none = await entryPage(file, { offset: 0, limit: 9, filter: { text: 'nowhere' }, soon: true });
    expect(none).toMatchObject({ total: 0, totalIsFinal: true });
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
