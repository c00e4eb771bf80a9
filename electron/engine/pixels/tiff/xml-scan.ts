/** Longer tags than this are not OME-XML; the scan ends there. */
const MAX_TAG = 64 * 1024;

export interface XmlElement {
  /** Name without prefix. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

export interface XmlHandler {
  /** Return false to end the scan. */
  open(element: XmlElement): boolean;
  close(name: string, text: string): boolean;
}

/**
 * Walks over the elements of an XML text in one pass. It is not a full parser, on purpose: the text comes from a
 * hostile file, so nothing is built up, nothing is fetched, and no entity but the five of XML and character numbers is
 * expanded (a document type definition is skipped). Malformed text ends the scan.
 */
export function scanXml(text: string, handler: XmlHandler): void {
  let at = 0;
  let textStart = 0;
  for (;;) {
    const open = text.indexOf('<', at);
    if (open < 0) return;
    if (text.startsWith('<!--', open)) at = after(text, '-->', open);
    else if (text.startsWith('<?', open)) at = after(text, '?>', open);
    else if (text.startsWith('<!', open)) at = after(text, '>', open);
    else {
      const end = tagEnd(text, open);
      if (end < 0) return;
      const closing = text[open + 1] === '/';
      const body = text.slice(open + (closing ? 2 : 1), end);
      const name = localName(/^[^\s/>]*/.exec(body)?.[0] ?? '');
      if (closing) {
        if (!handler.close(name, unescapeXml(text.slice(textStart, open).trim()))) return;
      } else {
        if (!handler.open({ name, attributes: readAttributes(body) })) return;
        if (body.endsWith('/') && !handler.close(name, '')) return;
      }
      at = end + 1;
      textStart = at;
    }
    if (at < 0) return;
  }
}

function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? -1 : found + mark.length;
}

/** Index of the `>` that ends a tag, or -1; a `>` inside quotes does not. */
function tagEnd(text: string, from: number): number {
  let quote = '';
  const limit = Math.min(text.length, from + MAX_TAG);
  for (let at = from + 1; at < limit; at++) {
    const char = text[at] ?? '';
    if (quote) {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '>') return at;
  }
  return -1;
}

function readAttributes(body: string): Map<string, string> {
  const attributes = new Map<string, string>();
  // The look-behind lets a name begin only at its first character, so that the search stays linear on hostile text.
  for (const match of body.matchAll(/(?<![^\s"'])([^\s=/<>"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    attributes.set(localName(match[1] ?? ''), unescapeXml(match[2] ?? match[3] ?? ''));
  }
  return attributes;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return entities[String(name)] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
  });
}
