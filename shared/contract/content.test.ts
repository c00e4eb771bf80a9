import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ContentRequestInput, contentAddress, parseContentAddress } from './content.ts';

function parts(address: string): [path: string, query: string] {
  const cut = address.indexOf('?');
  return [`/${address.slice(0, cut)}`, address.slice(cut)];
}

describe('content addresses', () => {
  test('a tile is read back as it was asked, whatever its numbers and id', () => {
    const index = fc.nat(1_000_000);
    const tile = fc.record({
      imageId: fc.string(),
      level: index,
      c: index,
      z: index,
      t: index,
      x: index,
      y: index,
    });
    fc.assert(
      fc.property(tile, (numbers) => {
        const request: ContentRequestInput = { what: 'tile', ...numbers };
        expect(parseContentAddress(...parts(contentAddress(request)))).toEqual(request);
      }),
    );
  });

  test('a thumbnail without its mask leaves the mask out', () => {
    const address = contentAddress({ what: 'thumbnail', id: 'ä b/c', entryId: 3, size: 128 });
    expect(parseContentAddress(...parts(address))).toEqual({
      what: 'thumbnail',
      id: 'ä b/c',
      entryId: 3,
      part: '',
      maskPart: '',
      size: 128,
    });
  });

  test.each([
    ['/content/tile', '?imageId=a'],
    ['/content/thumbnail', '?id=a&entryId=-1&size=128'],
    ['/content/thumbnail', '?id=a&entryId=1&size=100000'],
    ['/content/secrets', '?id=a'],
    ['/content/../engine', '?id=a'],
    ['/index.html', ''],
    ['/content/', ''],
  ])('%s%s is no content', (path, query) => {
    expect(parseContentAddress(path, query)).toBeNull();
  });
});
