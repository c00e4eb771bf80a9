import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Problem } from '../../shared/model/problem.ts';

/** Makes the folder given with --out where it is missing; returns its full path. */
export async function outFolder(folder: string): Promise<string> {
  const path = resolve(folder);
  try {
    await makeFolder(path);
  } catch (error) {
    throw new Problem('no-out-folder', `The folder ${path} could not be made.`, {
      cause: error instanceof Error ? error.message : String(error),
      advice: 'Name a folder that you may write to.',
    });
  }
  return path;
}

/**
 * Makes a folder and the ones above it that are missing, one after the other: Node's recursive mkdir never ends where
 * the file system answers ENOENT to making a folder in one that exists, as /proc does.
 */
async function makeFolder(path: string): Promise<void> {
  const there = await stat(path).catch(() => null);
  if (there?.isDirectory()) return;
  if (dirname(path) !== path) await makeFolder(dirname(path));
  await mkdir(path);
}
