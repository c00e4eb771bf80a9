import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { DelimitedReader, type Separator, separatorOf } from '../../../shared/rules/delimited-text.ts';
import { UnreadableTable } from './table-problems.ts';
import { inBatches, type OpenTable, type TableRow } from './table-row.ts';

/** Enough to see how a text is written and what stands between its cells. */
const SAMPLE = 64 * 1024;
const CHUNK = 256 * 1024;
/** No spreadsheet has more columns (Excel, specifications and limits). */
const MOST_COLUMNS = 16_384;

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
const names: Record<Encoding, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows-1252',
};

/**
 * Opens a text with tabs, commas or semicolons between cells: UTF-8 with or without byte order mark, UTF-16 as Excel's
 * "Unicode text", else Windows-1252, which every text can be read as.
 */
export async function openTextTable(path: string): Promise<OpenTable> {
  const encoding = await encodingOf(path);
  const sample = new TextDecoder(encoding).decode(await firstBytes(path, SAMPLE));
  const separator = separatorOf(sample);
  const notices: string[] = [];
  if (encoding === 'windows-1252') {
    notices.push(
      'The text is not UTF-8. It was read as Windows-1252: look whether letters such as µ and ä are right.',
    );
  }
  return {
    format: 'text',
    encoding: names[encoding],
    separator,
    sheets: [],
    rows: () => textRows(path, encoding, separator),
    notices,
    close: async () => undefined,
  };
}

async function* textRows(path: string, encoding: Encoding, separator: Separator): AsyncGenerator<TableRow[]> {
  const reader = new DelimitedReader(separator);
  const decoder = new TextDecoder(encoding);
  let row = 0;
  const numbered = (rows: readonly string[][]): TableRow[] =>
    rows.map((cells) => {
      row += 1;
      if (cells.length > MOST_COLUMNS) {
        throw new UnreadableTable(path, `Row ${row} has more than 16,384 cells, so it can be no table.`);
      }
      return { row, cells: row === 1 && isSeparatorLine(cells) ? [] : cells };
    });
  for await (const bytes of createReadStream(path, { highWaterMark: CHUNK })) {
    yield* inBatches(numbered(reader.push(decoder.decode(bytes as Buffer, { stream: true }))));
  }
  yield* inBatches(numbered([...reader.push(decoder.decode()), ...reader.end()]));
}

/** Excel's hint of what stands between cells, alone in the first line. */
function isSeparatorLine(cells: readonly string[]): boolean {
  return /^sep=.?$/.test(cells.join(''));
}

async function encodingOf(path: string): Promise<Encoding> {
  const first = await firstBytes(path, SAMPLE);
  if (first[0] === 0xff && first[1] === 0xfe) return 'utf-16le';
  if (first[0] === 0xfe && first[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  for (const [at, byte] of first.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > first.length / 8 && even * 8 < odd) return 'utf-16le';
  if (even > first.length / 8 && odd * 8 < even) return 'utf-16be';
  if (even + odd > 0) throw new UnreadableTable(path, 'It is not a text: it holds bytes of zero.');
  return (await isUtf8(path)) ? 'utf-8' : 'windows-1252';
}

async function isUtf8(path: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const bytes of createReadStream(path, { highWaterMark: CHUNK })) {
      decoder.decode(bytes as Buffer, { stream: true });
    }
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** The first bytes of a file; fewer when it is shorter. */
export async function firstBytes(path: string, most: number): Promise<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    const length = Math.min(most, (await stat(path)).size);
    const { buffer, bytesRead } = await handle.read(new Uint8Array(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
