import { expect, test } from 'vitest';
import { afterChange, problemToast, type Toast, withoutToast, withToast } from './toast-store.ts';

const toast = (id: number, message: string): Toast => ({ id, message, tone: 'plain' });

test('the newest stays, the oldest leave, the same words are said once', () => {
  let toasts: readonly Toast[] = [];
  for (let id = 1; id <= 6; id++) toasts = withToast(toasts, toast(id, `note ${id}`));
  expect(toasts.map((one) => one.id)).toEqual([3, 4, 5, 6]);
  toasts = withToast(toasts, toast(7, 'note 4'));
  expect(toasts.map((one) => one.id)).toEqual([3, 5, 6, 7]);
  expect(withoutToast(toasts, 5).map((one) => one.id)).toEqual([3, 6, 7]);
});

test('newer news take the place of older ones, problems with another cause stay', () => {
  const news = (id: number, detail: string): Toast => ({ ...toast(id, 'Looked through.'), detail });
  expect(withToast([news(1, '4 files')], news(2, '5 files')).map((one) => one.id)).toEqual([2]);
  const problem = (id: number, detail: string): Toast => ({ ...news(id, detail), tone: 'problem' });
  expect(withToast([problem(1, 'a')], problem(2, 'b')).map((one) => one.id)).toEqual([1, 2]);
  expect(withToast([problem(1, 'a')], problem(2, 'a')).map((one) => one.id)).toEqual([2]);
});

test('a problem keeps its cause and advice', () => {
  const problem = { code: 'x', message: 'The folder is gone.', cause: 'Unplugged?', advice: 'Plug it in.' };
  expect(problemToast(problem)).toEqual({
    tone: 'problem',
    message: 'The folder is gone.',
    detail: 'Unplugged? Plug it in.',
  });
  expect(problemToast({ code: 'x', message: 'Gone.' })).toEqual({ tone: 'problem', message: 'Gone.' });
});

test('a change takes away the offer to undo the one before it, and nothing else', () => {
  const undoable = (id: number): Toast => ({ ...toast(id, `changed ${id}`), ofLastChange: true });
  const toasts = withToast(withToast([toast(1, 'note')], undoable(2)), undoable(3));
  expect(toasts.map((one) => one.id)).toEqual([1, 3]);
  expect(afterChange(toasts).map((one) => one.id)).toEqual([1]);
  const plain = [toast(1, 'note')];
  expect(afterChange(plain)).toBe(plain);
});
