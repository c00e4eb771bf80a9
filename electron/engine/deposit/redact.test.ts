import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskSecret, redactor } from './redact.ts';

describe('secrets in texts', () => {
  it('never come through, as they are or as they stand in addresses and JSON', () => {
    const secret = fc.string({ minLength: 4, maxLength: 40 });
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (password, before, after) => {
        fc.pre(!'•••'.includes(password) && !before.includes(password) && !after.includes(password));
        const redact = redactor([password]);
        for (const form of [password, encodeURIComponent(password), JSON.stringify(password).slice(1, -1)]) {
          const text = redact(`<${form}>`);
          expect(text).not.toContain(form);
        }
      }),
    );
  });

  it('go also when nobody named them: tokens and secret directories', () => {
    const token = 'eyJhbGciOiJIUzUxMiJ9.eyJzdWIiOiJ7XCJpZFwiOjExNn0ifQ.c2lnbmF0dXJlLW9mLXRva2Vu';
    const folder = '.beta/78/348482-52fd-4ade-9273-bdeac6d93423-a116/x.tif';
    const text = redactor([])(`bad header X-Session-Token: ${token} at ${folder}`);
    expect(text).toBe('bad header X-Session-Token: ••• at .beta/•••/x.tif');
  });

  it('leaves other text alone, and short words too', () => {
    expect(redactor(['abc', ''])('abcdef S-BIAD634')).toBe('abcdef S-BIAD634');
  });

  it('takes the longer of two first', () => {
    expect(redactor(['geheim', 'geheim-lang'])('geheim-lang')).toBe('•••');
  });
});

describe('a masked secret', () => {
  it('shows too little to be used', () => {
    expect(maskSecret('78/348482-52fd-4ade-9273-bdeac6d93423-a116')).toBe('78•••a116');
    expect(maskSecret('short')).toBe('•••');
  });
});
