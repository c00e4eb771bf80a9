import { type FormEvent, useState } from 'react';
import type { ColumnKey, ListColumn } from '../../../../shared/model/list-column.ts';
import { problemOf } from '../../../../shared/model/problem.ts';
import { Button, IconButton } from '../../../components/button.tsx';
import { classes } from '../../../components/classes.ts';
import { TextInput } from '../../../components/field.tsx';
import { Popover } from '../../../components/popover.tsx';
import { frozen } from './column-order.ts';
import styles from './column-panels.module.css';
import { addColumn } from './free-columns.ts';
import { closePanel, focusGrid, type GridPanel } from './grid-panel-store.ts';
import type { GridColumns } from './use-columns.ts';

const levelNote = { required: 'required', desirable: 'asked for', optional: '' } as const;

/** All columns: which are shown, in which order, and a field to add one. Rows are dragged or moved with their arrows. */
export function ColumnsPanel({
  submissionId,
  columns,
  panel,
}: {
  readonly submissionId: string;
  readonly columns: GridColumns;
  readonly panel: GridPanel;
}) {
  const [dragged, setDragged] = useState<ColumnKey | null>(null);
  const [target, setTarget] = useState<ColumnKey | null>(null);
  return (
    <Popover
      anchor={document.getElementById('files-columns')}
      label="Columns"
      onClose={() => closePanel(panel)}
      onClosed={focusGrid}
    >
      <div className={styles.panel}>
        <h2 className={styles.title}>Columns</h2>
        <ul className={styles.columns}>
          {columns.all.map((column, at) => (
            <li
              key={column.key}
              draggable={column.key !== frozen}
              onDragStart={() => setDragged(column.key)}
              onDragOver={(event) => {
                if (dragged === null || column.key === frozen) return;
                event.preventDefault();
                setTarget(column.key);
              }}
              onDragEnd={() => {
                setDragged(null);
                setTarget(null);
              }}
              onDrop={(event) => {
                event.preventDefault();
                if (dragged !== null) columns.put(dragged, column.key);
              }}
              className={classes(
                styles.columnRow,
                dragged === column.key && styles.dragged,
                dragged !== null && target === column.key && styles.target,
              )}
            >
              <ColumnRow
                column={column}
                columns={columns}
                before={at > 1 ? columns.all[at - 1] : undefined}
                after={column.key === frozen ? undefined : columns.all[at + 1]}
              />
            </li>
          ))}
        </ul>
        <AddColumn submissionId={submissionId} />
      </div>
    </Popover>
  );
}

function ColumnRow({
  column,
  columns,
  before,
  after,
}: {
  readonly column: ListColumn;
  readonly columns: GridColumns;
  readonly before: ListColumn | undefined;
  readonly after: ListColumn | undefined;
}) {
  const note = column.level === null ? '' : levelNote[column.level];
  return (
    <>
      <label>
        <input
          type="checkbox"
          checked={column.key === frozen || !column.hidden}
          disabled={column.key === frozen}
          onChange={(event) => columns.show(column.key, event.target.checked)}
        />
        <span className={styles.name} title={column.help || column.title}>
          {column.title}
        </span>
        {note !== '' && <span className={styles.note}>{note}</span>}
        {column.kind === 'free' && <span className={styles.note}>your own</span>}
      </label>
      <IconButton
        small
        icon="arrowUp"
        label={`Move ${column.title} up`}
        disabled={before === undefined}
        onClick={() => before && columns.put(column.key, before.key)}
      />
      <IconButton
        small
        icon="arrowDown"
        label={`Move ${column.title} down`}
        disabled={after === undefined}
        onClick={() => after && columns.put(column.key, after.key)}
      />
    </>
  );
}

function AddColumn({ submissionId }: { readonly submissionId: string }) {
  const [title, setTitle] = useState('');
  const [problem, setProblem] = useState('');
  const add = (event: FormEvent) => {
    event.preventDefault();
    addColumn(submissionId, title).then(
      () => setTitle(''),
      (thrown: unknown) => {
        const { message, cause, advice } = problemOf(thrown);
        setProblem([message, cause, advice].filter(Boolean).join(' '));
      },
    );
  };
  return (
    <>
      <form className={styles.add} onSubmit={add}>
        <TextInput
          aria-label="Name of a new column"
          placeholder="New column"
          value={title}
          autoComplete="off"
          onChange={(event) => {
            setTitle(event.target.value);
            setProblem('');
          }}
        />
        <Button type="submit" icon="add" disabled={title.trim() === ''}>
          Add
        </Button>
      </form>
      {problem !== '' && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </>
  );
}
