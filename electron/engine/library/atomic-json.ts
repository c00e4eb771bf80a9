import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import type { z } from 'zod';

/**
 * Writes JSON so that at any instant the path holds the old content or the new one, whole; the old content stays
 * beside it with `.backup` at the end.
 */
export function writeJson(path: string, data: unknown): void {
  const part = `${path}.${process.pid}.part`;
  const handle = openSync(part, 'w');
  try {
    writeSync(handle, `${JSON.stringify(data, null, 2)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  if (existsSync(path)) copyFileSync(path, `${path}.backup`);
  renameSync(part, path);
}

/**
 * Reads what {@link writeJson} wrote. A file that is damaged is set aside with `.damaged` at the end and the backup
 * read; when that is no good either, or there never was a file, null.
 */
export function readJson<T extends z.ZodType>(path: string, schema: T): z.output<T> | null {
  const now = parse(path, schema);
  if (now !== null || !existsSync(path)) return now;
  copyFileSync(path, `${path}.damaged`);
  return parse(`${path}.backup`, schema);
}

function parse<T extends z.ZodType>(path: string, schema: T): z.output<T> | null {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}
