import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { Problem } from '../../shared/model/problem.ts';

/**
 * Paths that a person picked, by opaque id. A window never names a path: it hands back the id of something that
 * was picked in a dialog, dropped, or listed below a root folder, so a page gone wrong cannot reach other files.
 */
export class Grants {
  readonly #paths = new Map<string, string>();

  issue(path: string): { grant: string; name: string } {
    const grant = randomUUID();
    this.#paths.set(grant, path);
    return { grant, name: basename(path) || path };
  }

  /** The path behind an id; a Problem when it was not issued here. */
  path(grant: string): string {
    const path = this.#paths.get(grant);
    if (path === undefined) {
      throw new Problem('not-granted', 'This folder or file was not picked here.', {
        cause: 'Slipway was started again since, or the choice came from another window.',
        advice: 'Pick it once more.',
      });
    }
    return path;
  }
}
