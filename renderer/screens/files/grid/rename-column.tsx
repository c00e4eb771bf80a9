import { type FormEvent, useState } from 'react';
import type { ListColumn } from '../../../../shared/model/list-column.ts';
import { problemOf } from '../../../../shared/model/problem.ts';
import { Button } from '../../../components/button.tsx';
import { TextInput } from '../../../components/field.tsx';
import { Popover } from '../../../components/popover.tsx';
import styles from './column-panels.module.css';
import { renameColumn } from './free-columns.ts';
import { closePanel, focusGrid, type GridPanel, headId } from './grid-panel-store.ts';

/** Gives a free column another name; its cells stay. */
export function RenameColumn({
  submissionId,
  column,
  panel,
}: {
  readonly submissionId: string;
  readonly column: ListColumn;
  readonly panel: GridPanel;
}) {
  const [title, setTitle] = useState(column.title);
  const [problem, setProblem] = useState('');
  const close = () => closePanel(panel);
  const rename = (event: FormEvent) => {
    event.preventDefault();
    if (title.trim() === column.title) return close();
    renameColumn(submissionId, column.key, title).then(close, (thrown: unknown) => {
      const { message, cause, advice } = problemOf(thrown);
      setProblem([message, cause, advice].filter(Boolean).join(' '));
    });
  };
  return (
    <Popover
      anchor={document.getElementById(headId(column.key))}
      label={`Rename ${column.title}`}
      onClose={close}
      onClosed={focusGrid}
    >
      <form className={styles.panel} onSubmit={rename}>
        <h2 className={styles.title}>Rename {column.title}</h2>
        <TextInput
          aria-label="Name"
          value={title}
          autoComplete="off"
          onChange={(event) => {
            setTitle(event.target.value);
            setProblem('');
          }}
        />
        {problem !== '' && (
          <p role="alert" className={styles.problem}>
            {problem}
          </p>
        )}
        <div className={styles.buttons}>
          <Button small variant="primary" type="submit" disabled={title.trim() === ''}>
            Rename
          </Button>
        </div>
      </form>
    </Popover>
  );
}
