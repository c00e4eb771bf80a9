import type { ClipboardEvent } from 'react';
import { formatCounted } from '../../../../shared/rules/format-quantities.ts';
import { showProblem, showToast } from '../../../stores/toast-store.ts';
import { copiedText, fillAll, type GridNow, pasteText, writeClipboard } from './cell-acts.ts';

/** Copying out of the grid, pasting into it and cutting, as text that spreadsheets know. */
export function useClipboard(now: () => GridNow) {
  const copy = async (event: ClipboardEvent): Promise<boolean> => {
    if (isField(event.target)) return false;
    event.preventDefault();
    const copied = await copiedText(now());
    if (copied === null) return false;
    await writeClipboard(copied.text);
    if (copied.rows > 1) showToast({ message: `Copied ${formatCounted(copied.rows, 'row')}.` });
    return true;
  };
  return {
    onCopy: (event: ClipboardEvent) => void copy(event).catch(showProblem),
    onCut: (event: ClipboardEvent) =>
      void copy(event)
        .then((isCopied) => (isCopied ? fillAll(now(), '') : undefined))
        .catch(showProblem),
    onPaste: (event: ClipboardEvent) => {
      if (isField(event.target)) return;
      const text = event.clipboardData.getData('text/plain');
      event.preventDefault();
      if (text !== '') pasteText(now(), text).catch(showProblem);
    },
  };
}

/** Whether the text belongs to a field in the grid, not to its cells. */
function isField(target: EventTarget): boolean {
  return target instanceof HTMLInputElement && target.type !== 'checkbox';
}
