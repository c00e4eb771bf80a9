import { create } from 'zustand';
import { type ProblemData, problemOf } from '../../shared/model/problem.ts';
import type { LibraryItem } from '../../shared/model/submission.ts';
import { engine } from '../connection.ts';
import { coalesce } from '../hooks/coalesce.ts';
import { useConnection } from './connection-store.ts';

/** All submissions of the library; `items` is null until the first answer. */
export interface Library {
  readonly items: readonly LibraryItem[] | null;
  readonly problem: ProblemData | null;
}

/** Items whose title, file name, accession or destination contain every word of the search, in any case. */
export function searchLibrary(items: readonly LibraryItem[], search: string): readonly LibraryItem[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return items;
  return items.filter((item) => {
    const text = [item.title, item.fileName, item.accession, item.destination, item.archive]
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Last touched first; files that cannot be opened come last. */
export function sortLibrary(items: readonly LibraryItem[]): readonly LibraryItem[] {
  return [...items].sort(
    (a, b) =>
      Number(a.problem !== null) - Number(b.problem !== null) ||
      (b.editedAt ?? '').localeCompare(a.editedAt ?? '') ||
      a.fileName.localeCompare(b.fileName),
  );
}

export function withoutItem(library: Library, id: string): Library {
  return { ...library, items: library.items?.filter((item) => item.id !== id) ?? null };
}

export const useLibrary = create<Library>()(() => ({ items: null, problem: null }));

function read(): void {
  engine.call('library.list', {}).then(
    ({ items }) => useLibrary.setState({ items: sortLibrary(items), problem: null }),
    (thrown: unknown) => useLibrary.setState({ problem: problemOf(thrown) }),
  );
}

const { ask: readSoon } = coalesce(read, 400);
export const reloadLibrary = readSoon;

/** Reads the library now and whenever it changes; called once. */
export function followLibrary(): void {
  readSoon();
  engine.on('library.changed', readSoon);
  engine.on('submission.changed', readSoon);
  useConnection.subscribe((now, before) => {
    if (now.generation !== before.generation) readSoon();
  });
}
