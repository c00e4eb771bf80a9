import { useState } from 'react';
import type { Source } from '../../../../shared/model/entry.ts';
import { formatCount } from '../../../../shared/rules/format-quantities.ts';
import { SearchInput, Select } from '../../../components/field.tsx';
import { MiddleTruncate } from '../../../components/quantities.tsx';
import { EmptyState } from '../../../components/states.tsx';
import { engine } from '../../../connection.ts';
import { useAnswer } from '../../../hooks/use-answer.ts';
import { useSettled } from '../../../hooks/use-settled.ts';
import { PathList } from './path-list.tsx';
import styles from './walk-dialogs.module.css';
import { causeWords } from './walk-words.ts';

/** Every path that the last scans left out, with the reason. */
export function SkippedTab({
  submissionId,
  sources,
  sourceId,
}: {
  readonly submissionId: string;
  readonly sources: readonly Source[];
  /** Only of this folder, at first. */
  readonly sourceId: number | null;
}) {
  const [text, setText] = useState('');
  const [cause, setCause] = useState('');
  const [folder, setFolder] = useState(sourceId);
  const settled = useSettled(text, 200);
  const causes = useAnswer('skips.page', { id: submissionId, offset: 0, limit: 1 }, ['sources']);
  const narrowed = {
    text: settled,
    ...(cause === '' ? {} : { cause }),
    ...(folder === null ? {} : { sourceId: folder }),
  };
  return (
    <div className={styles.tab}>
      <div className={styles.tools}>
        <SearchInput className={styles.search} label="Search in paths" value={text} onValue={setText} />
        <Select
          className={styles.causes}
          aria-label="Why they are skipped"
          value={cause}
          onChange={(event) => setCause(event.target.value)}
        >
          <option value="">All reasons</option>
          {(causes.data?.causes ?? []).map((one) => (
            <option key={one.cause} value={one.cause}>
              {causeWords(one.cause, one.reason)} ({formatCount(one.count)})
            </option>
          ))}
        </Select>
        {sources.length > 1 && (
          <Select
            className={styles.causes}
            aria-label="Folder"
            value={folder ?? ''}
            onChange={(event) => setFolder(event.target.value === '' ? null : Number(event.target.value))}
          >
            <option value="">All folders</option>
            {sources.map(({ id, path }) => (
              <option key={id} value={id}>
                {path}
              </option>
            ))}
          </Select>
        )}
      </div>
      <PathList
        listKey={`skipped ${JSON.stringify(narrowed)}`}
        submissionId={submissionId}
        label="Skipped"
        fetchPage={(offset, limit) =>
          engine.call('skips.page', { id: submissionId, offset, limit, ...narrowed })
        }
        empty={
          <EmptyState
            compact
            icon="files"
            title={isNarrowed(narrowed) ? 'Nothing skipped matches this' : 'Nothing was skipped'}
          />
        }
        row={({ path, reason }) => (
          <>
            <MiddleTruncate text={path} />
            <span className={styles.soft}>{reason}</span>
          </>
        )}
      />
    </div>
  );
}

function isNarrowed(narrowed: {
  readonly text: string;
  readonly cause?: string;
  readonly sourceId?: number;
}) {
  return narrowed.text !== '' || narrowed.cause !== undefined || narrowed.sourceId !== undefined;
}
