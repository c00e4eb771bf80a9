import { basename } from 'node:path';
import { Problem } from '../../../shared/model/problem.ts';

/** Something about the file that means its pixels cannot be read right. `why` is a sentence. */
export function cannotRead(name: string, why: string): Problem {
  return new Problem('cannot-read-image', `Slipway cannot show "${name}".`, {
    cause: why,
    advice:
      'The file can be sent all the same. To see it here, save it again as a plain TIFF or as OME-Zarr.',
  });
}

/** The file is not whole, or its parts contradict each other. */
export function damaged(name: string, why: string): Problem {
  return new Problem('damaged-image', `"${name}" is damaged.`, {
    cause: why,
    advice: 'Compare it with the original, and copy or export it again.',
  });
}

/** Reading would take more memory than an honest image needs, or than is sensible. */
export function tooLarge(name: string, why: string): Problem {
  return new Problem('image-too-large', `"${name}" is too large to be shown.`, {
    cause: why,
    advice: 'The file can be sent all the same. To see it here, save it with a pyramid and in tiles.',
  });
}

/** Turns what a reader or the file system threw into a Problem that names the file; Problems and aborts pass. */
export function asPixelProblem(thrown: unknown, path: string): unknown {
  if (thrown instanceof Problem) return thrown;
  if (thrown instanceof Error && thrown.name === 'AbortError') return thrown;
  const name = basename(path);
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new Problem('file-gone', `"${name}" is no longer there.`, {
      cause: 'It was moved, renamed or deleted since the folder was scanned.',
      advice: 'Look at the folder again.',
    });
  }
  if (code === 'ERR_ACCESS_DENIED') return notGranted(name);
  if (code === 'EACCES' || code === 'EPERM') {
    return new Problem('file-unreadable', `"${name}" may not be read.`, {
      cause: 'The rights of the file do not allow it.',
      advice: 'Ask the owner of the file for the right to read it.',
    });
  }
  return cannotRead(name, `The reader stopped: ${oneLine(thrown)}`);
}

/** The file lies outside the folders that were added. */
export function notGranted(name: string): Problem {
  return new Problem('not-granted', `"${name}" is outside the folders that were added.`, {
    cause: 'The part of Slipway that reads images may only read those folders. A link inside them leads out.',
    advice: 'Add the folder in which the file really is.',
  });
}

function oneLine(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const line = text.split('\n', 1)[0] ?? '';
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
