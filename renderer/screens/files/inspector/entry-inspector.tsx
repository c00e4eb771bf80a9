import { useState } from 'react';
import type { Entry } from '../../../../shared/model/entry.ts';
import { useCommands } from '../../../commands.ts';
import { Button } from '../../../components/button.tsx';
import { Icon } from '../../../components/icons.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { EmptyState, Skeleton } from '../../../components/states.tsx';
import { useAnswer } from '../../../hooks/use-answer.ts';
import { goToRoom } from '../../../stores/navigation-store.ts';
import { stateWords } from '../entry-words.ts';
import { ItemsDialog } from '../items/items-dialog.tsx';
import { EntryFacts } from './entry-facts.tsx';
import { EntryFields } from './entry-fields.tsx';
import { EntryFindings } from './entry-findings.tsx';
import styles from './entry-inspector.module.css';
import { EntryItem } from './entry-item.tsx';
import { EntryPairs } from './entry-pairs.tsx';
import { EntryThumbnail } from './entry-thumbnail.tsx';

/** Everything about one entry; what can be changed is saved as it is changed. */
export function EntryInspector(props: InspectorProps) {
  const [grouping, setGrouping] = useState(false);
  useCommands([
    {
      id: 'find-items',
      title: 'Find files that belong together…',
      group: 'Files',
      keywords: ['group', 'series', 'stack', 'item', 'ome-tiff'],
      run: () => setGrouping(true),
    },
  ]);
  return (
    <>
      <InspectedEntry {...props} />
      {grouping && <ItemsDialog submissionId={props.submissionId} onClose={() => setGrouping(false)} />}
    </>
  );
}

interface InspectorProps {
  readonly submissionId: string;
  readonly entryId: number | null;
}

function InspectedEntry({ submissionId, entryId }: InspectorProps) {
  const answer = useAnswer('entries.get', entryId === null ? null : { id: submissionId, entryId }, [
    'entries',
    'pairs',
    'findings',
  ]);
  if (entryId === null) {
    return (
      <EmptyState compact icon="file" title="No file selected">
        Select one to see its picture, its name at the archive and what it is paired with.
      </EmptyState>
    );
  }
  if (answer.problem && !answer.data) {
    return (
      <div className={styles.inspector}>
        <ProblemNotice problem={answer.problem} onRetry={answer.reload} />
      </div>
    );
  }
  if (!answer.data) return <Skeleton rows={8} />;
  return <Inspected submissionId={submissionId} entry={answer.data} />;
}

function Inspected({ submissionId, entry }: { readonly submissionId: string; readonly entry: Entry }) {
  const trouble = stateWords[entry.state];
  return (
    <div className={styles.inspector}>
      <h2 className={styles.title}>{entry.name}</h2>
      {trouble && (
        <p className={styles.trouble}>
          <Icon name="must" />
          {trouble}. Look through the folder again when it is back; what you set here stays.
        </p>
      )}
      <EntryThumbnail submissionId={submissionId} entry={entry} />
      {(entry.kind === 'image' || entry.kind === 'mask') && (
        <Button
          small
          icon="look"
          onClick={() => goToRoom(submissionId, 'look', { entry: String(entry.id) })}
          className={styles.look}
        >
          Look at it
        </Button>
      )}
      <EntryFindings submissionId={submissionId} entryId={entry.id} />
      <EntryFields key={entry.id} submissionId={submissionId} entry={entry} />
      <EntryItem key={`item ${entry.id}`} submissionId={submissionId} entry={entry} />
      <EntryPairs submissionId={submissionId} entry={entry} />
      <EntryFacts entry={entry} />
    </div>
  );
}
