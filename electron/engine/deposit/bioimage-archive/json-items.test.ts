import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonItems, NoItems } from './json-items.ts';

async function* pieces(text: string, cuts: readonly number[]): AsyncIterable<Uint8Array> {
  const bytes = Buffer.from(text);
  let at = 0;
  for (const cut of [...cuts.map((n) => n % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b)) {
    yield bytes.subarray(at, cut);
    at = cut;
  }
}

async function read(text: string, cuts: readonly number[] = []): Promise<unknown[]> {
  const items: unknown[] = [];
  for await (const item of jsonItems(pieces(text, cuts))) items.push(item);
  return items;
}

describe('a JSON list read in pieces', () => {
  const item = fc.dictionary(fc.string(), fc.jsonValue());
  const spaces = fc.constantFrom('', ' ', '\r\n\t');

  it('gives what JSON.parse gives, wherever it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(item), fc.array(fc.nat()), spaces, async (items, cuts, space) => {
        const text = `${space}[${space}${items.map((one) => JSON.stringify(one, null, space && 1)).join(`,${space}`)}${space}]${space}`;
        expect(await read(text, cuts)).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    '',
    '{}',
    'null',
    '"x"',
    '[',
    '[{"a":1}',
    '[{"a":',
    '[1]',
    '[{"a":}]',
    '<html></html>',
    '[{}] x',
    '[]{}',
  ])('refuses %s', async (text) => {
    await expect(read(text)).rejects.toBeInstanceOf(NoItems);
  });

  it('refuses an item without end instead of keeping it', async () => {
    const endless = (async function* () {
      yield Buffer.from('[{"name":"');
      for (let n = 0; n < 100; n++) yield Buffer.alloc(100_000, 'x');
    })();
    const reading = (async () => {
      for await (const one of jsonItems(endless)) expect(one).toBeUndefined();
    })();
    await expect(reading).rejects.toThrow('too long');
  });
});
