import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planeFactsSchema } from '../../../shared/imaging/image-info.ts';
import { planeFacts, readPlaneFacts } from './plane-facts.ts';
import { fakeSource } from './test-fixtures/fake-source.ts';

describe('facts of a plane', () => {
  test('count what is there, of every type', () => {
    const values = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 500 }),
      fc.int16Array({ minLength: 1, maxLength: 500 }),
      fc.uint32Array({ minLength: 1, maxLength: 500 }),
      fc.float32Array({ minLength: 1, maxLength: 500 }),
      fc.float64Array({ minLength: 1, maxLength: 500 }),
    );
    fc.assert(
      fc.property(values, (plane) => {
        const facts = planeFacts(plane);
        expect(planeFactsSchema.safeParse(facts).success).toBe(true);
        const finite = [...plane].filter((value) => Number.isFinite(value));
        if (finite.length === 0) return expect(facts).toMatchObject({ min: 0, max: 0, distinct: 0 });
        expect(facts.min).toBe(Math.min(...finite));
        expect(facts.max).toBe(Math.max(...finite));
        expect(facts.low).toBeGreaterThanOrEqual(facts.min);
        expect(facts.high).toBeLessThanOrEqual(facts.max);
        expect(facts.low).toBeLessThanOrEqual(facts.high);
        expect(facts.distinct).toBe(new Set(finite.map((value) => value + 0)).size);
        expect(facts.zeroShare).toBeCloseTo(
          [...plane].filter((value) => value === 0).length / plane.length,
          12,
        );
        const counted = facts.bins.reduce((sum, count) => sum + count, 0);
        expect(counted).toBeGreaterThanOrEqual(finite.length * 0.985 - 2);
        expect(counted).toBeLessThanOrEqual(finite.length);
      }),
      { numRuns: 300 },
    );
  });

  test('the range leaves out half a per cent on each side', () => {
    const plane = Uint16Array.from({ length: 10_000 }, (_, index) =>
      index < 30 ? 0 : index < 9970 ? 100 + (index % 50) : 60_000,
    );
    expect(planeFacts(plane)).toMatchObject({ min: 0, max: 60_000, low: 100, high: 149 });
  });

  test('the histogram has a bin for every value of a narrow range, in order', () => {
    const facts = planeFacts(Uint8Array.of(5, 5, 6, 8));
    expect(facts).toMatchObject({ low: 5, high: 8, bins: [2, 1, 0, 1], distinct: 3 });
  });

  test('labels up to 65,537 are counted', () => {
    expect(planeFacts(Uint32Array.from({ length: 100_000 }, (_, index) => index * 7919)).distinct).toBe(
      65_537,
    );
  });

  test('are those of the finest level that is small enough', async () => {
    const widths: number[] = [];
    const source = fakeSource({
      width: 10,
      height: 10,
      value: (x) => x,
      onRead: (region) => widths.push(region.width),
    });
    expect(await readPlaneFacts(source, { c: 0, z: 0, t: 0 })).toMatchObject({
      min: 0,
      max: 9,
      distinct: 10,
    });
    expect(widths).toEqual([10]);
  });
});
