/**
 * Reads the rows of a JSON array one by one, without holding the array. Rows are objects. Throws when the text is no
 * array, when a row is no JSON, or when the array does not end.
 *
 * @param source a stream of text chunks
 * @returns rows in batches, as they arrive
 */
export async function* readJsonRows(source: AsyncIterable<string>): AsyncGenerator<unknown[]> {
  const scanner = new RowScanner();
  for await (const chunk of source) {
    const rows = scanner.push(chunk).map((text): unknown => JSON.parse(text));
    if (rows.length > 0) yield rows;
  }
  if (!scanner.begun) throw new Error('Expected content to be an array');
  if (!scanner.ended) throw new Error('Unexpected end-of-input: expected close marker for Array');
}

class RowScanner {
  begun = false;
  ended = false;
  #row = '';
  #depth = 0;
  #inText = false;
  #escaped = false;

  /** Takes the next piece of text and gives the rows that it completes. */
  push(chunk: string): string[] {
    const rows: string[] = [];
    let start = this.#depth > 0 ? 0 : -1;
    for (let at = 0; at < chunk.length && !this.ended; at += 1) {
      const character = chunk.charAt(at);
      if (this.#inText) this.#insideText(character);
      else if (this.#depth === 0) {
        if (this.#betweenRows(character)) start = at;
      } else if (character === '"') this.#inText = true;
      else if (character === '{' || character === '[') this.#depth += 1;
      else if (character === '}' || character === ']') {
        this.#depth -= 1;
        if (this.#depth === 0) {
          rows.push(this.#row + chunk.slice(start, at + 1));
          this.#row = '';
          start = -1;
        }
      }
    }
    if (start >= 0) this.#row += chunk.slice(start);
    return rows;
  }

  #insideText(character: string): void {
    if (this.#escaped) this.#escaped = false;
    else if (character === '\\') this.#escaped = true;
    else if (character === '"') this.#inText = false;
  }

  /** True when a row begins at this character. */
  #betweenRows(character: string): boolean {
    if (/\s/.test(character)) return false;
    if (!this.begun) {
      if (character !== '[') throw new Error('Expected content to be an array');
      this.begun = true;
      return false;
    }
    if (character === ']') this.ended = true;
    else if (character === '{') this.#depth = 1;
    else if (character !== ',') throw new Error(`Unexpected character ('${character}') between rows`);
    return this.#depth === 1;
  }
}
