import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Alarm, patientPolicy, savingTime, waitBeforeRetry } from './retry.ts';

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
    const alarm = new Alarm();
    const waiting = alarm.wait(3_600_000, stopping.signal);
    stopping.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    await expect(alarm.wait(0, stopping.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('an alarm', () => {
  it('ends every wait that goes on, and no later one', async () => {
    const alarm = new Alarm();
    const signal = new AbortController().signal;
    const both = Promise.all([alarm.wait(3_600_000, signal), alarm.wait(7_200_000, signal)]);
    alarm.ring();
    await both;
    let over = false;
    const later = alarm.wait(3_600_000, signal).then(() => {
      over = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(over).toBe(false);
    alarm.ring();
    await later;
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
