import { posix } from 'node:path';
import { formatCounted } from '../../../../shared/rules/format-quantities.ts';
import { asUnreadable, UnreadableTable } from '../table-problems.ts';
import type { OpenTable } from '../table-row.ts';
import { type SheetTold, sheetRows } from './sheet-rows.ts';
import { StringSpool } from './string-spool.ts';
import { WorkbookParts } from './workbook-parts.ts';
import { cellFormats } from './workbook-styles.ts';
import { attribute, readSmallXml, readXml, unescaped } from './xml-reader.ts';

/** More sheets than these are no workbook of people. */
const MOST_SHEETS = 1000;

interface Related {
  readonly id: string;
  readonly type: string;
  readonly target: string;
}

/**
 * Opens one sheet of a workbook (.xlsx, ECMA-376). Formulas are read as the values saved with them. Nothing of it is
 * believed: parts are streamed, their nesting and number bounded, and this runs on a thread that may die.
 */
export async function openWorkbook(path: string, sheet?: string): Promise<OpenTable> {
  const parts = await saying(path, () => WorkbookParts.open(path));
  try {
    return await saying(path, () => openParts(parts, sheet));
  } catch (error) {
    parts.close();
    throw error;
  }
}

async function openParts(parts: WorkbookParts, wanted?: string): Promise<OpenTable> {
  if (parts.has('mimetype') && parts.has('content.xml')) {
    throw new UnreadableTable(
      parts.path,
      'It is an OpenDocument spreadsheet (.ods).',
      'Save it as .xlsx, then import that.',
    );
  }
  const roots = await related(parts, '_rels/.rels', '');
  const workbook = roots.find(({ type }) => type.endsWith('/officeDocument'))?.target ?? 'xl/workbook.xml';
  const folder = posix.dirname(workbook);
  const relations = await related(parts, `${folder}/_rels/${posix.basename(workbook)}.rels`, folder);
  const { sheets, from1904 } = await workbookSheets(parts, workbook);
  const targets = new Map(
    relations.filter(({ type }) => type.endsWith('/worksheet')).map(({ id, target }) => [id, target]),
  );
  const tables = sheets.filter(({ id }) => targets.has(id));
  const chosen = wanted === undefined ? tables[0] : tables.find(({ name }) => name === wanted);
  const target = targets.get(chosen?.id ?? '');
  if (target === undefined) {
    throw new UnreadableTable(
      parts.path,
      wanted === undefined ? 'It has no sheet of cells.' : `It has no sheet “${wanted}”.`,
      'Choose one of its sheets.',
    );
  }
  const texts = new StringSpool();
  const partOf = (kind: string) => relations.find(({ type }) => type.endsWith(`/${kind}`))?.target ?? '';
  const notices: string[] = [];
  return {
    ...{ format: 'xlsx', encoding: '', separator: '', notices },
    sheets: tables.map(({ name }) => name),
    async *rows() {
      try {
        await readTexts(parts, partOf('sharedStrings'), texts);
        const formats = await cellFormats(parts, partOf('styles'));
        const told: SheetTold = { formulasWithout: 0 };
        yield* sheetRows(await parts.stream(target), { texts, formats, from1904 }, told);
        if (told.formulasWithout > 0) {
          notices.push(
            `${formatCounted(told.formulasWithout, 'cell')} with a formula and no saved value, taken as empty. Open the workbook in a spreadsheet program and save it once.`,
          );
        }
      } catch (error) {
        throw asUnreadable(parts.path, error);
      }
    },
    async close() {
      texts.close();
      parts.close();
    },
  };
}

async function workbookSheets(parts: WorkbookParts, workbook: string) {
  const sheets: { name: string; id: string }[] = [];
  let from1904 = false;
  await readSmallXml(await parts.stream(workbook), {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = /^(?:1|true)$/.test(attributes.date1904 ?? '');
      if (name !== 'sheet' || sheets.length >= MOST_SHEETS) return;
      sheets.push({ name: unescaped(attributes.name ?? ''), id: attribute(attributes, 'id') ?? '' });
    },
  });
  return { sheets, from1904 };
}

async function related(parts: WorkbookParts, part: string, folder: string): Promise<Related[]> {
  const found: Related[] = [];
  if (!parts.has(part)) return found;
  await readSmallXml(await parts.stream(part), {
    open(name, { Id: id = '', Type: type = '', Target: target = '' }) {
      if (name !== 'Relationship' || found.length >= 10_000) return;
      found.push({
        id,
        type,
        target: posix.join(target.startsWith('/') ? '/' : `/${folder}`, target).slice(1),
      });
    },
  });
  return found;
}

/** The texts that cells name by number (ECMA-376 part 1, sst). How they are spoken (rPh) is no part of them. */
async function readTexts(parts: WorkbookParts, part: string, texts: StringSpool): Promise<void> {
  if (!parts.has(part)) return;
  let text: string[] = [];
  let isText = false;
  let isPhonetic = false;
  const pieces = readXml(await parts.stream(part), {
    open(name) {
      if (name === 'si') text = [];
      if (name === 'rPh') isPhonetic = true;
      isText = name === 't' && !isPhonetic;
    },
    text(piece) {
      if (isText) text.push(piece);
    },
    close(name) {
      if (name === 't') isText = false;
      if (name === 'rPh') isPhonetic = false;
      if (name === 'si') texts.add(unescaped(text.join('')));
    },
  });
  for await (const _ of pieces) {
    // The listener has it.
  }
}

async function saying<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asUnreadable(path, error);
  }
}
