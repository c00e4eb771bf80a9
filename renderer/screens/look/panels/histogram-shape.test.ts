import { describe, expect, it } from 'vitest';
import { histogramPath } from './histogram-shape.ts';

const facts = { min: 0, max: 100, low: 0, high: 100, bins: [0, 9, 0, 99], distinct: 4, zeroShare: 0 };

describe('histogramPath', () => {
  it('draws one step a bin, the fullest one to the top, an empty one on the ground', () => {
    expect(histogramPath(facts, { low: 0, high: 100 }, 100, 50)).toBe('M0 50V50H25V25H50V50H75V0H100V50Z');
  });
  it('keeps its place when the control reaches further', () => {
    const path = histogramPath(facts, { low: -100, high: 100 }, 100, 50);
    expect(path.startsWith('M50 50')).toBe(true);
    expect(path).toContain('H100');
  });
  it('is empty where there is nothing to count', () => {
    expect(histogramPath({ ...facts, bins: [] }, { low: 0, high: 1 }, 100, 50)).toBe('');
    expect(histogramPath({ ...facts, bins: [0, 0] }, { low: 0, high: 1 }, 100, 50)).toBe('');
  });
});
