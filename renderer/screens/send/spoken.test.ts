import { expect, test } from 'vitest';
import { createSpeaker } from './spoken.ts';

test('a change of kind is heard at once, numbers only now and then', () => {
  const speak = createSpeaker(20_000);
  expect(speak('running', '1 percent', 0)).toBe('1 percent');
  expect(speak('running', '2 percent', 1000)).toBe('1 percent');
  expect(speak('running', '9 percent', 19_999)).toBe('1 percent');
  expect(speak('running', '10 percent', 20_000)).toBe('10 percent');
  expect(speak('paused', '10 percent, paused', 20_001)).toBe('10 percent, paused');
});
