import { useEffect, useRef, useState } from 'react';
import { formatCount } from '../../../../shared/rules/format-quantities.ts';
import { SearchInput } from '../../../components/field.tsx';
import { showProblem } from '../../../stores/toast-store.ts';
import { useFilesView } from '../files-view-store.ts';
import { nothing } from '../selection.ts';
import { findRow } from './find-row.ts';
import styles from './go-to-field.module.css';
import { closePanel, focusGrid, useGridPanel } from './grid-panel-store.ts';

/** Leads to a row by its number, or to the next one whose path holds what is typed. Ctrl G comes here, Escape goes back. */
export function GoToField({
  submissionId,
  total,
}: {
  readonly submissionId: string;
  readonly total: number;
}) {
  const [text, setText] = useState('');
  const [said, setSaid] = useState('');
  const last = useRef<{ text: string; entryId: number } | null>(null);
  const box = useRef<HTMLSpanElement>(null);
  const panel = useGridPanel((state) => state.panel);
  useEffect(() => {
    if (panel?.what !== 'go-to') return;
    const field = box.current?.querySelector('input');
    field?.focus();
    field?.select();
    closePanel(panel);
  }, [panel]);

  const goTo = (row: number) => {
    useFilesView.setState((view) => ({
      ...{ cursor: row, anchor: row, columnAnchor: view.column, inHead: false, goal: row },
      selection: 'rows' in view.selection ? nothing : view.selection,
    }));
  };
  const go = async () => {
    const typed = text.trim();
    if (typed === '' || total === 0) return;
    const number = /^#?\s*([\d,. ]+)$/.exec(typed)?.[1]?.replace(/[,. ]/g, '');
    const view = useFilesView.getState();
    if (number !== undefined && number !== '') {
      const row = Math.min(total, Math.max(1, Number(number)));
      setSaid(`Row ${formatCount(row)} of ${formatCount(total)}`);
      goTo(row - 1);
      return;
    }
    const after = last.current?.text === typed ? last.current.entryId : null;
    const found = await findRow(submissionId, view, typed, after);
    if (found === null) {
      last.current = null;
      setSaid('No path holds this');
      return;
    }
    last.current = { text: typed, entryId: found.entryId };
    setSaid(`${formatCount(found.nth)} of ${formatCount(found.count)}`);
    goTo(found.row);
  };
  return (
    <span ref={box} className={styles.goTo}>
      <SearchInput
        label="Go to row or path"
        value={text}
        className={styles.field}
        onValue={(value) => {
          setText(value);
          setSaid('');
        }}
        onKeyDownCapture={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault();
            go().catch(showProblem);
          } else if (event.key === 'Escape') {
            event.preventDefault();
            event.stopPropagation();
            focusGrid();
          }
        }}
      />
      <span role="status" className={styles.said}>
        {said}
      </span>
    </span>
  );
}
