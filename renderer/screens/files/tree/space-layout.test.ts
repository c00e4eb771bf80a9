import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SpaceArea, SpacePart } from '../../../../shared/contract/tree-calls.ts';
import { nearestBox } from './nearest-box.ts';
import { type Box, spaceLayout, squarified } from './space-layout.ts';

const part = fc.record<SpacePart>({
  what: fc.constantFrom('folder', 'file', 'rest'),
  name: fc.string({ maxLength: 5 }),
  id: fc.nat(),
  entries: fc.nat(),
  files: fc.integer({ min: 1, max: 1000 }),
  bytes: fc.oneof(fc.constant(0), fc.nat({ max: 1e6 }), fc.integer({ min: 1, max: 5e12 })),
  kind: fc.constantFrom('image', 'mask', 'table', 'other'),
});
const box = fc.record<Box>({
  x: fc.nat({ max: 50 }),
  y: fc.nat({ max: 50 }),
  width: fc.integer({ min: 1, max: 2000 }),
  height: fc.integer({ min: 1, max: 1200 }),
});
const close = (a: number, b: number) => Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a), Math.abs(b));
const size = ({ width, height }: Box) => width * height;

function overlap(a: Box, b: Box): number {
  const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, wide) * Math.max(0, high);
}

function isInside(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x - 1e-6 &&
    inner.y >= outer.y - 1e-6 &&
    inner.x + inner.width <= outer.x + outer.width + 1e-6 &&
    inner.y + inner.height <= outer.y + outer.height + 1e-6
  );
}

describe('the space map', () => {
  test('gives each its share of the box, fills the box, and puts nothing on top of anything', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), box, (parts, outer) => {
        const boxes = squarified(parts, outer);
        const weighed = parts.some(({ bytes }) => bytes > 0) ? 'bytes' : 'files';
        const sum = parts.reduce((all, one) => all + one[weighed], 0);
        expect(boxes.map(({ one }) => one).toSorted(byIdentity(parts))).toEqual(
          parts.filter((one) => one[weighed] > 0),
        );
        for (const one of boxes) {
          expect(isInside(one, outer)).toBe(true);
          expect(close(size(one), (size(outer) * one.one[weighed]) / sum)).toBe(true);
        }
        for (const [at, a] of boxes.entries()) {
          for (const b of boxes.slice(at + 1)) expect(overlap(a, b)).toBeLessThan(1e-3);
        }
        if (boxes.length > 0)
          expect(
            close(
              boxes.reduce((all, one) => all + size(one), 0),
              size(outer),
            ),
          ).toBe(true);
      }),
    );
  });

  test('draws the parts of a folder inside it, below its name', () => {
    const area = fc
      .tuple(part, fc.array(part, { maxLength: 12 }))
      .map(([one, parts]): SpaceArea => ({ ...one, parts }));
    fc.assert(
      fc.property(fc.array(area, { maxLength: 12 }), fc.integer({ min: 0, max: 900 }), (areas, width) => {
        for (const outer of spaceLayout(areas, width, 500)) {
          for (const inner of outer.parts) {
            expect(isInside(inner, outer)).toBe(true);
            expect(inner.y).toBeGreaterThanOrEqual(outer.y + 18);
          }
        }
      }),
    );
  });

  test('arrow keys lead to what lies in their direction, and from every area there is a way to every other', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 2, maxLength: 20 }), (parts) => {
        const boxes = squarified(parts, { x: 0, y: 0, width: 900, height: 600 });
        if (boxes.length === 0) return;
        const reached = new Set([0]);
        const open = [0];
        for (let from = open.pop(); from !== undefined; from = open.pop()) {
          for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown', 'Home', 'End']) {
            const to = nearestBox(key, boxes, from);
            if (to === null || reached.has(to)) continue;
            expect(to).toBeLessThan(boxes.length);
            reached.add(to);
            open.push(to);
          }
        }
        expect(nearestBox('Enter', boxes, 0)).toBeNull();
        expect(reached.size).toBe(boxes.length);
      }),
    );
  });
});

function byIdentity(parts: readonly SpacePart[]) {
  return (a: SpacePart, b: SpacePart) => parts.indexOf(a) - parts.indexOf(b);
}
