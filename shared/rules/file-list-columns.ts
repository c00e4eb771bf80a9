import type { FileListColumn } from '../destinations/profile.ts';
import { cellTrouble } from './cell-values.ts';

/** Headers by which BIA ingest knows the source column, in any letter case; a second one makes it fail. */
const SOURCE_HEADERS = /^source[ _]image(?:[ _]association)?$/i;

/** More columns than these beside the destination's own are a mistake, and would have to be kept in memory. */
export const mostFreeColumns = 190;

/**
 * Says why a further column cannot be called so, or null. Sources: BioStudies backend, file-list reader ("Attribute
 * name is required"); BIA ingest, file_reference (how it finds the source column).
 */
export function headerTrouble(header: string, columns: readonly FileListColumn[]): string | null {
  if (header.trim() === '') return 'A column needs a name: the archive refuses a blank one.';
  const trouble = cellTrouble(header);
  if (trouble !== null) return trouble;
  const known = columns.some((column) => column.header.toLowerCase() === header.toLowerCase());
  if (known || SOURCE_HEADERS.test(header)) {
    return 'The list has a column of this meaning already; a second one makes the archive fail.';
  }
  return null;
}

/** Headers of a list in order: those of the profile that are always there or in use, then further ones by name. */
export function headersInUse(columns: readonly FileListColumn[], used: ReadonlySet<string>): string[] {
  const known = columns.filter((column) => column.level === 'required' || used.has(column.header));
  const names = new Set(columns.map((column) => column.header));
  const further = [...used].filter((header) => !names.has(header)).sort();
  return [...known.map((column) => column.header), ...further];
}
