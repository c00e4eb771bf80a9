import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstPanel, narrowestPanel, parsePanel, widestPanel } from './panel-store.ts';
import { share, shareWords } from './share.ts';

test('reads back what was kept, and makes the best of anything else', () => {
  const kept = { ...firstPanel, view: 'space', width: 400, bars: true, open: false, sort: 'bytes' } as const;
  expect(parsePanel(JSON.stringify(kept))).toEqual(kept);
  expect(parsePanel(null)).toEqual(firstPanel);
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const panel = parsePanel(text);
      expect(panel.width).toBeGreaterThanOrEqual(narrowestPanel);
      expect(panel.width).toBeLessThanOrEqual(widestPanel);
      expect(['tree', 'space', 'kinds']).toContain(panel.view);
    }),
  );
});

test('says shares in as many digits as tell something', () => {
  expect([0, 1e-5, 0.004, 0.0996, 0.12, 1].map(shareWords)).toEqual([
    '0 %',
    '< 0.1 %',
    '0.4 %',
    '10 %',
    '12 %',
    '100 %',
  ]);
  expect([share(1, 0), share(5, 10), share(11, 10), share(-1, 10)]).toEqual([0, 0.5, 1, 0]);
});
