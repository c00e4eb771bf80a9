import type { LibraryItem } from '../../../shared/model/submission.ts';
import { formatCount } from '../../../shared/rules/format-quantities.ts';
import type { Tone } from '../../components/badge.tsx';
import type { IconName } from '../../components/icons.tsx';

export interface ItemState {
  readonly tone: Tone;
  readonly icon: IconName | null;
  readonly words: string;
}

/** What a submission needs next, in two or three words. */
export function itemState(item: LibraryItem): ItemState {
  const must = item.findings?.must ?? 0;
  const missing = item.missing ?? 0;
  if (item.state === 'sent') {
    return { tone: 'done', icon: 'checkCircle', words: item.accession ? `sent, ${item.accession}` : 'sent' };
  }
  if (item.state === 'sending') return { tone: 'accent', icon: 'upload', words: 'partly sent' };
  if (item.state === 'uploaded') return { tone: 'accent', icon: 'upload', words: 'uploaded, not handed in' };
  if ((item.entries ?? 0) === 0) return { tone: 'neutral', icon: null, words: 'no files yet' };
  if (must > 0) return { tone: 'must', icon: 'must', words: `${formatCount(must)} to fix` };
  if (missing > 0) return { tone: 'neutral', icon: null, words: `${formatCount(missing)} missing` };
  if (!item.checkedAt) return { tone: 'neutral', icon: null, words: 'not checked' };
  return { tone: 'done', icon: 'check', words: 'ready to send' };
}
