import { type DragEvent, useEffect, useRef, useState } from 'react';
import { formatBytes, formatCount, formatCounted } from '../../../../shared/rules/format-quantities.ts';
import { Button } from '../../../components/button.tsx';
import { classes } from '../../../components/classes.ts';
import { Dialog } from '../../../components/dialog.tsx';
import { Icon } from '../../../components/icons.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { Progress } from '../../../components/progress.tsx';
import { Skeleton } from '../../../components/states.tsx';
import { showUndoable } from '../../../stores/history.ts';
import type { GridColumns } from '../grid/use-columns.ts';
import { ImportMapping } from './import-mapping.tsx';
import { countWords, hasReport } from './mapping-edit.ts';
import { openTablePanel } from './table-panel-store.ts';
import { isTableName, pickTable } from './table-upload.ts';
import styles from './tables.module.css';
import { type TableImport, useTableImport } from './use-table-import.ts';

/** Takes a table in: chosen or dropped, seen with what it would do, and taken as one step that can be undone. */
export function ImportDialog({
  submissionId,
  columns,
  file,
  onClose,
}: {
  readonly submissionId: string;
  readonly columns: GridColumns;
  /** A table that was dropped on the window. */
  readonly file: File | null;
  readonly onClose: () => void;
}) {
  const table = useTableImport(submissionId);
  const { choose, preview, busy } = table;
  const begun = useRef<File | null>(null);
  useEffect(() => {
    if (file !== null && begun.current !== file) choose(file);
    begun.current = file;
  }, [file, choose]);

  const take = async () => {
    const counts = await table.take();
    if (counts === null) return;
    onClose();
    const rows = formatCounted(counts.matched, 'row');
    showUndoable(submissionId, `Imported ${rows} of ${table.name ?? 'the table'}.`, countWords(counts));
    if (hasReport(counts)) openTablePanel('report');
  };
  const changed = preview?.counts.changedCells ?? 0;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="large"
      title="Import a table"
      description="Rows of a TSV, CSV or XLSX file fill the columns of the files that they name. It is one step that can be undone."
      footer={
        <>
          {preview && (
            <Button disabled={busy === 'importing'} onClick={() => void pick(choose)}>
              Another file
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            icon="upload"
            disabled={busy !== null || changed === 0}
            onClick={() => void take()}
          >
            {changed > 0 ? `Import ${formatCount(preview?.counts.matched ?? 0)} rows` : 'Import'}
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        {table.problem && <ProblemNotice problem={table.problem} />}
        {table.name === null || (table.problem && !preview) ? (
          <ChooseTable onChoose={choose} />
        ) : preview ? (
          <ImportMapping table={table} preview={preview} columns={columns} />
        ) : (
          busy === null && <ChooseTable onChoose={choose} />
        )}
        {busy !== null && <Busy table={table} />}
      </div>
    </Dialog>
  );
}

async function pick(choose: (file: File) => void): Promise<void> {
  const file = await pickTable();
  if (file) choose(file);
}

function ChooseTable({ onChoose }: { readonly onChoose: (file: File) => void }) {
  const [over, setOver] = useState(false);
  const [wrong, setWrong] = useState('');
  const take = (file: File | null | undefined) => {
    if (!file) return;
    if (isTableName(file.name)) onChoose(file);
    else setWrong(`“${file.name}” is no table. Choose a TSV, CSV or XLSX file.`);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    event.stopPropagation();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <section
      aria-label="The file"
      className={classes(styles.choose, over && styles.over)}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name="table" size={28} />
      <p>One column must name the files: by path, or by name where that is enough.</p>
      <Button icon="upload" onClick={() => void pickTable().then(take)}>
        Choose a file
      </Button>
      <p className={styles.soft}>or drop it here</p>
      {wrong !== '' && (
        <p role="alert" className={styles.wrong}>
          {wrong}
        </p>
      )}
    </section>
  );
}

function Busy({ table }: { readonly table: TableImport }) {
  const { busy, progress, preview } = table;
  const say = table.counts === 'bytes' ? formatBytes : formatCount;
  if (!progress && !preview) return <Skeleton rows={5} />;
  const total = progress?.total ?? null;
  return (
    <div className={styles.busy}>
      <Progress
        now={progress?.now ?? (busy === 'importing' ? 'Importing' : 'Counting what would change')}
        value={progress?.done ?? 0}
        max={total}
        {...(progress && total !== null ? { numbers: `${say(progress.done)} of ${say(total)}` } : {})}
      />
      {busy === 'importing' && (
        <Button small icon="stop" onClick={table.stop}>
          Stop
        </Button>
      )}
    </div>
  );
}
