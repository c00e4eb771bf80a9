/**
 * Text with a separator between cells and a row a line, as spreadsheets write and read it (RFC 4180, with tab, comma or
 * semicolon): a cell that begins with a quote is quoted, two quotes inside stand for one, and tabs and line ends inside
 * belong to the cell. A quote elsewhere is a character like any other, and so is one that nothing closes.
 */
export type Separator = '\t' | ',' | ';';

/** A quoted cell longer than this was never closed: its quote is taken as a character of its text. */
const LONGEST_QUOTED = 200_000;

/** One row as a line of text, without a line end. */
export function delimitedLine(cells: readonly string[], separator: Separator): string {
  if (cells.length === 1 && cells[0] === '') return '""';
  return cells.map((cell) => delimitedCell(cell, separator)).join(separator);
}

function delimitedCell(cell: string, separator: Separator): string {
  const isPlain =
    !cell.startsWith('"') && !cell.includes(separator) && !cell.includes('\n') && !cell.includes('\r');
  return isPlain ? cell : `"${cell.replaceAll('"', '""')}"`;
}

/** Reads rows out of a text that comes in pieces. Memory does not grow with the text. */
export class DelimitedReader {
  readonly #separator: string;
  #text = '';
  #cells: string[] = [];
  #isFirst = true;

  constructor(separator: Separator) {
    this.#separator = separator;
  }

  /** Takes the next piece; returns the rows that end in it. */
  push(piece: string): string[][] {
    this.#text += piece;
    return this.#read(false);
  }

  /** The rows that are left when there is no further piece. */
  end(): string[][] {
    return this.#read(true);
  }

  #read(isEnd: boolean): string[][] {
    const rows: string[][] = [];
    const text = this.#text;
    let at = 0;
    if (this.#isFirst && (text.length > 0 || isEnd)) {
      if (text.startsWith('\uFEFF')) at = 1;
      this.#isFirst = false;
    }
    let rowAt = at;
    // Cells of a row that does not end in this piece are read again with the next one.
    for (;;) {
      const cell = this.#cell(text, at, isEnd);
      if (cell === null) break;
      this.#cells.push(cell.value);
      at = cell.end;
      if (text.startsWith(this.#separator, at)) {
        at += 1;
        continue;
      }
      const isBlankEnd = at >= text.length && this.#cells.length === 1 && rowAt === at;
      if (!isBlankEnd) rows.push(this.#cells);
      this.#cells = [];
      if (at >= text.length) {
        rowAt = at;
        break;
      }
      at += text.startsWith('\r\n', at) ? 2 : 1;
      rowAt = at;
    }
    this.#cells = [];
    this.#text = text.slice(rowAt);
    return rows;
  }

  /** The cell at a place; null when it cannot be known yet where it ends. */
  #cell(text: string, at: number, isEnd: boolean): { value: string; end: number } | null {
    const quoted = text[at] === '"' ? this.#quoted(text, at, isEnd) : undefined;
    if (quoted !== undefined) return quoted;
    let end = at;
    while (end < text.length && !this.#endsCell(text, end)) end += 1;
    // A carriage return at the very end may be half of a line end.
    const isSure = end < text.length - 1 || (end < text.length && text[end] !== '\r');
    return isSure || isEnd ? { value: text.slice(at, end), end } : null;
  }

  /** Null: it may go on in the next piece; undefined: its quote is not one. */
  #quoted(text: string, at: number, isEnd: boolean): { value: string; end: number } | null | undefined {
    for (let from = at + 1; ; ) {
      const quote = text.indexOf('"', from);
      if (quote < 0) return isEnd || text.length - at > LONGEST_QUOTED ? undefined : null;
      if (quote - at > LONGEST_QUOTED) return undefined;
      if (quote + 1 >= text.length && !isEnd) return null;
      if (text[quote + 1] === '"') {
        from = quote + 2;
        continue;
      }
      const end = quote + 1;
      const closes = end >= text.length || this.#endsCell(text, end);
      if (!closes) return undefined;
      if (text[end] === '\r' && end + 1 >= text.length && !isEnd) return null;
      return { value: text.slice(at + 1, quote).replaceAll('""', '"'), end };
    }
  }

  #endsCell(text: string, at: number): boolean {
    const character = text[at];
    return character === this.#separator || character === '\n' || character === '\r';
  }
}

/** All rows of a short text, such as a block from the clipboard. */
export function delimitedRows(text: string, separator: Separator = '\t'): string[][] {
  const reader = new DelimitedReader(separator);
  return [...reader.push(text), ...reader.end()];
}

/** The separator that the first lines of a text speak for: the one that stands in the most of them equally often. */
export function separatorOf(sample: string): Separator {
  const named = /^\uFEFF?sep=([,;\t])\r?\n/.exec(sample)?.[1];
  if (named === ',' || named === ';' || named === '\t') return named;
  let best: Separator = '\t';
  let most = 0;
  for (const separator of ['\t', ';', ','] as const) {
    const widths = delimitedRows(sample.slice(0, 20_000), separator)
      .slice(0, 20)
      .map((row) => row.length);
    const [first = 1] = widths;
    const agree = widths.filter((width) => width === first).length / Math.max(1, widths.length);
    const score = first > 1 ? first * agree * agree : 0;
    // A tab in the header line is hardly ever text.
    if (score > most || (separator === '\t' && first > 1)) {
      most = separator === '\t' ? Number.POSITIVE_INFINITY : score;
      best = separator;
    }
  }
  return best;
}
