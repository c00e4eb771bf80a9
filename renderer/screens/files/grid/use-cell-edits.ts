import { useCallback, useRef, useState } from 'react';
import type { Entry } from '../../../../shared/model/entry.ts';
import type { ListColumn } from '../../../../shared/model/list-column.ts';
import { acceptedCell } from '../../../../shared/rules/accepted-cell.ts';
import { engine } from '../../../connection.ts';
import { trackSave } from '../../../stores/saving-store.ts';
import { showProblem, showToast } from '../../../stores/toast-store.ts';
import { cellText, withCell } from './cell-text.ts';

/** Cells of an entry that were typed and not yet read back. */
interface Draft {
  /** The row as it was read last before the engine had taken the cells; any later one has them. */
  over: Entry;
  saving: number;
  cells: readonly (readonly [ListColumn['key'], string])[];
}

export interface CellEdits {
  /** A row with what was typed in it, also before the engine has answered. */
  readonly row: (index: number) => Entry | undefined;
  /** Keeps a text that {@link acceptedCell} took. */
  readonly set: (entry: Entry, column: ListColumn, text: string) => void;
}

/** Sets cells one by one; what is typed is seen at once. Each is one step that can be undone. */
export function useCellEdits(id: string, read: (index: number) => Entry | undefined): CellEdits {
  const drafts = useRef(new Map<number, Draft>());
  const [, redraw] = useState(0);

  const row = useCallback(
    (index: number) => {
      const entry = read(index);
      const draft = entry && drafts.current.get(entry.id);
      if (!entry || !draft) return entry;
      if (draft.saving > 0) draft.over = entry;
      else if (draft.over !== entry) {
        drafts.current.delete(entry.id);
        return entry;
      }
      return draft.cells.reduce((now, [key, text]) => withCell(now, key, text), entry);
    },
    [read],
  );

  const set = useCallback(
    (entry: Entry, column: ListColumn, text: string) => {
      const accepted = acceptedCell(column, text);
      if ('refused' in accepted || accepted.value === cellText(entry, column.key)) return;
      const draft = drafts.current.get(entry.id) ?? { over: entry, saving: 0, cells: [] };
      draft.cells = [...draft.cells, [column.key, accepted.value]];
      draft.saving += 1;
      drafts.current.set(entry.id, draft);
      const again = () => redraw((now) => now + 1);
      again();
      const call = engine.call('cells.set', { id, entryId: entry.id, column: column.key, value: text });
      trackSave(call)
        .then(
          ({ cleaned }) => {
            if (cleaned) showToast({ message: 'Something invisible was taken out of the text.' });
          },
          (thrown: unknown) => {
            draft.cells = draft.cells.filter((cell) => cell[0] !== column.key);
            showProblem(thrown);
          },
        )
        .finally(() => {
          draft.saving -= 1;
          again();
        });
    },
    [id],
  );
  return { row, set };
}
