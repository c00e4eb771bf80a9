import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { Problem } from '../../../shared/model/problem.ts';
import { readJson, writeJson } from './atomic-json.ts';
import { EXTENSION, freePath } from './file-names.ts';

/** What SQLite may leave beside a file whose program was killed; it belongs to the file. */
const siblings = ['', '-wal', '-shm', '-journal'];

const noteSchema = z.object({
  /** File name inside the library, or the path of a file elsewhere that was only taken off the list. */
  was: z.string(),
  where: z.enum(['library', 'elsewhere']),
});

/** What was removed from the library, one folder for each thing, named by its token. Survives the program. */
export class Bin {
  readonly #folder: string;

  constructor(library: string) {
    this.#folder = join(library, '.bin');
  }

  /** Takes in a file of the library, or notes that a file elsewhere was taken off the list; returns the token. */
  take(path: string, where: 'library' | 'elsewhere'): string {
    const token = crypto.randomUUID();
    const place = join(this.#folder, token);
    mkdirSync(place, { recursive: true });
    writeJson(join(place, 'note.json'), { was: where === 'library' ? basename(path) : path, where });
    if (where === 'library') move(path, join(place, basename(path)));
    return token;
  }

  /** Gives back: for a file of the library, the path it has now, and for one elsewhere its path. */
  giveBack(token: string, library: string): { path: string; where: 'library' | 'elsewhere' } {
    const place = join(this.#folder, /^[0-9a-f-]{36}$/.test(token) ? token : 'none');
    const note = readJson(join(place, 'note.json'), noteSchema);
    if (note === null) {
      throw new Problem('nothing-in-bin', 'What was removed is no longer in the bin.', {
        advice: 'It was brought back already, or the bin was emptied.',
      });
    }
    let path = note.was;
    if (note.where === 'library') {
      path = freePath(library, basename(note.was, EXTENSION));
      move(join(place, basename(note.was)), path);
    }
    rmSync(place, { recursive: true, force: true });
    return { path, where: note.where };
  }
}

function move(from: string, to: string): void {
  for (const ending of siblings) if (existsSync(from + ending)) renameSync(from + ending, to + ending);
}
