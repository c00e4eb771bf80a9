import type { Readable } from 'node:stream';
import { SaxesParser } from 'saxes';

/** Deeper than any part of a workbook nests. */
const MOST_DEPTH = 64;
/** Characters without a tag between them: a cell has at most 32,767, and what is behind a tag is not seen before its end. */
const MOST_UNTAGGED = 1_000_000;
/** Bytes of XML in one part: a sheet of a million rows and a hundred columns has some. */
const MOST_BYTES = 8e9;

/** What is told while XML is read. Names are without their prefix. */
export interface XmlListener {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/**
 * Reads XML from a stream, and after each piece of it gives the caller a turn. Entities of the document's own are not
 * expanded, for a document type is refused: with them a few bytes become gigabytes.
 */
export async function* readXml(stream: Readable, listener: XmlListener): AsyncGenerator<void> {
  const parser = new SaxesParser({ position: false, xmlns: false as const });
  let depth = 0;
  let untagged = 0;
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw new Error('It declares a document type, which no workbook does.');
  });
  parser.on('opentag', (tag) => {
    depth += 1;
    untagged = 0;
    if (depth > MOST_DEPTH) throw new Error('Its parts are nested too deep.');
    listener.open?.(localName(tag.name), tag.attributes);
  });
  parser.on('text', (text) => listener.text?.(text));
  parser.on('cdata', (text) => listener.text?.(text));
  parser.on('closetag', (tag) => {
    depth -= 1;
    untagged = 0;
    listener.close?.(localName(tag.name));
  });
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  let bytes = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > MOST_BYTES) throw new Error('It unpacks to more than any spreadsheet holds.');
      decoder ??= new TextDecoder(isUtf16(chunk) ? 'utf-16le' : 'utf-8');
      untagged += chunk.length;
      parser.write(decoder.decode(chunk, { stream: true }));
      if (untagged > MOST_UNTAGGED) throw new Error('It holds a text that is longer than any cell.');
      yield;
    }
    parser.write(decoder?.decode() ?? '').close();
    yield;
  } finally {
    stream.destroy();
  }
}

/** Reads a small part whole. */
export async function readSmallXml(stream: Readable, listener: XmlListener): Promise<void> {
  for await (const _ of readXml(stream, listener)) {
    // The listener has it.
  }
}

function isUtf16(chunk: Uint8Array): boolean {
  return chunk[0] === 0xff && chunk[1] === 0xfe;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** An attribute by its name without prefix, such as `id` of `r:id`. */
export function attribute(attributes: Readonly<Record<string, string>>, name: string): string | undefined {
  const plain = attributes[name];
  if (plain !== undefined) return plain;
  return Object.entries(attributes).find(([full]) => full.endsWith(`:${name}`))?.[1];
}

/** A text of a workbook, in which `_x000A_` stands for a character (ECMA-376 part 1, ST_Xstring). */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
