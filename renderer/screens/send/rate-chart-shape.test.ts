import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chartShape, chartWords } from './rate-chart-shape.ts';

test('zero lies at the bottom, the highest rate at the top, the newest at the right', () => {
  expect(chartShape([0, 50, 100], 200, 40)).toEqual({
    line: 'M0,40L100,20L200,0',
    area: 'M0,40L100,20L200,0L200,40L0,40Z',
    top: 100,
  });
});

test('nothing to draw gives no path', () => {
  expect(chartShape([], 200, 40)).toEqual({ line: '', area: '', top: 0 });
  expect(chartShape([7], 200, 40).line).toBe('');
  expect(chartShape([0, 0], 200, 40).line).toBe('');
});

test('no point leaves the box', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1e12, noNaN: true }), { minLength: 2, maxLength: 120 }),
      (rates) => {
        for (const pair of chartShape(rates, 300, 60).line.slice(1).split('L').filter(Boolean)) {
          const [x = Number.NaN, y = Number.NaN] = pair.split(',').map(Number);
          expect(x >= 0 && x <= 300 && y >= 0 && y <= 60).toBe(true);
        }
      },
    ),
  );
});

test('the chart has words', () => {
  expect(chartWords([80e6, 20e6, 84e6])).toBe(
    'Rate over time: lowest 20 MB/s, highest 84 MB/s, last 84 MB/s.',
  );
  expect(chartWords([])).toBe('The rate chart fills once bytes are moving.');
});
