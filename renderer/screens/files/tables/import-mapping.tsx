import { useId } from 'react';
import type { ListColumn } from '../../../../shared/model/list-column.ts';
import { Checkbox, Field, Select } from '../../../components/field.tsx';
import { Icon } from '../../../components/icons.tsx';
import type { GridColumns } from '../grid/use-columns.ts';
import { changeWords, countWords, type Target, targetOf, withTarget } from './mapping-edit.ts';
import styles from './tables.module.css';
import type { TableImport, TablePreview } from './use-table-import.ts';

/** Most rows of the table that are shown with its mapping. */
const mostShown = 6;

/** Where the columns of a table go, over its first rows, and what an import so would do. */
export function ImportMapping({
  table,
  preview,
  columns,
}: {
  readonly table: TableImport;
  readonly preview: TablePreview;
  readonly columns: GridColumns;
}) {
  const { shape, mapping, counts } = preview;
  const id = useId();
  const isStill = table.busy === 'importing';
  const editable = columns.all.filter((column) => column.editable);
  const rows = shape.rows.filter(({ row }) => row > mapping.headerRow).slice(0, mostShown);
  return (
    <fieldset className={styles.mapping} disabled={isStill}>
      <legend className="hidden-visually">What goes where</legend>
      <div className={styles.facts}>
        <strong>{table.name}</strong>
        <span className={styles.soft}>
          {[shape.format.toUpperCase(), shape.encoding].filter(Boolean).join(', ')}
        </span>
        {shape.sheets.length > 1 && (
          <span className={styles.inline}>
            <label htmlFor={`${id}-sheet`}>Sheet</label>
            <Select
              id={`${id}-sheet`}
              value={mapping.sheet ?? shape.sheets[0] ?? ''}
              onChange={(event) => table.change({ sheet: event.target.value })}
            >
              {shape.sheets.map((sheet) => (
                <option key={sheet}>{sheet}</option>
              ))}
            </Select>
          </span>
        )}
        <span className={styles.inline}>
          <label htmlFor={`${id}-header`}>Titles are in</label>
          <Select
            id={`${id}-header`}
            value={String(mapping.headerRow)}
            onChange={(event) =>
              table.change({ mapping: { ...mapping, headerRow: Number(event.target.value) } })
            }
          >
            <option value="0">no row</option>
            {shape.rows.map(({ row }) => (
              <option key={row} value={row}>
                row {row}
              </option>
            ))}
          </Select>
        </span>
      </div>
      {shape.notices.map((notice) => (
        <p key={notice} className={styles.notice}>
          <Icon name="info" />
          {notice}
        </p>
      ))}
      <section className={styles.sheet} aria-label="The table and where its columns go">
        <table>
          <thead>
            <tr>
              {preview.columns.map(({ from, header, trouble }) => (
                <th key={from} scope="col">
                  <span className={styles.header} title={header}>
                    {header || `Column ${from + 1}`}
                  </span>
                  <TargetChoice
                    header={header}
                    value={targetOf(mapping, from)}
                    columns={editable}
                    onChoose={(target) =>
                      table.change({ mapping: withTarget(mapping, from, target, header, editable) })
                    }
                  />
                  {trouble !== '' && <span className={styles.wrong}>{trouble}</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ row, cells }) => (
              <tr key={row}>
                {preview.columns.map(({ from }) => (
                  <td key={from} title={cells[from]}>
                    {cells[from]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div className={styles.modes}>
        <Checkbox
          label="Keep what files hold already; fill only empty cells"
          checked={table.mode.cells === 'only-empty'}
          onChange={(event) =>
            table.change({
              mode: { ...table.mode, cells: event.target.checked ? 'only-empty' : 'overwrite' },
            })
          }
        />
        <Checkbox
          label="An empty cell of the table empties the file’s cell"
          checked={table.mode.empty === 'clear'}
          onChange={(event) =>
            table.change({ mode: { ...table.mode, empty: event.target.checked ? 'clear' : 'keep' } })
          }
        />
      </div>
      <div role="status" className={styles.counts}>
        <strong>{countWords(counts)}</strong>
        <span className={styles.soft}>{changeWords(counts)}</span>
      </div>
    </fieldset>
  );
}

function TargetChoice({
  header,
  value,
  columns,
  onChoose,
}: {
  readonly header: string;
  readonly value: Target;
  readonly columns: readonly ListColumn[];
  readonly onChoose: (target: Target) => void;
}) {
  return (
    <Field label={<span className="hidden-visually">Where {header} goes</span>}>
      {(ids) => (
        <Select {...ids} value={value} onChange={(event) => onChoose(event.target.value as Target)}>
          <option value="">Leave out</option>
          <option value="path">Names the file</option>
          {columns.map((column) => (
            <option key={column.key} value={`column ${column.key}`}>
              {column.title}
            </option>
          ))}
          {(header.trim() !== '' || value === 'new') && <option value="new">New column “{header}”</option>}
        </Select>
      )}
    </Field>
  );
}
