import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rate } from './rate.ts';

describe('rate', () => {
  it('finds a steady speed and what is left of the time', () => {
    const rate = new Rate(0);
    for (let tenth = 0; tenth < 200; tenth++) rate.add(100, tenth * 100);
    expect(rate.perSecond(20_000)).toBeCloseTo(1000);
    expect(rate.secondsFor(5000, 20_000)).toBeCloseTo(5);
    expect(rate.history(20_000)).toHaveLength(20);
  });

  it('does not guess before a second has passed, nor when nothing moves', () => {
    const rate = new Rate(0);
    rate.add(1e6, 500);
    expect(rate.secondsFor(10, 900)).toBeNull();
    expect(rate.secondsFor(0, 900)).toBe(0);
    expect(rate.secondsFor(10, 3_600_000)).toBeNull();
  });

  it('keeps a minute, never a negative number, and survives a sleeping computer', () => {
    const step = fc.record({ after: fc.integer({ min: 0, max: 5000 }), bytes: fc.nat(1e9) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        let now = 0;
        const rate = new Rate(now);
        for (const { after, bytes } of steps) {
          now += after;
          rate.add(bytes, now);
          expect(rate.perSecond(now)).toBeGreaterThanOrEqual(0);
        }
        expect(rate.history(now + 86_400_000).length).toBeLessThanOrEqual(60);
      }),
    );
  });
});
