import { UnreadableTable } from './table-problems.ts';
import type { OpenTable } from './table-row.ts';
import { firstBytes, openTextTable } from './text-table.ts';

/** Opens a table by its first bytes, whatever it is called. @param sheet of a workbook; the first one when absent */
export async function openTable(path: string, sheet?: string): Promise<OpenTable> {
  const first = await firstBytes(path, 8);
  if (first.length === 0)
    throw new UnreadableTable(path, 'It is empty.', 'Choose the file that holds the table.');
  const signature = Array.from(first, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (signature.startsWith('504b0304')) {
    const { openWorkbook } = await import('./xlsx/open-workbook.ts');
    return await openWorkbook(path, sheet);
  }
  if (signature === 'd0cf11e0a1b11ae1') {
    throw new UnreadableTable(
      path,
      'It is an old Excel file (.xls), or a workbook with a password.',
      'Open it in the spreadsheet program, save it as .xlsx without a password, then import that.',
    );
  }
  return await openTextTable(path);
}
