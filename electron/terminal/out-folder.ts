import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Problem } from '../../shared/model/problem.ts';

/** Makes the folder given with --out where it is missing; returns its full path. */
export async function outFolder(folder: string): Promise<string> {
  const path = resolve(folder);
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw new Problem('no-out-folder', `The folder ${path} could not be made.`, {
      cause: error instanceof Error ? error.message : String(error),
      advice: 'Name a folder that you may write to.',
    });
  }
  return path;
}
