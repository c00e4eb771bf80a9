import { createWriteStream, existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { temporaryFolder } from '../library/test-support.ts';
import { ReceivedTables } from './received-tables.ts';
import { readTable } from './table-reader.ts';

let folder: string;
let remove: () => void;
beforeAll(() => {
  ({ folder, remove } = temporaryFolder());
});
afterAll(() => remove());

async function allRows(path: string, options = {}) {
  const table = await readTable(path, null, options);
  try {
    let rows = 0;
    for await (const some of table.rows()) rows += some.length;
    return rows;
  } finally {
    await table.close();
  }
}

describe('a table on a thread of its own', () => {
  it('is read to its end, and can be left before', async () => {
    const path = join(folder, 'long.tsv');
    writeFileSync(path, 'a\tb\n'.repeat(20_000));
    expect(await allRows(path)).toBe(20_000);
    const table = await readTable(path, null);
    for await (const some of table.rows()) {
      expect(some.length).toBeLessThanOrEqual(500);
      break;
    }
    await table.close();
  });

  it('is stopped at once', async () => {
    const path = join(folder, 'stopped.tsv');
    writeFileSync(path, 'a\tb\n'.repeat(20_000));
    const stop = new AbortController();
    const table = await readTable(path, null, { signal: stop.signal });
    const rows = table.rows();
    await rows.next();
    stop.abort();
    await expect(rows.next()).rejects.toMatchObject({ name: 'AbortError' });
    await table.close();
    await expect(readTable(path, null, { signal: AbortSignal.abort() })).rejects.toThrow();
  });

  it('may take the thread with it, which is told in words', async () => {
    const path = join(folder, 'bomb.xlsx');
    const relation = (type: string, target: string) =>
      `<Relationship Id="${type}" Type="x/${type}" Target="${target}"/>`;
    const zip = new ZipFile();
    const add = (name: string, text: string) => zip.addBuffer(Buffer.from(text), name);
    add('xl/workbook.xml', '<workbook><sheets><sheet name="a" id="worksheet"/></sheets></workbook>');
    add(
      'xl/_rels/workbook.xml.rels',
      `<r>${relation('worksheet', 'a.xml')}${relation('styles', 'styles.xml')}</r>`,
    );
    add('xl/a.xml', '<worksheet/>');
    const long = 'é'.repeat(450_000);
    const formats = Array.from({ length: 80 }, (_, at) => `<numFmt numFmtId="${at}" formatCode="${long}"/>`);
    add('xl/styles.xml', `<styleSheet>${formats.join('')}</styleSheet>`);
    zip.end();
    await pipeline(zip.outputStream as Readable, createWriteStream(path));
    await expect(allRows(path, { heapMegabytes: 24 })).rejects.toMatchObject({
      code: 'unreadable-table',
      why: expect.stringContaining('more memory'),
    });
  });
});

describe('a table that a window hands over', () => {
  it('is whole after its last piece, and gone when it is forgotten', async () => {
    const received = new ReceivedTables();
    const part = (upload: string | null, text: string, last: boolean) =>
      received.receive({
        upload,
        name: '../../x\u0000.tsv',
        bytes: Buffer.from(text).toString('base64'),
        last,
      });
    const id = await part(null, 'Path\tDo', false);
    expect(received.path(id)).toBeUndefined();
    expect(await part(id, 'se\na.tif\t5\n', true)).toBe(id);
    const path = received.path(id) ?? '';
    expect(path).toMatch(/table x_\.tsv$/);
    expect(await allRows(path)).toBe(2);
    await expect(part(id, 'more', true)).rejects.toMatchObject({ code: 'table-gone' });
    await expect(part('nowhere', 'more', true)).rejects.toMatchObject({ code: 'table-gone' });
    await received.forget(id);
    expect(existsSync(dirname(path))).toBe(false);
    const last = received.path(await part(null, 'a', true)) ?? '';
    for (let at = 0; at < 4; at++) await part(null, 'b', true);
    expect(existsSync(last)).toBe(false);
    received.close();
  });
});
