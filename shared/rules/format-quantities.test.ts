import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatAgo,
  formatBytes,
  formatCount,
  formatCounted,
  formatDuration,
  formatExactBytes,
  formatRate,
} from './format-quantities.ts';

describe('formatBytes', () => {
  test.each([
    [0, '0 B'],
    [1, '1 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [9949, '9.9 kB'],
    [9950, '10 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [12_000_000, '12 MB'],
    [18e9, '18 GB'],
    [2.1e12, '2.1 TB'],
    [5_000e15, '5,000 PB'],
    [-3, '0 B'],
  ])('%d is %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  test('what is shown is within 5 per cent of what is meant, and never 1,000 of a unit below the last', () => {
    const factor = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, PB: 1e15 };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (bytes) => {
        const [number, unit] = formatBytes(bytes).split(' ');
        const shown = Number(number?.replaceAll(',', ''));
        expect(Math.abs(shown * factor[unit as keyof typeof factor] - bytes)).toBeLessThanOrEqual(
          bytes * 0.05,
        );
        if (unit !== 'PB') expect(shown).toBeLessThan(1000);
      }),
    );
  });
});

test('counts carry thousands separators and the right word', () => {
  expect(formatCount(1_000_000)).toBe('1,000,000');
  expect(formatCounted(1, 'file')).toBe('1 file');
  expect(formatCounted(1204, 'name')).toBe('1,204 names');
  expect(formatCounted(2, 'entry', 'entries')).toBe('2 entries');
  expect(formatExactBytes(2_100_000_123)).toBe('2,100,000,123 bytes');
  expect(formatRate(84_000_000)).toBe('84 MB/s');
});

test.each([
  [0, '0 s'],
  [4.4, '4 s'],
  [59.6, '1 min'],
  [130, '2 min 10 s'],
  [3600, '1 h'],
  [3605, '1 h'],
  [18_180, '5 h 3 min'],
  [273_600, '3 d 4 h'],
])('%d seconds are %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));

test.each([
  [10_000, 'just now'],
  [50_000, '1 min ago'],
  [240_000, '4 min ago'],
  [3 * 3_600_000, '3 h ago'],
  [30 * 3_600_000, 'yesterday'],
  [12 * 86_400_000, '12 d ago'],
])('%d ms ago is %s', (ago, text) => expect(formatAgo(1e12 - ago, 1e12)).toBe(text));

test('long ago is a date, and a clock that runs ahead is just now', () => {
  expect(formatAgo(Date.UTC(2026, 0, 5), Date.UTC(2026, 6, 1))).toBe('2026-01-05');
  expect(formatAgo(2000, 1000)).toBe('just now');
});
