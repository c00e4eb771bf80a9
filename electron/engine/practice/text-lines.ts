import type { Readable } from 'node:stream';

/**
 * Reads text line by line, in batches as they arrive, as Java's BufferedReader does: LF, CR and CRLF end a line, a
 * last line needs no end, and a byte order mark stays where it is.
 *
 * @param source a stream of text chunks
 */
export async function* readLines(source: Readable | AsyncIterable<string>): AsyncGenerator<string[]> {
  let rest = '';
  for await (const chunk of source as AsyncIterable<string>) {
    const text = rest + chunk;
    // A CR at the very end may be the first half of a CRLF.
    const upTo = text.endsWith('\r') ? text.length - 1 : text.length;
    const lines = text.slice(0, upTo).split(/\r\n|\n|\r/);
    rest = (lines.pop() ?? '') + text.slice(upTo);
    if (lines.length > 0) yield lines;
  }
  if (rest === '') return;
  const last = rest.split(/\r\n|\n|\r/);
  if (last.at(-1) === '') last.pop();
  yield last;
}
