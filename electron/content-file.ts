import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import type { ContentAnswer } from '../shared/contract/content.ts';

/** The bytes of an answer as a stream. A temporary file goes when the stream ends, however it ends. */
export function openContent(answer: ContentAnswer): Readable {
  if (answer.file === undefined) return Readable.from([answer.body], { objectMode: false });
  const stream = createReadStream(answer.file);
  stream.once('close', () => void discardContent(answer));
  return stream;
}

/** Removes the temporary file of an answer that nobody wants any more. */
export async function discardContent(answer: ContentAnswer): Promise<void> {
  // It lies alone in a folder of its own.
  if (answer.file !== undefined) await rm(dirname(answer.file), { recursive: true, force: true });
}

/** How many bytes an answer has. */
export async function contentLength(answer: ContentAnswer): Promise<number> {
  return answer.file === undefined ? answer.body.byteLength : (await stat(answer.file)).size;
}
