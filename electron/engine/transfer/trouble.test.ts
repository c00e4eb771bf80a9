import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networkTrouble, refusalTrouble, retryAfterMs, Trouble } from './trouble.ts';

const refusal = (status: number, more: { words?: string; verdict?: boolean; retryAfter?: string } = {}) =>
  refusalTrouble({ status, words: '', verdict: false, retryAfter: undefined, ...more }, 'archive.example');

describe('what an answer means', () => {
  it('asks to sign in again on 401, whatever came with it', () => {
    expect(refusal(401)).toMatchObject({ kind: 'stop', code: 'sign-in-again' });
    expect(refusal(401, { words: 'No.', verdict: true })).toMatchObject({
      kind: 'stop',
      code: 'sign-in-again',
    });
  });

  it('stops on 403 and on addresses the archive does not know, redirects included', () => {
    expect(refusal(403).kind).toBe('stop');
    for (const status of [301, 302, 307, 404, 405]) expect(refusal(status).code).toBe('wrong-address');
  });

  it.each([500, 502, 503, 504, 599, 408])('tries again after %i without an error log', (status) => {
    expect(refusal(status).kind).toBe('retry');
  });

  it.each([400, 500, 501, 503, 415])('takes %i with an error log for a verdict on this file', (status) => {
    const trouble = refusal(status, {
      words: 'The given file path contains invalid characters: a+b',
      verdict: true,
    });
    expect(trouble).toMatchObject({ kind: 'file', code: 'refused' });
    expect(trouble.message).toContain('a+b');
  });

  it('waits as long as it is asked to', () => {
    expect(refusal(429, { retryAfter: '7' })).toMatchObject({ kind: 'wait', waitMs: 7000 });
    expect(refusal(503, { retryAfter: '2' })).toMatchObject({ kind: 'wait', waitMs: 2000 });
    expect(refusal(429)).toMatchObject({ kind: 'wait', waitMs: 30_000 });
  });

  it('never has nothing to say', () => {
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 599 }), fc.boolean(), (status, verdict) => {
        const trouble = refusal(status, { verdict, words: verdict ? 'Because.' : '' });
        expect(trouble.message).not.toBe('');
        expect(`${trouble.message}${trouble.why ?? ''}`).toMatch(/[.]/);
      }),
    );
  });
});

describe('Retry-After', () => {
  it('reads seconds and dates, and is never negative, nor more than ten minutes', () => {
    const now = Date.parse('2026-11-20T10:00:00Z');
    expect(retryAfterMs('Fri, 20 Nov 2026 10:00:05 GMT', now)).toBe(5000);
    expect(retryAfterMs('Fri, 20 Nov 2026 09:00:00 GMT', now)).toBe(0);
    expect(retryAfterMs('999999999', now)).toBe(600_000);
    fc.assert(
      fc.property(fc.string(), (text) => {
        const ms = retryAfterMs(text, now);
        expect(ms >= 0 && ms <= 600_000).toBe(true);
      }),
    );
  });
});

describe('what an error of the network means', () => {
  it('does not trust a certificate twice', () => {
    for (const code of [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'CERT_HAS_EXPIRED',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ]) {
      expect(networkTrouble({ code }, 'h')).toMatchObject({ kind: 'stop', code: 'certificate' });
    }
  });

  it('says in words what codes mean, also of the first of several addresses', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    expect(networkTrouble(new AggregateError([refused]), 'h:1').why).toContain('the server is down');
    expect(networkTrouble({ code: 'ENOTFOUND' }, 'h').why).toContain('no network');
  });

  it('keeps everything when a trouble turns out to come after the last byte', () => {
    const trouble = new Trouble('wait', 'busy', 'm', { cause: 'c', advice: 'a', waitMs: 5 }).afterLastByte();
    expect(trouble).toMatchObject({
      kind: 'wait',
      code: 'busy',
      why: 'c',
      advice: 'a',
      waitMs: 5,
      unclear: true,
    });
  });
});
