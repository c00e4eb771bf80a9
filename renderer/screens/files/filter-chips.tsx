import type { ListColumn } from '../../../shared/model/list-column.ts';
import { formatCount } from '../../../shared/rules/format-quantities.ts';
import { Icon } from '../../components/icons.tsx';
import { useAnswer } from '../../hooks/use-answer.ts';
import { filtered, useFilesView } from './files-view-store.ts';
import styles from './filter-bar.module.css';
import { type FilterPart, filterParts } from './filter-words.ts';

/** What the grid is filtered by: each part with how many files it matches by itself, and a button to take it away. */
export function FilterChips({
  submissionId,
  columns,
}: {
  readonly submissionId: string;
  readonly columns: readonly ListColumn[];
}) {
  const filter = useFilesView((view) => view.filter);
  const byRule = filter.columns?.some((one) => one.column === 'findings') ?? false;
  const groups = useAnswer('findings.groups', byRule ? { id: submissionId } : null, ['findings']);
  const titles = new Map(groups.data?.groups.map(({ rule, title }) => [rule, title]));
  const parts = filterParts(filter, columns, titles);
  if (parts.length === 0) return null;
  return (
    <ul className={styles.chips} aria-label="Filters">
      {parts.map((part) => (
        <Chip key={part.id} submissionId={submissionId} part={part} />
      ))}
    </ul>
  );
}

function Chip({ submissionId, part }: { readonly submissionId: string; readonly part: FilterPart }) {
  const { data } = useAnswer('entries.page', { id: submissionId, offset: 0, limit: 1, filter: part.alone }, [
    'entries',
    'pairs',
    'findings',
  ]);
  return (
    <li className={styles.chip}>
      <span className={styles.words} title={part.words}>
        {part.words}
      </span>
      {data && <span className={styles.soft}>{formatCount(data.total)}</span>}
      <button
        type="button"
        aria-label={`Take away: ${part.words}`}
        className={styles.away}
        onClick={() => useFilesView.setState((view) => filtered(view, part.without))}
      >
        <Icon name="close" size={12} />
      </button>
    </li>
  );
}
