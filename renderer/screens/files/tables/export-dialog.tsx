import { useState } from 'react';
import type { ColumnKey, ListColumn } from '../../../../shared/model/list-column.ts';
import { mostPastedRows, type TableFormat, tableFormatSchema } from '../../../../shared/model/table.ts';
import { formatCount, formatCounted } from '../../../../shared/rules/format-quantities.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Checkbox, Field, Select } from '../../../components/field.tsx';
import { showProblem } from '../../../stores/toast-store.ts';
import { useFilesView } from '../files-view-store.ts';
import type { GridColumns } from '../grid/use-columns.ts';
import { selectedCount } from '../selection.ts';
import { type Extent, exportRows, exportSelected } from './export-table.ts';
import styles from './tables.module.css';

const formatTitle: Record<TableFormat, string> = {
  tsv: 'TSV: text with tabs, as file lists are',
  csv: 'CSV: text with commas',
  xlsx: 'XLSX: Excel workbook',
};

/** Gives the files out as a table: which rows, which columns, in which format. */
export function ExportDialog({
  submissionId,
  columns,
  total,
  onClose,
}: {
  readonly submissionId: string;
  readonly columns: GridColumns;
  /** Rows that the filter matches. */
  readonly total: number;
  readonly onClose: () => void;
}) {
  const view = useFilesView();
  const isFiltered = Object.keys(view.filter).length > 0;
  const selected = selectedCount(view.selection, total);
  const [extent, setExtent] = useState<Extent>(() =>
    selected > 1 ? 'selected' : isFiltered ? 'filter' : 'all',
  );
  const [format, setFormat] = useState<TableFormat>('tsv');
  const [keys, setKeys] = useState<ReadonlySet<ColumnKey>>(() => firstColumns(columns.all));
  const tooMany = extent === 'selected' && selected > mostPastedRows;
  const chosen = columns.all.filter(({ key }) => keys.has(key)).map(({ key }) => key);
  const save = () => {
    onClose();
    if (extent === 'selected') exportSelected(submissionId, view, chosen, format).catch(showProblem);
    else exportRows(submissionId, extent, view, chosen, format);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Export as a table"
      description="For a spreadsheet, or to fill in and import again: the path names the file."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" icon="download" disabled={chosen.length === 0 || tooMany} onClick={save}>
            Save the table
          </Button>
        </>
      }
    >
      <div className={styles.options}>
        <Field
          label="Files"
          problem={
            tooMany
              ? `At most ${formatCount(mostPastedRows)} selected files can be exported. Filter for them instead.`
              : null
          }
        >
          {(ids) => (
            <Select
              {...ids}
              value={extent}
              onChange={(event) => {
                const next = event.target.value as Extent;
                setExtent(next);
                if (next === 'selected' && format === 'xlsx') setFormat('tsv');
              }}
            >
              <option value="all">All files of the submission</option>
              {isFiltered && (
                <option value="filter">What the filter matches ({formatCounted(total, 'file')})</option>
              )}
              {selected > 0 && (
                <option value="selected">What is selected ({formatCounted(selected, 'file')})</option>
              )}
            </Select>
          )}
        </Field>
        <Field label="Format">
          {(ids) => (
            <Select
              {...ids}
              value={format}
              onChange={(event) => setFormat(tableFormatSchema.parse(event.target.value))}
            >
              {tableFormatSchema.options.map((one) => (
                <option key={one} value={one} disabled={extent === 'selected' && one === 'xlsx'}>
                  {formatTitle[one]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field group label="Columns">
          {() => (
            <div className={styles.columns}>
              {columns.all.map((column) => (
                <Checkbox
                  key={column.key}
                  label={column.title}
                  checked={keys.has(column.key)}
                  onChange={(event) => setKeys(withKey(keys, column.key, event.target.checked))}
                />
              ))}
            </div>
          )}
        </Field>
      </div>
    </Dialog>
  );
}

/** The path, what is in sight, and all of the file list. */
function firstColumns(columns: readonly ListColumn[]): ReadonlySet<ColumnKey> {
  const wanted = columns.filter(({ key, kind, hidden }) => key === 'path' || kind !== 'built-in' || !hidden);
  return new Set(wanted.map(({ key }) => key));
}

function withKey(keys: ReadonlySet<ColumnKey>, key: ColumnKey, isIn: boolean): ReadonlySet<ColumnKey> {
  const next = new Set(keys);
  if (isIn) next.add(key);
  else next.delete(key);
  return next;
}
