import { create } from 'zustand';
import { showUndoable } from '../../../stores/history.ts';

interface News {
  /** Places that show the news themselves: short notes wait behind an open dialog. */
  readonly shownBy: number;
  readonly last: { readonly id: string; readonly message: string } | null;
}

export const usePairNews = create<News>()(() => ({ shownBy: 0, last: null }));

/** Says what was done to pairs, where the person looks, with a way to take it back. */
export function tellUndoable(id: string, message: string): void {
  if (usePairNews.getState().shownBy > 0) usePairNews.setState({ last: { id, message } });
  else showUndoable(id, message);
}

/** For a dialog: the news are shown there until the function given back is called. */
export function showNewsHere(): () => void {
  usePairNews.setState(({ shownBy }) => ({ shownBy: shownBy + 1, last: null }));
  return () => usePairNews.setState(({ shownBy }) => ({ shownBy: shownBy - 1, last: null }));
}
