import { spawnSync } from 'node:child_process';
import { createWriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { temporaryFolder } from '../../library/test-support.ts';
import type { TableRow } from '../table-row.ts';
import { openWorkbook } from './open-workbook.ts';
import { type SheetCell, writeWorkbook } from './write-workbook.ts';

let folder: string;
let remove: () => void;
beforeAll(() => {
  ({ folder, remove } = temporaryFolder());
});
afterAll(() => remove());

/** A Python that has openpyxl, the witness of what other programs make of a workbook. */
function withOpenpyxl(): string | undefined {
  return ['/usr/bin/python3', 'python3'].find(
    (program) => spawnSync(program, ['-c', 'import openpyxl']).status === 0,
  );
}

async function* batches<T>(rows: readonly T[]) {
  for (let from = 0; from < rows.length; from += 7) yield rows.slice(from, from + 7);
}

async function read(path: string, sheet?: string) {
  const table = await openWorkbook(path, sheet);
  const rows: TableRow[] = [];
  try {
    for await (const some of table.rows()) rows.push(...some);
  } finally {
    await table.close();
  }
  return { rows, notices: table.notices, sheets: table.sheets };
}

/** A workbook out of parts as other programs write them. */
async function workbook(name: string, parts: Readonly<Record<string, string>>): Promise<string> {
  const zip = new ZipFile();
  for (const [part, text] of Object.entries({ ...plainParts, ...parts }))
    zip.addBuffer(Buffer.from(text), part);
  zip.end();
  const path = join(folder, name);
  await pipeline(zip.outputStream as Readable, createWriteStream(path));
  return path;
}

const relation = (id: string, type: string, target: string) =>
  `<Relationship Id="${id}" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/${type}" Target="${target}"/>`;
const plainParts = {
  '_rels/.rels': `<Relationships>${relation('a', 'officeDocument', '/xl/workbook.xml')}</Relationships>`,
  'xl/workbook.xml':
    '<x:workbook xmlns:x="m" xmlns:r="r"><x:sheets><x:sheet name="A &amp; B" r:id="s1"/><x:sheet name="Chart" r:id="c"/><x:sheet name="Two" r:id="s2"/></x:sheets></x:workbook>',
  'xl/_rels/workbook.xml.rels': `<Relationships>${relation('s1', 'worksheet', 'worksheets/one.xml')}${relation('s2', 'worksheet', '/xl/worksheets/two.xml')}${relation('c', 'chartsheet', 'charts/c.xml')}${relation('t', 'sharedStrings', 'SharedStrings.xml')}${relation('y', 'styles', 'styles.xml')}</Relationships>`,
  'xl/sharedStrings.xml':
    '<sst><si><t>path</t></si><si><r><t>ri</t></r><r><t xml:space="preserve">ch </t></r><rPh><t>spoken</t></rPh></si><si><t>a_x000A_b</t></si></sst>',
  'xl/styles.xml':
    '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="00000"/><numFmt numFmtId="166" formatCode="0.0&quot; mg&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="22"/><xf numFmtId="2"/><xf numFmtId="166"/><xf numFmtId="21"/></cellXfs></styleSheet>',
  'xl/worksheets/one.xml': '<worksheet><sheetData/></worksheet>',
  'xl/worksheets/two.xml': `<worksheet><sheetData>
    <row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c><c t="s"><v>2</v></c></row>
    <row r="3"><c r="A3"><v>0.30000000000000004</v></c><c r="B3" s="1"><v>46346</v></c><c r="C3" s="2"><v>42</v></c>
      <c r="D3" s="3"><v>46346.353472222225</v></c><c r="E3" s="4"><v>1</v></c><c r="F3" t="b"><v>1</v></c>
      <c r="G3" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="H3"><f>A1</f></c><c r="I3" t="str"><f>x</f><v>=1+1</v></c>
      <c r="J3" s="5"><v>2.5</v></c><c r="K3" s="6"><v>0.5</v></c><c r="L3"><v>1E-7</v></c><c r="M3"><v>12345678901234567</v></c></row>
  </sheetData></worksheet>`,
};

describe('a workbook that Slipway wrote', () => {
  it('reads back as it was, whatever stands in its cells', async () => {
    const text = fc.oneof(
      fc.string({
        unit: fc.constantFrom(
          'a',
          'µ',
          '=',
          '"',
          '<',
          '&',
          '\t',
          '\n',
          '\r',
          '_x000A_',
          '\u0007',
          '\uD800',
          ' ',
        ),
      }),
      fc.string({ unit: 'binary' }),
    );
    const cell: fc.Arbitrary<SheetCell> = fc.oneof(text, fc.integer());
    const rows = fc.array(fc.array(cell, { maxLength: 4 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 4 }), rows, async (headers, all) => {
        const path = join(folder, 'any.xlsx');
        await writeWorkbook(path, "it's [x]", headers, batches(all));
        const wanted = [headers, ...all]
          .map((cells, at) => ({ row: at + 1, cells: trimmed(cells.map(String)) }))
          .filter(({ cells }) => cells.length > 0);
        expect((await read(path)).rows).toEqual(wanted);
      }),
      { numRuns: 60 },
    );
  });

  it('says why it could not be written, and does not wait for ever', async () => {
    async function* broken() {
      yield [['a']];
      throw new Error('The index is gone.');
    }
    await expect(writeWorkbook(join(folder, 'b.xlsx'), 's', ['h'], broken())).rejects.toThrow(
      'The index is gone.',
    );
  });

  it('is read by openpyxl as it was meant', async (context) => {
    const python = withOpenpyxl();
    if (python === undefined) return context.skip('openpyxl is not installed');
    const path = join(folder, 'witness.xlsx');
    await writeWorkbook(
      path,
      'Files',
      ['Path', 'Size'],
      batches([
        ['=1+1', 5],
        ['007', 1.5],
        ['a\n<b> _x000A_ µ', 0],
      ]),
    );
    const script = `import json, sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
print(json.dumps([[[cell.value, cell.data_type] for cell in row] for row in book['Files'].iter_rows()]))`;
    const run = spawnSync(python, ['-c', script, path], { encoding: 'utf8' });
    expect(run.stderr).toBe('');
    expect(JSON.parse(run.stdout)).toEqual([
      [
        ['Path', 's'],
        ['Size', 's'],
      ],
      [
        ['=1+1', 's'],
        [5, 'n'],
      ],
      [
        ['007', 's'],
        [1.5, 'n'],
      ],
      // openpyxl does not unescape ST_Xstring.
      [
        ['a\n<b> _x005F_x000A_ µ', 's'],
        [0, 'n'],
      ],
    ]);
  });
});

function trimmed(cells: readonly string[]): string[] {
  const last = cells.findLastIndex((cell) => cell !== '');
  return cells.slice(0, last + 1);
}

describe('a workbook of another program', () => {
  it('is read as it is shown: shared and rich texts, dates, zeros, no noise', async () => {
    const path = await workbook('shown.xlsx', {});
    const { rows, notices, sheets } = await read(path, 'Two');
    expect(sheets).toEqual(['A & B', 'Two']);
    expect(rows).toEqual([
      { row: 1, cells: ['path', '', 'rich ', 'a\nb'] },
      {
        row: 3,
        cells: [
          ...['0.3', '2026-11-20', '00042', '2026-11-20T08:29:00', '1.00', 'TRUE', '#DIV/0!', '', '=1+1'],
          ...['2.5', '12:00:00', '1e-7', '12345678901234600'],
        ],
        errors: [6],
      },
    ]);
    expect(notices).toEqual([expect.stringMatching(/^1 cell with a formula and no saved value/)]);
    expect((await read(path)).rows).toEqual([]);
  });

  it('is read as openpyxl wrote it', async (context) => {
    const python = withOpenpyxl();
    if (python === undefined) return context.skip('openpyxl is not installed');
    const path = join(folder, 'python.xlsx');
    const script = `import sys, datetime, openpyxl
book = openpyxl.Workbook()
book.active.title = 'First'
sheet = book.create_sheet('Files & more')
sheet.append(['Path', 'When', 'Day', 'Dose', 'Yes', 'Code'])
sheet.append(['a/µ <b>.tif', datetime.datetime(2026, 11, 20, 8, 28), datetime.date(1900, 2, 28), 0.1 + 0.2, True, 7])
sheet['F2'].number_format = '000'
sheet['B4'] = '=1+1'
sheet['C4'] = '  two\\nlines '
book.save(sys.argv[1])`;
    expect(spawnSync(python, ['-c', script, path], { encoding: 'utf8' }).stderr).toBe('');
    expect(await read(path, 'Files & more')).toEqual({
      sheets: ['First', 'Files & more'],
      rows: [
        { row: 1, cells: ['Path', 'When', 'Day', 'Dose', 'Yes', 'Code'] },
        { row: 2, cells: ['a/µ <b>.tif', '2026-11-20T08:28:00', '1900-02-28', '0.3', 'TRUE', '007'] },
        { row: 4, cells: ['', '', '  two\nlines '] },
      ],
      notices: [expect.stringMatching(/^1 cell with a formula/)],
    });
  });

  it('is refused with a reason when it is no workbook, damaged or hostile', async () => {
    const bomb = `<!DOCTYPE sst [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData><row r="1"><c t="str"><v>&b;</v></c></row></sheetData></worksheet>`;
    const deep = `<worksheet>${'<a>'.repeat(100)}</worksheet>`;
    for (const [name, sheet] of [
      ['bomb.xlsx', bomb],
      ['deep.xlsx', deep],
      ['cut.xlsx', '<worksheet><sheetData><row r="1"><c'],
      ['far.xlsx', '<worksheet><sheetData><row r="1"><c r="XFE1"><v>1</v></c></row></sheetData></worksheet>'],
      ['long.xlsx', `<worksheet><a>${'x'.repeat(3_000_000)}</a></worksheet>`],
      ['low.xlsx', '<worksheet><sheetData><row r="1048577"/></sheetData></worksheet>'],
      [
        'entity.xlsx',
        '<worksheet><sheetData><row r="1"><c t="str"><v>&unknown;</v></c></row></sheetData></worksheet>',
      ],
    ] as const) {
      const path = await workbook(name, { 'xl/worksheets/one.xml': sheet });
      await expect(read(path), name).rejects.toMatchObject({ name: 'UnreadableTable' });
    }
    const path = await workbook('plain.xlsx', {});
    await expect(read(path, 'Three')).rejects.toMatchObject({ name: 'UnreadableTable' });
    writeFileSync(join(folder, 'not.xlsx'), Buffer.from('PK\u0003\u0004 and nothing more'));
    await expect(read(join(folder, 'not.xlsx'))).rejects.toMatchObject({ name: 'UnreadableTable' });
  });
});
