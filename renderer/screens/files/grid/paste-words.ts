import type { CallOutput } from '../../../../shared/contract/contract.ts';
import { formatCounted } from '../../../../shared/rules/format-quantities.ts';

type Pasted = Pick<
  CallOutput<'cells.paste'>,
  'changedCells' | 'changedEntries' | 'rowsLeftOver' | 'columnsLeftOver' | 'refusedCells' | 'refused'
>;

/** What a paste did, and in a second sentence what it left out and why. */
export function pasteWords(pasted: Pasted): { readonly message: string; readonly detail?: string } {
  const { changedCells, changedEntries, refusedCells, rowsLeftOver, columnsLeftOver } = pasted;
  const message =
    changedCells === 0
      ? 'Nothing was pasted.'
      : `Pasted ${formatCounted(changedCells, 'cell')} of ${formatCounted(changedEntries, 'file')}.`;
  const reasons = [...new Set(pasted.refused.map(({ reason }) => reason))];
  const detail = [
    refusedCells > 0 &&
      `${formatCounted(refusedCells, 'cell')} stayed as before. ${reasons.slice(0, 2).join(' ')}`,
    rowsLeftOver > 0 && `${formatCounted(rowsLeftOver, 'row')} had no row left to go to.`,
    columnsLeftOver > 0 && `${formatCounted(columnsLeftOver, 'column')} had no column left to go to.`,
  ]
    .filter((part) => part !== false)
    .join(' ');
  return detail === '' ? { message } : { message, detail };
}
