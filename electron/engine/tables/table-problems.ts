import { basename } from 'node:path';
import { Problem } from '../../../shared/model/problem.ts';

/** Why a table cannot be read, in words. */
export function unreadableTable(path: string, cause: string, advice?: string): Problem {
  return new Problem('unreadable-table', `${basename(path)} cannot be read as a table.`, {
    cause,
    advice: advice ?? 'Save it once more as .xlsx or as tab-separated text, then import that.',
  });
}
