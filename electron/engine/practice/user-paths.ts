import { mkdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { noPermission } from './archive-error.ts';
import { isMissing } from './storage.ts';

/**
 * Turns a path of a request into segments below the user's folder. `//` and `.` fall away, `..` goes up; a path
 * that goes up too far, starts at the disk's root or holds characters that would is refused.
 */
export function segmentsOf(requested: string): string[] {
  const segments: string[] = [];
  for (const segment of requested.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment.includes('\0')) throw noPermission(requested);
    // On Windows these would name a drive, a stream or a further folder.
    if (path.sep === '\\' && /[\\:]/.test(segment)) throw noPermission(requested);
    if (segment === '..') {
      if (segments.pop() === undefined) throw noPermission(requested);
    } else {
      segments.push(segment);
    }
  }
  return segments;
}

/**
 * Finds an existing file or folder below the user's folder and gives its real path; null when there is none.
 * Throws `noPermission` when the path leaves the folder, be it by `..` or by a symbolic link.
 */
export async function findInside(userFolder: string, requested: string): Promise<string | null> {
  const target = path.join(userFolder, ...segmentsOf(requested));
  try {
    return requireInside(await realpath(userFolder), await realpath(target), requested);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/**
 * Makes the folders on the way to a file to be written and gives the path to write to. No folder is made and no
 * path is given that lies outside the user's folder, be it by `..` or by a symbolic link.
 */
export async function prepareInside(userFolder: string, requested: string): Promise<string> {
  const segments = segmentsOf(requested);
  const name = segments.pop();
  if (name === undefined || requested.endsWith('/')) throw noPermission(requested);
  const root = await realpath(userFolder);
  let folder = root;
  for (const segment of segments) {
    folder = path.join(folder, segment);
    await mkdir(folder).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    });
    folder = requireInside(root, await realpath(folder), requested);
  }
  return path.join(folder, name);
}

function requireInside(root: string, real: string, requested: string): string {
  if (real !== root && !real.startsWith(root + path.sep)) throw noPermission(requested);
  return real;
}
