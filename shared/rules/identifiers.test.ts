import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as identifiers from './identifiers.ts';

const {
  isEmail,
  normalEmail,
  isOrcid,
  normalOrcid,
  isDoi,
  normalDoi,
  isPubmedId,
  normalPubmedId,
  isRorId,
  normalRorId,
} = identifiers;

describe('e-mail (web tool pattern; curators’ corrections)', () => {
  it.each(['a@b.org', 'ada.lovelace+x@sub.example.ac.uk', 'müller@universität.de'])('takes %j', (mail) =>
    expect(isEmail(mail)).toBe(true),
  );
  it.each(['', 'a@b', 'a b@c.org', 'Ada <a@b.org>', 'a@b.org.', 'a@b.org;c@d.org', '@b.org', 'a@b@c.org'])(
    'refuses %j',
    (mail) => expect(isEmail(mail)).toBe(false),
  );
  it.each([
    ['Ada Lovelace <a@b.org>', 'a@b.org'],
    ['mailto:a@b.org', 'a@b.org'],
    [' a@b.org\u202b ', 'a@b.org'],
    ['a@b.org.', 'a@b.org'],
    ['a@b.orga@b.org', 'a@b.org'],
    ['not there', 'not there'],
  ])('%j means %j', (typed, meant) => expect(normalEmail(typed)).toBe(meant));
  it('is never looser than the web form', () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string()), (text) => {
        if (isEmail(text)) expect(text).toMatch(/^[^\s@]+@[^\s@]+\.[^\s@]+$/);
      }),
    );
  });
});

describe('ORCID (ISO 7064 mod 11-2)', () => {
  it.each(['0000-0002-1825-0097', '0000-0001-5437-1294', '0009-0000-8060-1030', '0000-0002-9079-593X'])(
    'takes %s',
    (id) => expect(isOrcid(id)).toBe(true),
  );
  it.each([
    '0000-0002-1825-0098',
    'https://orcid.org/0000-0002-1825-0097',
    '0000000218250097',
    '0000-0002-9079-593x',
    '',
  ])('refuses %j', (id) => expect(isOrcid(id)).toBe(false));
  it.each([
    ['https://orcid.org/0000-0002-1825-0097', '0000-0002-1825-0097'],
    ['ORCID iD: 0000 0002 1825 0097', '0000-0002-1825-0097'],
    ['0000000290795 93x', '0000-0002-9079-593X'],
    ['0000–0002–1825–0097', '0000-0002-1825-0097'],
    ['pending', 'pending'],
  ])('%j means %j', (typed, meant) => expect(normalOrcid(typed)).toBe(meant));
  it('sees every single wrong digit and every two digits swapped', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^\d{15}$/),
        fc.nat(14),
        fc.integer({ min: 1, max: 9 }),
        (digits, at, add) => {
          const check = identifiers.orcidCheckCharacter(digits);
          const form = (plain: string) => plain.replace(/(.{4})(?=.)/g, '$1-');
          expect(isOrcid(form(digits + check))).toBe(true);
          const wrong = digits.slice(0, at) + ((Number(digits[at]) + add) % 10) + digits.slice(at + 1);
          expect(isOrcid(form(wrong + check))).toBe(false);
          const swapped = digits.slice(0, at) + (digits[at + 1] ?? '') + digits[at] + digits.slice(at + 2);
          if (swapped.length === 15 && swapped !== digits) expect(isOrcid(form(swapped + check))).toBe(false);
        },
      ),
    );
  });
});

describe('DOI', () => {
  it.each([
    '10.1038/s41592-025-02835-8',
    '10.1002/cyto.a.20714',
    '10.6019/S-BIAD2808',
    '10.1016/0092-8674(94)90025-6',
  ])('takes %s', (doi) => expect(isDoi(doi)).toBe(true));
  it.each([
    'https://doi.org/10.1002/cyto.a.20714',
    '10.110/2025',
    '0.1101/2025.08',
    'TBD',
    'arXiv:2311.10443',
    '10.1101/',
    '10.1101/a b',
  ])('refuses %j', (doi) => expect(isDoi(doi)).toBe(false));
  it.each([
    ['https://doi.org/10.1002/cyto.a.20714', '10.1002/cyto.a.20714'],
    ['http://dx.doi.org/10.1002/cyto.a.20714', '10.1002/cyto.a.20714'],
    ['doi: 10.1002/cyto.a.20714.', '10.1002/cyto.a.20714'],
    ['arXiv:2311.10443v2', '10.48550/arXiv.2311.10443'],
    ['https://arxiv.org/abs/2311.10443', '10.48550/arXiv.2311.10443'],
    ['TBD', 'TBD'],
  ])('%j means %j', (typed, meant) => expect(normalDoi(typed)).toBe(meant));
});

describe('PubMed id and ROR id', () => {
  it('takes digits only', () => {
    expect(['37567915', '1'].every(isPubmedId)).toBe(true);
    expect(['pending', 'in revision', 'PMC1234', '0123', '123456789', ''].some(isPubmedId)).toBe(false);
    expect(normalPubmedId('https://pubmed.ncbi.nlm.nih.gov/37567915/')).toBe('37567915');
    expect(normalPubmedId('PMID: 37567915')).toBe('37567915');
    expect(normalPubmedId('pending')).toBe('pending');
  });
  it('knows the check number of ROR (ISO 7064 mod 97-10), on ids of real submissions', () => {
    for (const id of ['0220mzb33', '03r8z3t63', '03mstc592', '02catss52']) {
      expect(isRorId(`https://ror.org/${id}`)).toBe(true);
      expect(normalRorId(id)).toBe(`https://ror.org/${id}`);
      expect(normalRorId(`ror.org/${id.toUpperCase()}/`)).toBe(`https://ror.org/${id}`);
    }
    expect(isRorId('https://ror.org/0220mzb34')).toBe(false);
    expect(isRorId('0220mzb33')).toBe(false);
  });
});

describe('normal forms', () => {
  it('stay as they are when made normal again', () => {
    const seeds = [
      'https://doi.org/',
      'doi:',
      '10.1234/',
      'orcid.org/',
      '0000-0002-1825-0097',
      'PMID:',
      '123',
      '<',
      '>',
      'a@b.org',
      ' ',
      'arXiv:',
      'ror.org/',
      '0220mzb33',
      '/',
    ];
    const typed = fc
      .array(fc.oneof(fc.constantFrom(...seeds), fc.string({ maxLength: 4 })), { maxLength: 4 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(typed, (text) => {
        for (const normal of [normalEmail, normalOrcid, normalDoi, normalPubmedId, normalRorId]) {
          expect(normal(normal(text))).toBe(normal(text));
        }
      }),
      { numRuns: 2000 },
    );
  });
});
