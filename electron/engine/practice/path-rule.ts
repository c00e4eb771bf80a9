import { invalidPath } from './archive-error.ts';

/** BioStudies backend, FileSourcesList: the names it takes for files of a submission and for file lists. */
export const SERVER_PATH_PATTERN = /^(?!\.\/)(?!.*\/$)(?!.*\.\.\/)[0-9A-Za-z!\-_*'(). /]+$/;

/**
 * True when the server's own rule takes a path. The rule is loose: `..`, `x/..`, `//`, a leading `/`, spaces at an
 * edge and `.DS_Store` pass it.
 */
export function serverTakesPath(path: string): boolean {
  return SERVER_PATH_PATTERN.test(path);
}

/** Throws the server's "invalid characters" error for a path its rule refuses. */
export function requireServerPath(path: string, listName?: string): void {
  if (!serverTakesPath(path)) throw invalidPath(path, listName);
}
