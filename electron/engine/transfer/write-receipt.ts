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
  for (const [name, pieces] of [
    ['receipt.json', receiptJson(file, now)],
    ['receipt.html', receiptHtml(file, now)],
  ] as const) {
    const path = join(folder, name);
    const target = createWriteStream(path, { encoding: 'utf8' });
    await pipeline(Readable.from(inChunks(pieces)), target, signal ? { signal } : {});
    written.push(path);
  }
  return written;
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
