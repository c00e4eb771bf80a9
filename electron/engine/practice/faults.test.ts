import { describe, expect, it } from 'vitest';
import { createFaultDesk } from './faults.ts';

describe('faults on order', () => {
  it('fire once, at the n-th request of their kind', () => {
    const desk = createFaultDesk([
      { kind: 'cut', at: 2 },
      { kind: 'lie-size', at: 1 },
      { kind: 'submit-bad-gateway', at: 2 },
    ]);
    expect([1, 2, 3].map(() => desk.takeForUpload())).toEqual([null, 'cut', null]);
    expect([1, 2].map(() => desk.takeForListing())).toEqual([true, false]);
    expect([1, 2, 3].map(() => desk.takeForSubmit())).toEqual([false, true, false]);
    expect(desk.list()).toEqual([]);
  });

  it('follow each other when they are due together', () => {
    const desk = createFaultDesk([
      { kind: 'cut', at: 1 },
      { kind: 'stall', at: 1 },
      { kind: 'cut', at: 1 },
    ]);
    expect([1, 2, 3, 4].map(() => desk.takeForUpload())).toEqual(['cut', 'stall', 'cut', null]);
  });

  it('are told as they are still to come, and replaced as a whole', () => {
    const desk = createFaultDesk([{ kind: 'cut', at: 3 }]);
    desk.takeForUpload();
    expect(desk.list()).toEqual([{ kind: 'cut', at: 2 }]);
    desk.set([{ kind: 'stall', at: 1 }]);
    expect(desk.list()).toEqual([{ kind: 'stall', at: 1 }]);
    expect(desk.takeForUpload()).toBe('stall');
  });
});
