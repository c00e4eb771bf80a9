import { afterEach, expect, test } from 'vitest';
import { useToasts } from '../../../stores/toast-store.ts';
import { showNewsHere, tellUndoable, usePairNews } from './pair-news.ts';

afterEach(() => useToasts.setState({ toasts: [] }));

test('news are a short note, but stand in the dialog while one is open', () => {
  tellUndoable('a', 'Paired.');
  expect(useToasts.getState().toasts.map(({ message }) => message)).toEqual(['Paired.']);
  const end = showNewsHere();
  tellUndoable('a', 'Parted.');
  expect(usePairNews.getState().last).toEqual({ id: 'a', message: 'Parted.' });
  expect(useToasts.getState().toasts).toHaveLength(1);
  end();
  expect(usePairNews.getState()).toEqual({ shownBy: 0, last: null });
});
