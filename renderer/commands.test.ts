import { expect, test } from 'vitest';
import { type Command, matchesShortcut, mergeCommands, shortcutWords } from './commands.ts';

const press = (key: string, more: Partial<Parameters<typeof matchesShortcut>[1]> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
});

test('a shortcut matches its keys and no more', () => {
  expect(matchesShortcut('mod+z', press('z', { ctrlKey: true }), false)).toBe(true);
  expect(matchesShortcut('mod+z', press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe(false);
  expect(matchesShortcut('mod+shift+z', press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe(true);
  expect(matchesShortcut('mod+z', press('z', { metaKey: true }), false)).toBe(false);
  expect(matchesShortcut('mod+z', press('z', { metaKey: true }), true)).toBe(true);
  expect(matchesShortcut('alt+1', press('1', { altKey: true }), false)).toBe(true);
  expect(matchesShortcut('alt+1', press('1'), false)).toBe(false);
});

test('shortcuts are written as on the keyboard', () => {
  expect(shortcutWords('mod+shift+z', false)).toBe('Ctrl Shift Z');
  expect(shortcutWords('mod+k', true)).toBe('⌘ K');
  expect(shortcutWords('alt+arrowleft', false)).toBe('Alt ←');
});

test('a room may replace a command of the same id', () => {
  const command = (id: string, title: string): Command => ({ id, title, group: 'g', run: () => {} });
  const merged = mergeCommands([[command('a', 'one'), command('b', 'two')], [command('a', 'three')]]);
  expect(merged.map((one) => one.title)).toEqual(['three', 'two']);
});
