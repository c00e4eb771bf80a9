import { useState } from 'react';
import {
  type Reported,
  type ReportRow,
  reportedSchema,
  type TableCounts,
} from '../../../../shared/model/table.ts';
import { formatCount } from '../../../../shared/rules/format-quantities.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Select } from '../../../components/field.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { MiddleTruncate } from '../../../components/quantities.tsx';
import { EmptyState, Skeleton } from '../../../components/states.tsx';
import { VirtualList } from '../../../components/virtual-list.tsx';
import { engine } from '../../../connection.ts';
import { downloadContent } from '../../../download.ts';
import { listItemRole, listRole, tabStop } from '../../../hooks/list-roles.ts';
import { usePages } from '../../../hooks/use-pages.ts';
import { useRowWalk } from '../../../hooks/use-row-walk.ts';
import styles from './tables.module.css';

const rowHeight = 52;

const reportedTitle: Record<Reported, string> = {
  unmatched: 'Match no file',
  ambiguous: 'Match several files',
  repeated: 'Name a file again',
  refused: 'Cells that could not be taken',
  loosely: 'Found by another way of writing',
  cleaned: 'Taken without what nobody sees',
};

/** The rows and cells of the last import that are worth a word, in the order of the table. */
export function ReportDialog({
  submissionId,
  onClose,
}: {
  readonly submissionId: string;
  readonly onClose: () => void;
}) {
  const [what, setWhat] = useState<Reported | null>(null);
  const [counts, setCounts] = useState<TableCounts | null>(null);
  const pages = usePages<ReportRow>(`report ${what}`, submissionId, [], async (offset, limit) => {
    const answer = await engine.call('table.report', {
      ...{ id: submissionId, offset, limit },
      ...(what === null ? {} : { what }),
    });
    setCounts(answer.counts);
    return answer;
  });
  const total = pages.total ?? 0;
  const walk = useRowWalk(total, 8, pages.see);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="large"
      title="Report of the import"
      description="Rows that match no file changed nothing. Correct them in the table and import it again."
      footer={
        <>
          <Button
            icon="download"
            disabled={total === 0}
            onClick={() => downloadContent({ what: 'table-report', id: submissionId })}
          >
            Save as TSV
          </Button>
          <Button variant="primary" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        {pages.problem && <ProblemNotice problem={pages.problem} onRetry={pages.refresh} />}
        <Select
          aria-label="Show"
          className={styles.show}
          value={what ?? ''}
          onChange={(event) => setWhat(reportedSchema.safeParse(event.target.value).data ?? null)}
        >
          <option value="">Everything worth a word</option>
          {reportedSchema.options.map((one) => (
            <option key={one} value={one} disabled={counts?.[one] === 0}>
              {reportedTitle[one]}
              {counts ? ` (${formatCount(counts[one])})` : ''}
            </option>
          ))}
        </Select>
        {pages.total === null && !pages.problem && <Skeleton rows={6} height={rowHeight} />}
        {pages.total === 0 && (
          <EmptyState compact icon="check" title="Nothing to report">
            Every row of the last table was found to be about one file.
          </EmptyState>
        )}
        {total > 0 && (
          <div
            ref={walk.box}
            {...listRole(`${formatCount(total)} rows`)}
            className={styles.report}
            style={{ height: Math.min(total, 8.5) * rowHeight }}
          >
            <VirtualList
              count={total}
              rowHeight={rowHeight}
              className={styles.list}
              handle={walk.list}
              onWindow={walk.onWindow}
              row={(index) => (
                <div
                  key={index}
                  {...listItemRole(index, total)}
                  {...walk.row(index)}
                  {...tabStop(walk.stopsAt(index))}
                  className={styles.reportRow}
                  style={{ height: rowHeight }}
                >
                  <ReportLine row={pages.row(index)} />
                </div>
              )}
            />
          </div>
        )}
      </div>
    </Dialog>
  );
}

function ReportLine({ row }: { readonly row: ReportRow | undefined }) {
  if (!row) return <span className={styles.coming} />;
  const near =
    row.near.length > 0 ? ` ${row.what === 'loosely' ? 'Taken' : 'Perhaps'}: ${row.near.join(', ')}.` : '';
  return (
    <>
      <span className={styles.number}>{formatCount(row.row)}</span>
      <span className={styles.line}>
        <MiddleTruncate text={row.path || 'No path'} />
        <span className={styles.why} title={`${row.reason}${near}`}>
          {row.column !== '' && `${row.column} “${row.value}”: `}
          {row.reason}
          {near}
        </span>
      </span>
    </>
  );
}
