import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { SubmissionFile } from '../library/submission-file.ts';
import { receiptJson } from './receipt.ts';
import { receiptHtml } from './receipt-html.ts';

const CHUNK = 64 * 1024;

/**
 * Writes `receipt.json` and `receipt.html` into a folder that is there; returns their paths. Memory does not grow with
 * the files, and others are served meanwhile.
 */
export async function writeReceipts(
  file: SubmissionFile,
  folder: string,
  now: Date,
  signal?: AbortSignal,
): Promise<string[]> {
  const written: string[] = [];
  for (const form of ['json', 'html'] as const) {
    const path = join(folder, `receipt.${form}`);
    await writeReceipt(file, path, form, now, signal);
    written.push(path);
  }
  return written;
}

/** Writes the receipt in one of its forms to a path. */
export async function writeReceipt(
  file: SubmissionFile,
  path: string,
  form: 'json' | 'html',
  now: Date,
  signal?: AbortSignal,
): Promise<void> {
  const pieces = form === 'json' ? receiptJson(file, now) : receiptHtml(file, now);
  const target = createWriteStream(path, { encoding: 'utf8' });
  await pipeline(Readable.from(inChunks(pieces)), target, signal ? { signal } : {});
}

/** A row of a receipt is too little to write by itself. */
export function* inChunks(pieces: Iterable<string>): Generator<string> {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < CHUNK) continue;
    yield text;
    text = '';
  }
  yield text;
}
