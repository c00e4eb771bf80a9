import { basename } from 'node:path';
import { Problem } from '../../../shared/model/problem.ts';

/** Deaths of the process that a file may be present at before it is refused. */
const MOST_DEATHS = 2;

/**
 * Remembers which files were being read when the decoder process died. A file that was there twice, the second time
 * alone, is refused from then on.
 */
export class Suspects {
  readonly #deaths = new Map<string, number>();
  readonly #guilty = new Map<string, Problem>();

  /** The files of a request as one key: an image and its mask are suspected together. */
  static key(paths: readonly string[]): string {
    return paths.join('\0');
  }

  /** Why a request is refused, or null. */
  refusal(paths: readonly string[]): Problem | null {
    for (const key of [Suspects.key(paths), ...paths]) {
      const problem = this.#guilty.get(key);
      if (problem) return problem;
    }
    return null;
  }

  /** The process died or hung while these were read; `alone` when nothing else was. */
  sawDeath(paths: readonly string[], alone: boolean, why: string): void {
    const key = Suspects.key(paths);
    const deaths = (this.#deaths.get(key) ?? 0) + 1;
    this.#deaths.set(key, deaths);
    if (!alone || deaths < MOST_DEATHS) return;
    this.#guilty.set(
      key,
      new Problem('unsafe-image', `${quoted(paths)} is not opened any more.`, {
        cause: `Reading it ended the image reader twice (${why}).`,
        advice: 'The file can be sent all the same. To see it here, save it again with another program.',
      }),
    );
  }

  /** These were read to the end. */
  cleared(paths: readonly string[]): void {
    this.#deaths.delete(Suspects.key(paths));
  }
}

/** The process died while a request was read alone. */
export function crashProblem(paths: readonly string[], why: string): Problem {
  return new Problem('decoder-crashed', `Reading ${quoted(paths)} ended the image reader.`, {
    cause: `The file is damaged, or stored in a way that the reader does not survive (${why}).`,
    advice: 'Everything else goes on. The file can be sent all the same.',
  });
}

/** A request took longer than any honest image needs. */
export function timeoutProblem(paths: readonly string[], milliseconds: number): Problem {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  return new Problem(
    'decoder-timeout',
    `Reading ${quoted(paths)} took more than ${seconds} s and was stopped.`,
    {
      cause: 'The file is damaged, very large without a pyramid, or on a slow drive.',
      advice: 'Try again. If it takes as long, save it with a pyramid and in tiles.',
    },
  );
}

function quoted(paths: readonly string[]): string {
  const names = paths.map((path) => `"${basename(path)}"`);
  return names.length > 1 ? `${names[0]} with its mask ${names[1]}` : (names[0] ?? 'the image');
}
