import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** Rows of a sheet, the header row included (Excel, specifications and limits). */
export const mostSheetRows = 1_048_576;
const CHUNK = 64 * 1024;

/** What a cell is written as: a text stays a text whatever it looks like, a number can be calculated with. */
export type SheetCell = string | number;

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const fixedParts: Readonly<Record<string, string>> = {
  '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`,
  '_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
  // Style 1 is text (number format 49, @): what is typed into such a cell stays as typed. Style 2 is bold, for headers.
  'xl/styles.xml': `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
};

/**
 * Writes a workbook of one sheet (ECMA-376), streamed: memory does not grow with the rows. Texts are written as texts
 * (`inlineStr`), so that none is run as a formula and none is taken for a number or a date; the header row stays in view.
 */
export async function writeWorkbook(
  target: string,
  sheet: string,
  headers: readonly string[],
  rows: AsyncIterable<readonly (readonly SheetCell[])[]>,
  signal?: AbortSignal,
): Promise<void> {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(fixedParts)) zip.addBuffer(Buffer.from(text), name);
  zip.addBuffer(Buffer.from(workbookXml(sheet)), 'xl/workbook.xml');
  const trouble = new AbortController();
  const xml = Readable.from(sheetXml(headers, rows), { objectMode: false });
  // yazl does not hand on the trouble of a stream that it reads: without this the file would never end.
  let cause: unknown;
  xml.once('error', (error) => {
    cause = error;
    trouble.abort();
  });
  zip.addReadStream(xml, 'xl/worksheets/sheet1.xml', { compressionLevel: 1 });
  zip.end();
  const stop = signal === undefined ? trouble.signal : AbortSignal.any([signal, trouble.signal]);
  try {
    await pipeline(zip.outputStream as Readable, createWriteStream(target), { signal: stop });
  } catch (error) {
    throw cause ?? error;
  } finally {
    xml.destroy();
  }
}

function workbookXml(sheet: string): string {
  return `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="${sheetName(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>`;
}

/** A name that a sheet can have: at most 31 characters, and none that stands for something in a reference. */
function sheetName(name: string): string {
  return escaped(
    name
      .replace(/[\\/?*[\]:']/g, ' ')
      .slice(0, 31)
      .trim() || 'Files',
  );
}

async function* sheetXml(
  headers: readonly string[],
  rows: AsyncIterable<readonly (readonly SheetCell[])[]>,
): AsyncGenerator<Buffer> {
  const letters = headers.map((_, column) => columnLetters(column));
  let text = `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`;
  text += rowXml(headers, 1, letters, 2);
  let number = 1;
  for await (const some of rows) {
    for (const cells of some) {
      number += 1;
      text += rowXml(cells, number, letters, 1);
      if (text.length < CHUNK) continue;
      yield Buffer.from(text);
      text = '';
    }
  }
  yield Buffer.from(`${text}</sheetData></worksheet>`);
}

function rowXml(cells: readonly SheetCell[], row: number, letters: readonly string[], style: 1 | 2): string {
  let text = `<row r="${row}">`;
  for (let column = 0; column < cells.length; column++) {
    const cell = cells[column] ?? '';
    if (cell === '') continue;
    const place = `${letters[column] ?? columnLetters(column)}${row}`;
    text +=
      typeof cell === 'number'
        ? `<c r="${place}"><v>${cell}</v></c>`
        : `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
  }
  return `${text}</row>`;
}

/** `A`, …, `Z`, `AA`, … for columns from 0. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26)) {
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  }
  return letters;
}

/**
 * What XML 1.0 cannot hold: control characters, noncharacters, and halves of pairs; a carriage return would be read as a
 * line feed. A text that looks like such an escape is escaped too.
 */
const UNSPEAKABLE = /[[\p{Cc}--[\t\n\u007F-\u009F]]\uFFFE\uFFFF\p{Cs}]|_(?=x[0-9A-Fa-f]{4}_)/gv;

function escaped(text: string): string {
  if (!/[^\u0020\u0021\u0023-\u0025\u0027-\u003B\u003D\u003F-\u005E\u0060-\u007E]/.test(text)) return text;
  return text
    .replace(UNSPEAKABLE, (character) => {
      const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
      return `_x${code}_`;
    })
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
