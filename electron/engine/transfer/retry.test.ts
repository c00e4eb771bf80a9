import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patientPolicy, pause, savingTime, waitBeforeRetry } from './retry.ts';

describe('waits between attempts', () => {
  it('double from the first to the longest, off by at most a fifth', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempt, random) => {
          const plain = Math.min(patientPolicy.longestWaitMs, patientPolicy.firstWaitMs * 2 ** (attempt - 1));
          const wait = waitBeforeRetry(attempt, patientPolicy, random);
          expect(wait).toBeGreaterThanOrEqual(plain * 0.8 - 1e-6);
          expect(wait).toBeLessThanOrEqual(plain * 1.2 + 1e-6);
        },
      ),
    );
  });

  it('end with an AbortError when the signal fires, before or meanwhile', async () => {
    const stopping = new AbortController();
    const waiting = pause(3_600_000, stopping.signal);
    stopping.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    await expect(pause(0, stopping.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('time to save', () => {
  it('grows with the size and ends at the longest', () => {
    fc.assert(
      fc.property(fc.nat(1e12), fc.nat(1e12), (a, b) => {
        const [small, large] = [Math.min(a, b), Math.max(a, b)];
        expect(savingTime(small, patientPolicy)).toBeLessThanOrEqual(savingTime(large, patientPolicy));
        expect(savingTime(large, patientPolicy)).toBeLessThanOrEqual(patientPolicy.longestSavingMs);
        expect(savingTime(small, patientPolicy)).toBeGreaterThanOrEqual(patientPolicy.savingMs);
      }),
    );
    expect(savingTime(20e9, patientPolicy)).toBe(patientPolicy.longestSavingMs);
  });
});
