import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { ImageInfo } from '../../../shared/imaging/image-info.ts';
import { Problem } from '../../../shared/model/problem.ts';
import type { Decoder } from '../pixels/decoder.ts';

/**
 * Opens an image. The decoder may read nothing of a folder that was not there when it started, and says of its files
 * that they lie outside; what is really the matter is said here.
 */
export async function openImage(
  decoder: Pick<Decoder, 'open'>,
  path: string,
  part: string,
  signal?: AbortSignal,
): Promise<ImageInfo> {
  try {
    return await decoder.open(path, part, signal);
  } catch (thrown) {
    if (!(thrown instanceof Problem) || thrown.code !== 'not-granted' || existsSync(path)) throw thrown;
    throw new Problem('file-gone', `"${basename(path)}" is not there now.`, {
      cause: 'It or its folder was moved or deleted, or lies on a disk that is not connected.',
      advice: 'Bring it back, then look through its folder again under Files.',
    });
  }
}
