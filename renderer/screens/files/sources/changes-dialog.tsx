import { useState } from 'react';
import type { Source } from '../../../../shared/model/entry.ts';
import { formatCount } from '../../../../shared/rules/format-quantities.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Bytes, MiddleTruncate } from '../../../components/quantities.tsx';
import { EmptyState } from '../../../components/states.tsx';
import { Tabs } from '../../../components/tabs.tsx';
import { engine } from '../../../connection.ts';
import { showEntry } from '../show-entry.ts';
import { PathList } from './path-list.tsx';
import styles from './walk-dialogs.module.css';
import { type ChangeKind, closeWalkPanel } from './walk-panel-store.ts';
import { changeTitle } from './walk-words.ts';

const kinds: readonly ChangeKind[] = ['added', 'changed', 'gone', 'renamed'];

const about: Readonly<Record<ChangeKind, string>> = {
  added: 'Files that were not there before.',
  changed: 'Files with another size or time than before. What you said of them is kept.',
  gone: 'Files that are no longer on disk. What you said of them is kept for the case that they come back.',
  renamed:
    'Files with another path and the same content. What you said of them, their pairs and what was sent went along.',
};

/** What the last scan of a folder found otherwise than the one before it. */
export function ChangesDialog({
  submissionId,
  source,
  firstTab,
}: {
  readonly submissionId: string;
  readonly source: Source;
  readonly firstTab: ChangeKind;
}) {
  const [tab, setTab] = useState<string>(firstTab);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && closeWalkPanel()}
      title="Since the last look"
      description={<MiddleTruncate text={source.path} />}
      width="large"
      footer={<Button onClick={closeWalkPanel}>Close</Button>}
    >
      <Tabs
        label="Since the last look"
        value={tab}
        onChange={setTab}
        tabs={kinds.map((kind) => ({
          id: kind,
          title: changeTitle[kind],
          count: formatCount(source.report?.[kind] ?? 0),
          content: <ChangeList submissionId={submissionId} sourceId={source.id} kind={kind} />,
        }))}
      />
    </Dialog>
  );
}

function ChangeList({
  submissionId,
  sourceId,
  kind,
}: {
  readonly submissionId: string;
  readonly sourceId: number;
  readonly kind: ChangeKind;
}) {
  return (
    <div className={styles.tab}>
      <p className={styles.letIn}>{about[kind]}</p>
      <PathList
        listKey={`${kind} ${sourceId}`}
        submissionId={submissionId}
        label={changeTitle[kind]}
        fetchPage={(offset, limit) =>
          engine.call('scan.changes', { id: submissionId, sourceId, what: kind, offset, limit })
        }
        empty={<EmptyState compact icon="files" title={`No files are ${changeTitle[kind].toLowerCase()}`} />}
        row={({ entryId, path, size, was }, tabIndex) => (
          <>
            <span className={styles.line}>
              <span className={styles.path}>
                <MiddleTruncate text={path} />
              </span>
              <span className={styles.size}>
                <Bytes value={size} />
              </span>
              <Button
                small
                variant="quiet"
                tabIndex={tabIndex}
                aria-label={`Show ${path}`}
                onClick={() => {
                  closeWalkPanel();
                  void showEntry(submissionId, entryId);
                }}
              >
                Show
              </Button>
            </span>
            {was !== '' && (
              <span className={styles.soft} title={was}>
                was {was}
              </span>
            )}
          </>
        )}
      />
    </div>
  );
}
