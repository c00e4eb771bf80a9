import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideRelease } from './release-date.ts';

const now = new Date('2026-11-20T15:30:00Z');

describe('the release date', () => {
  it('may be today or later', () => {
    expect(decideRelease('2026-11-20', now, null).released).toBe(true);
    expect(decideRelease('2026-11-21', now, null).released).toBe(false);
    expect(decideRelease('2031-02-28', now, null).time.toISOString()).toBe('2031-02-28T00:00:00.000Z');
  });

  it('may not be in the past', () => {
    expect(() => decideRelease('2026-11-19', now, null)).toThrow('Release date cannot be in the past');
  });

  it.each(['31-01-2027', '2027/01/31', '2027-1-31', '2027-02-30', '2027-13-01', 'soon', '2027-01-31T', ''])(
    'refuses "%s"',
    (text) => {
      expect(() => decideRelease(text, now, null)).toThrow(
        `Provided date ${text} could not be parsed. Expected format is YYYY-MM-DD`,
      );
    },
  );

  it('takes a moment for its day', () => {
    expect(decideRelease('2027-01-31T10:15:00Z', now, null)).toEqual(decideRelease('2027-01-31', now, null));
  });

  it('stays as it is once public, and may move before', () => {
    const open = { time: new Date('2026-01-01T00:00:00Z'), released: true };
    expect(() => decideRelease('2027-01-31', now, open)).toThrow(
      'The release date of a public study cannot be changed',
    );
    expect(decideRelease('2026-01-01', now, open).released).toBe(true);
    const closed = { time: new Date('2028-01-01T00:00:00Z'), released: false };
    expect(decideRelease('2025-01-01', now, closed).released).toBe(true);
  });

  it('takes every day there is', () => {
    const days = fc.date({ min: new Date('2026-11-20'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (day) => {
        const text = day.toISOString().slice(0, 10);
        expect(decideRelease(text, now, null).time.toISOString().slice(0, 10)).toBe(text);
      }),
    );
  });
});
