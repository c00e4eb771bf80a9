import { type FileHandle, link, open, rename, rm, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Problem } from '../../../shared/model/problem.ts';
import { type CheckedZip, ZipChecker } from './zip-checker.ts';
import { ZipSource } from './zip-source.ts';
import type { PackList } from './zip-stream.ts';

const PIECE = 1024 * 1024;

export interface Saving {
  /** Bytes that the ZIP will have. */
  readonly bytes: number;
  readonly signal?: AbortSignal;
  /** Told how many bytes were written, then how many were read back. */
  readonly onBytes?: (stage: 'writing' | 'testing', bytes: number) => void;
}

/**
 * Writes a ZIP to a path where nothing is yet, reads it back from its first byte to its last, and only then gives it
 * its name. Whatever goes wrong, nothing half is left.
 * @throws Problem `file-exists`, `zip-not-written`, `zip-damaged`, or what the list throws
 */
export async function saveZip(target: string, list: PackList, saving: Saving): Promise<CheckedZip> {
  await refuseTaken(target);
  const draft = join(dirname(target), `.${basename(target)}.${crypto.randomUUID().slice(0, 8)}.part`);
  try {
    const handle = await open(draft, 'wx+').catch((error: unknown) => {
      throw notWritten(target, error);
    });
    let checked: CheckedZip;
    try {
      await write(handle, target, list, saving);
      checked = await testZip(handle, saving);
    } finally {
      await handle.close();
    }
    await giveName(draft, target);
    return checked;
  } finally {
    await rm(draft, { force: true });
  }
}

async function write(handle: FileHandle, target: string, list: PackList, saving: Saving): Promise<void> {
  const source = new ZipSource(list, saving.bytes);
  try {
    const buffer = Buffer.allocUnsafe(PIECE);
    for (let at = 0; ; ) {
      saving.signal?.throwIfAborted();
      const bytes = await source.read(buffer);
      if (bytes === 0) break;
      await handle.write(buffer, 0, bytes, at).catch((error: unknown) => {
        throw notWritten(target, error);
      });
      at += bytes;
      saving.onBytes?.('writing', at);
    }
    await source.verify();
    // What is read back must come from the disk's own idea of the file.
    await handle.sync();
  } finally {
    await source.close();
  }
}

/** Reads a ZIP from its beginning and tests every member. */
async function testZip(handle: FileHandle, saving: Saving): Promise<CheckedZip> {
  const checker = new ZipChecker(saving.bytes);
  const buffer = Buffer.allocUnsafe(PIECE);
  for (let at = 0; ; ) {
    saving.signal?.throwIfAborted();
    const { bytesRead } = await handle.read(buffer, 0, PIECE, at);
    if (bytesRead === 0) break;
    checker.push(buffer.subarray(0, bytesRead));
    at += bytesRead;
    saving.onBytes?.('testing', at);
  }
  return checker.finish();
}

/** A link refuses to take the place of what came there meanwhile; where there are no links, a look must do. */
async function giveName(draft: string, target: string): Promise<void> {
  try {
    await link(draft, target);
    await unlink(draft);
  } catch {
    await refuseTaken(target);
    await rename(draft, target);
  }
}

async function refuseTaken(target: string): Promise<void> {
  const there = await stat(target).catch(() => null);
  if (there === null) return;
  throw new Problem('file-exists', `There is already a file ${basename(target)} in this folder.`, {
    advice: 'Choose another folder or another name; Slipway does not write over files.',
  });
}

function notWritten(target: string, error: unknown): Problem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const causes: Record<string, string> = {
    ENOSPC: 'The disk is full.',
    EACCES: 'You have no right to write into this folder.',
    EROFS: 'This disk can only be read.',
    EFBIG: 'This disk takes no file of that size.',
    ENOENT: 'The folder is no longer there.',
  };
  return new Problem('zip-not-written', `${basename(target)} could not be written.`, {
    cause: causes[code] ?? (error instanceof Error ? error.message : String(error)),
    advice: 'Choose another folder with enough room, or make room there.',
  });
}
