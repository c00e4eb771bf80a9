import type { Readable } from 'node:stream';
import { inBatches, type TableRow } from '../table-row.ts';
import { type NumberFormat, shownNumber } from './number-formats.ts';
import type { StringSpool } from './string-spool.ts';
import { readXml, unescaped } from './xml-reader.ts';

/** Columns and rows that a sheet can have (Excel, specifications and limits). */
const MOST_COLUMNS = 16_384;
const MOST_ROWS = 1_048_576;

export interface SheetContext {
  readonly texts: StringSpool;
  readonly formats: readonly NumberFormat[];
  readonly from1904: boolean;
}

/** Told about what was read but is not plain. */
export interface SheetTold {
  /** Formulas for which no value was saved. */
  formulasWithout: number;
}

const general: NumberFormat = { is: 'general' };

/** The rows of a sheet that hold something, some at a time (ECMA-376 part 1, sheetData). */
export async function* sheetRows(
  stream: Readable,
  context: SheetContext,
  told: SheetTold,
): AsyncGenerator<TableRow[]> {
  const reader = new SheetReader(context, told);
  for await (const _ of readXml(stream, reader)) {
    yield* inBatches(reader.rows.splice(0));
  }
}

class SheetReader {
  readonly rows: TableRow[] = [];
  #count = 0;
  readonly #context: SheetContext;
  readonly #told: SheetTold;
  #row = 0;
  #cells: string[] = [];
  #errors: number[] = [];
  #column = -1;
  #type = 'n';
  #style = 0;
  #value = '';
  #text: string[] | null = null;
  #hasFormula = false;
  #isPhonetic = false;

  constructor(context: SheetContext, told: SheetTold) {
    this.#context = context;
    this.#told = told;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    switch (name) {
      case 'row':
        this.#row = attributes.r === undefined ? this.#row + 1 : Number(attributes.r);
        this.#count += 1;
        if (!(this.#row >= 1 && this.#row <= MOST_ROWS && this.#count <= MOST_ROWS))
          throw new Error('It has rows that no sheet can have.');
        this.#cells = [];
        this.#errors = [];
        this.#column = -1;
        return;
      case 'c':
        this.#column = attributes.r === undefined ? this.#column + 1 : columnOfReference(attributes.r);
        this.#type = attributes.t ?? 'n';
        this.#style = Number(attributes.s ?? 0);
        this.#value = '';
        this.#hasFormula = false;
        return;
      case 'f':
        this.#hasFormula = true;
        return;
      case 'rPh':
        this.#isPhonetic = true;
        return;
      case 'v':
      case 't':
        this.#text = this.#isPhonetic ? null : [];
    }
  }

  text(text: string): void {
    this.#text?.push(text);
  }

  close(name: string): void {
    switch (name) {
      case 'v':
      case 't':
        this.#value += this.#text?.join('') ?? '';
        this.#text = null;
        return;
      case 'rPh':
        this.#isPhonetic = false;
        return;
      case 'c':
        this.#endCell();
        return;
      case 'row':
        if (this.#cells.length > 0) {
          const errors = this.#errors.length > 0 ? { errors: this.#errors } : {};
          this.rows.push({ row: this.#row, cells: this.#cells, ...errors });
        }
    }
  }

  #endCell(): void {
    if (this.#hasFormula && this.#value === '' && this.#type !== 'str') this.#told.formulasWithout += 1;
    if (this.#value === '') return;
    if (this.#type === 'e') this.#errors.push(this.#column);
    while (this.#cells.length < this.#column) this.#cells.push('');
    this.#cells[this.#column] = this.#shown();
  }

  #shown(): string {
    const { texts, formats, from1904 } = this.#context;
    switch (this.#type) {
      case 's':
        return texts.get(Number(this.#value)) ?? '';
      case 'inlineStr':
      case 'str':
        return unescaped(this.#value);
      case 'b':
        return this.#value === '1' || this.#value === 'true' ? 'TRUE' : 'FALSE';
      case 'e':
        return this.#value;
      case 'd':
        return this.#value.replace(/T00:00:00(?:\.0+)?Z?$/, '');
      default:
        return shownNumber(this.#value, formats[this.#style] ?? general, from1904) ?? this.#value;
    }
  }
}

/** The column of a cell such as `AB12`, from 0. */
function columnOfReference(reference: string): number {
  let column = 0;
  for (const character of reference) {
    const letter = character.charCodeAt(0) & ~32;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
    if (column > MOST_COLUMNS) break;
  }
  if (column < 1 || column > MOST_COLUMNS) throw new Error('It has columns that no sheet can have.');
  return column - 1;
}
