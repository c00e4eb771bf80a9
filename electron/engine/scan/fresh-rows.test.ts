import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { FreshRowWriter, freshRowSql } from './fresh-rows.ts';

const db = new DatabaseSync(':memory:');
afterAll(() => db.close());
const { path, name, size, modifiedMs, inode } = freshRowSql;
const statement = db.prepare(
  `SELECT ${path} AS path, ${name} AS name, ${size} AS size, ${modifiedMs} AS mtimeMs, ${inode} AS inode
   FROM json_each(CAST(? AS TEXT))`,
);

/** Names as a file system has them: no NUL, no slash, whole characters. */
const names = fc
  .oneof(fc.string({ minLength: 1 }), fc.string({ unit: 'binary', minLength: 1 }))
  .map((text) => text.replace(/[\0/]/g, '_'));
/** Seconds since 2004 and parts of them, put together as Node does. */
const times = fc
  .tuple(fc.integer({ min: 1_100_000_000, max: 2_190_000_000 }), fc.integer({ min: 0, max: 999_999_999 }))
  .map(([seconds, nanoseconds]) => seconds * 1000 + nanoseconds / 1e6);
const files = fc.record({
  folder: fc.array(names, { maxLength: 3 }).map((segments) => segments.map((one) => `${one}/`).join('')),
  name: names,
  size: fc.maxSafeNat(),
  mtimeMs: times,
  ino: fc.maxSafeNat(),
});

it('rows pass through text and SQL as they are', () => {
  fc.assert(
    fc.property(fc.array(files, { minLength: 1, maxLength: 50 }), (list) => {
      const writer = new FreshRowWriter();
      for (const file of list) expect(writer.add(file.folder, file.name, file)).toBe(true);
      expect(writer.count).toBe(list.length);
      // What is written next begins anew, in the room of what was there.
      expect(statement.all(writer.finish())).toHaveLength(list.length);
      for (const file of list) writer.add(file.folder, file.name, file);
      expect(statement.all(writer.finish()).map((row) => ({ ...row }))).toEqual(
        list.map(({ folder, name: file, size: bytes, mtimeMs: time, ino }) => ({
          ...{ path: folder + file, name: file, size: bytes, mtimeMs: time, inode: String(ino) },
        })),
      );
    }),
  );
});

it('numbers that do not fit are refused and leave no trace', () => {
  const writer = new FreshRowWriter();
  const file = { size: 1, mtimeMs: 1_700_000_000_000.5, ino: 7 };
  expect(writer.add('', 'old', { ...file, mtimeMs: -5 })).toBe(false);
  expect(writer.add('', 'large', { ...file, ino: 2 ** 60 })).toBe(false);
  expect(writer.add('', 'odd', { ...file, mtimeMs: 123.4567 })).toBe(false);
  expect(writer.add('', 'good', file)).toBe(true);
  expect(statement.all(writer.finish())).toHaveLength(1);
});
