import { useEffect, useState } from 'react';
import type { CountedProgress } from '../../../../shared/contract/call.ts';
import { type ProblemData, problemOf } from '../../../../shared/model/problem.ts';
import { formatBytes, formatCount, formatCounted } from '../../../../shared/rules/format-quantities.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { Progress } from '../../../components/progress.tsx';
import { MiddleTruncate } from '../../../components/quantities.tsx';
import { EmptyState } from '../../../components/states.tsx';
import { engine } from '../../../connection.ts';
import { showUndoable } from '../../../stores/history.ts';
import { trackSave } from '../../../stores/saving-store.ts';
import { showToast } from '../../../stores/toast-store.ts';
import { type FoundItem, isLikely, reasonOf, sizesOf } from './found-items.ts';
import styles from './items-dialog.module.css';

const PAGE = 100;

/** Files that may belong together, offered as items; nothing is grouped that was not chosen. */
export function ItemsDialog({
  submissionId,
  onClose,
}: {
  readonly submissionId: string;
  readonly onClose: () => void;
}) {
  const { found, rows, progress, problem, more, group, stop } = useFoundItems(submissionId, onClose);
  const [chosen, setChosen] = useState<ReadonlyMap<number, boolean>>(new Map());
  const isChosen = (row: FoundItem) => chosen.get(row.key) ?? isLikely(row);
  const keys = rows.filter(isChosen).map(({ key }) => key);
  const choose = (row: FoundItem, wanted: boolean) => setChosen(new Map(chosen).set(row.key, wanted));
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Files that belong together"
      description="Files of one image become one item: one row here, sent as its files or as one ZIP. The files themselves stay as they are."
      width="large"
      footer={
        <>
          {progress && (
            <div className={styles.progress}>
              <Progress now={progress.now} value={progress.done} max={progress.total} />
            </div>
          )}
          {progress ? (
            <Button icon="stop" onClick={stop}>
              Stop
            </Button>
          ) : (
            <Button onClick={onClose}>Close</Button>
          )}
          <Button
            variant="primary"
            disabled={keys.length === 0 || progress !== null}
            onClick={() => void group(keys)}
          >
            {keys.length === 0 ? 'Group' : `Make ${formatCounted(keys.length, 'item')}`}
          </Button>
        </>
      }
    >
      {problem && <ProblemNotice problem={problem} />}
      {found === 0 && (
        <EmptyState compact icon="files" title="No files were found that belong together">
          Looked for OME-TIFFs that name each other, and for at least five files of a folder that differ in
          running numbers only. Select files in the list to group them by hand.
        </EmptyState>
      )}
      {rows.length > 0 && (
        <ul className={styles.list}>
          {rows.map((row) => (
            <li key={row.key}>
              <label className={styles.row}>
                <input
                  type="checkbox"
                  checked={isChosen(row)}
                  disabled={progress !== null}
                  onChange={(event) => choose(row, event.target.checked)}
                />
                <span className={styles.words}>
                  <MiddleTruncate text={row.path} />
                  <span className={styles.soft}>
                    {reasonOf(row)}, {sizesOf(row)}
                  </span>
                </span>
                <span className={styles.numbers}>
                  {formatCounted(row.files, 'file')}
                  <span className={styles.soft}>{formatBytes(row.bytes)}</span>
                </span>
              </label>
            </li>
          ))}
        </ul>
      )}
      {found !== null && rows.length < found && rows.length > 0 && (
        <p className={styles.more}>
          {formatCount(rows.length)} of {formatCount(found)} shown.
          <Button small disabled={progress !== null} onClick={() => void more()}>
            Show more
          </Button>
        </p>
      )}
    </Dialog>
  );
}

function useFoundItems(id: string, onGrouped: () => void) {
  const [found, setFound] = useState<number | null>(null);
  const [rows, setRows] = useState<readonly FoundItem[]>([]);
  const [progress, setProgress] = useState<CountedProgress | null>(null);
  const [problem, setProblem] = useState<ProblemData | null>(null);
  const [stopping, setStopping] = useState<AbortController | null>(null);

  useEffect(() => {
    const controller = new AbortController();
    setStopping(controller);
    setProgress({ done: 0, total: null, now: 'Looking for files that belong together' });
    const search = async () => {
      try {
        const watching = { signal: controller.signal, onProgress: setProgress };
        const answer = await engine.call('items.find', { id }, watching);
        const page = await engine.call('items.found', { id, offset: 0, limit: PAGE });
        if (controller.signal.aborted) return;
        setFound(answer.found);
        setRows(page.rows);
      } catch (thrown) {
        const data = problemOf(thrown);
        if (data.code !== 'cancelled' && !controller.signal.aborted) setProblem(data);
      } finally {
        setProgress(null);
      }
    };
    void search();
    return () => controller.abort();
  }, [id]);

  const more = async () => {
    try {
      const page = await engine.call('items.found', { id, offset: rows.length, limit: PAGE });
      setRows([...rows, ...page.rows]);
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
  };
  const group = async (keys: readonly number[]) => {
    const controller = new AbortController();
    setStopping(controller);
    setProgress({ done: 0, total: keys.length, now: 'Grouping files' });
    try {
      const { made } = await trackSave(
        engine.call(
          'items.groupFound',
          { id, keys: [...keys] },
          { signal: controller.signal, onProgress: setProgress },
        ),
      );
      if (made === 1) showUndoable(id, 'Made 1 item.');
      else showToast({ message: `Made ${formatCount(made)} items.`, detail: 'Undo parts them one by one.' });
      onGrouped();
    } catch (thrown) {
      const data = problemOf(thrown);
      if (data.code !== 'cancelled') setProblem(data);
    } finally {
      setProgress(null);
    }
  };
  return { found, rows, progress, problem, more, group, stop: () => stopping?.abort() };
}
