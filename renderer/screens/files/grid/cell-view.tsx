import type { Entry } from '../../../../shared/model/entry.ts';
import type { ListColumn } from '../../../../shared/model/list-column.ts';
import { formatCount, formatCounted } from '../../../../shared/rules/format-quantities.ts';
import { FindingMarks } from '../../../components/badge.tsx';
import { Icon } from '../../../components/icons.tsx';
import { Bytes, MiddleTruncate } from '../../../components/quantities.tsx';
import { kindIcon, kindTitle, stateWords } from '../entry-words.ts';
import { cellText } from './cell-text.ts';
import styles from './entry-grid.module.css';

/** What stands in a cell. */
export function CellView({ entry, column }: { readonly entry: Entry; readonly column: ListColumn }) {
  switch (column.key) {
    case 'path':
      return <PathView entry={entry} />;
    case 'kind':
      return (
        <span className={styles.marked}>
          <Icon name={kindIcon[entry.kind]} size={14} />
          {kindTitle[entry.kind]}
        </span>
      );
    case 'size':
      return <Bytes value={entry.size} />;
    case 'members':
      return formatCount(entry.members);
    case 'modified':
      return <Moment at={entry.modifiedMs} />;
    case 'findings':
      return <FindingMarks counts={entry.findings} />;
    case 'pairedWith':
      return <PairView entry={entry} />;
    case 'state':
      return stateWords[entry.state] ?? 'There';
    case 'name':
    case 'format':
      return <MiddleTruncate text={entry[column.key]} />;
    case 'send':
      return entry.send ? 'Yes' : <span title={entry.sendReason}>No</span>;
    case 'remotePath':
      return <RemoteView entry={entry} />;
    default:
      return <TextView text={cellText(entry, column.key)} column={column} />;
  }
}

/** Grouped files are known by what they share, in the folder of the first. */
function shownPath({ itemKind, path, name }: Entry): string {
  return itemKind === undefined ? path : path.slice(0, path.lastIndexOf('/') + 1) + name;
}

function PathView({ entry }: { readonly entry: Entry }) {
  const trouble = stateWords[entry.state];
  return (
    <span className={styles.marked}>
      <MiddleTruncate text={shownPath(entry)} />
      {entry.members > 1 && <span className={styles.count}>{formatCounted(entry.members, 'file')}</span>}
      {trouble && (
        <span className={styles.trouble}>
          <Icon name="must" size={14} />
          {trouble}
        </span>
      )}
    </span>
  );
}

function RemoteView({ entry }: { readonly entry: Entry }) {
  if (!entry.send) {
    return (
      <span className={styles.soft} title={entry.sendReason}>
        not sent
      </span>
    );
  }
  if (entry.remotePath === entry.path) return <span className={styles.soft}>the same</span>;
  return <MiddleTruncate text={entry.remotePath} />;
}

function TextView({ text, column }: { readonly text: string; readonly column: ListColumn }) {
  if (text === '') return null;
  const term = column.vocabulary?.find(({ value }) => value === text);
  return <MiddleTruncate text={term?.title ?? text} />;
}

function Moment({ at }: { readonly at: number }) {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return null;
  const exact = date.toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'medium' });
  return (
    <time dateTime={date.toISOString()} title={exact}>
      {date.toLocaleString('sv-SE', { dateStyle: 'short', timeStyle: 'short' })}
    </time>
  );
}

/** What it is paired with, or how many images a person may choose from. */
function PairView({ entry }: { readonly entry: Entry }) {
  if (entry.pairedWith.length > 0) {
    return (
      <span className={styles.marked}>
        <Icon name="pair" size={14} />
        <MiddleTruncate text={entry.pairedWith.join(', ')} />
      </span>
    );
  }
  if (entry.candidates === 0) return null;
  return (
    <span className={styles.marked} title="It fits several images, or one that is not certain: choose one">
      <Icon name="should" size={14} />
      {formatCounted(entry.candidates, 'candidate')}
    </span>
  );
}
