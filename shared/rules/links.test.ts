import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isKnownPrefix, isLink, leadsToDataset, linkParts, normalLink } from './links.ts';

describe('links (web tool, link patterns and prefixes)', () => {
  it.each([
    ['https://example.org/a?b#c', { url: 'https://example.org/a?b#c', type: null }],
    ['ftp://example.org', { url: 'ftp://example.org', type: null }],
    ['S-BIAD634', { url: 'S-BIAD634', type: 'biostudies' }],
    ['EMPIAR-11380', { url: 'EMPIAR-11380', type: 'empiar' }],
    ['idr0157', { url: 'idr0157', type: 'idr' }],
    ['biostudies:S-BIAD634', { url: 'S-BIAD634', type: 'biostudies' }],
    ['expression atlas (single cell):E-1', { url: 'E-1', type: 'expression atlas (single cell)' }],
    ['doi:10.1101/2025.11', { url: '10.1101/2025.11', type: 'doi' }],
  ])('%j is %j', (text, parts) => expect(linkParts(text)).toEqual(parts));

  it.each(['', 'somewhere', 'https://', 'https://a b.org', 'http:/a', 'x:y', ':id', 'gopher://a'])(
    '%j is none',
    (text) => expect(isLink(text)).toBe(false),
  );

  it('accepts nothing that the web form refuses, accessions aside', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.webUrl(), fc.string(), fc.string({ unit: fc.constantFrom(...'ab:/. ') })),
        (text) => {
          const parts = linkParts(text);
          if (!parts || !text.includes(':')) return;
          expect(/^(http|https|ftp):\/\/.+$/.test(text) || /^([\w\s].+):([\w\W]+)$/.test(text)).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['https://exa mple.org/ x', 'https://example.org/x'],
    [' HTTPS://example.org ', 'https://example.org'],
    ['example.org/data', 'https://example.org/data'],
    ['s-biad634', 'S-BIAD634'],
    ['biostudies : S-BIAD634', 'biostudies:S-BIAD634'],
    ['10.1101/2025.11', 'doi:10.1101/2025.11'],
    ['somewhere', 'somewhere'],
  ])('%j means %j', (typed, meant) => {
    expect(normalLink(typed)).toBe(meant);
    expect(normalLink(meant)).toBe(meant);
  });

  it('knows what leads to images', () => {
    for (const text of [
      'S-BIAD634',
      'biostudies:S-BIAD634',
      'empiar:EMPIAR-1',
      'https://doi.org/10.6019/S-BIAD1',
      'https://www.ebi.ac.uk/biostudies/bioimages/studies/S-BIAD1',
    ]) {
      expect(leadsToDataset(text)).toBe(true);
    }
    expect(leadsToDataset('https://github.com/a/b')).toBe(false);
    expect(leadsToDataset('nonsense')).toBe(false);
    expect(isKnownPrefix('EMPIAR')).toBe(true);
    expect(isKnownPrefix('javascript')).toBe(false);
  });
});
