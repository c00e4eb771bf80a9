import { useEffect, useState } from 'react';
import { type EntryKind, entryKindSchema } from '../../../shared/model/entry.ts';
import { type FindingLevel, findingLevelSchema } from '../../../shared/model/finding.ts';
import { formatBytes, formatCounted } from '../../../shared/rules/format-quantities.ts';
import { Button } from '../../components/button.tsx';
import { SearchInput, Select } from '../../components/field.tsx';
import { kindTitle } from './entry-words.ts';
import { clearFilter, setFilter, useFilesView } from './files-view-store.ts';
import styles from './filter-bar.module.css';
import type { EntryRows } from './use-entry-pages.ts';

const levelTitle: Record<FindingLevel, string> = {
  must: 'Must be fixed',
  should: 'Should be fixed',
  may: 'Worth a look',
};
const yesNo = { yes: true, no: false } as const;

function fromYesNo(value: string): boolean | undefined {
  return value === 'yes' || value === 'no' ? yesNo[value] : undefined;
}

function toYesNo(value: boolean | undefined): string {
  if (value === undefined) return '';
  return value ? 'yes' : 'no';
}

/** Narrows the grid by text, kind, whether it is sent, pairs and findings. */
export function FilterBar({ rows }: { readonly rows: EntryRows }) {
  const filter = useFilesView((view) => view.filter);
  const kept = filter.text ?? '';
  const [text, setText] = useState(kept);
  // The filter can be taken away from elsewhere.
  useEffect(() => setText(kept), [kept]);
  useEffect(() => {
    const timer = window.setTimeout(() => {
      if ((useFilesView.getState().filter.text ?? '') !== text) setFilter('text', text);
    }, 250);
    return () => window.clearTimeout(timer);
  }, [text]);
  const narrowed = Object.keys(filter).length > 0;
  return (
    <search className={styles.bar}>
      <SearchInput label="Search in paths" value={text} onValue={setText} className={styles.search} />
      <Select
        aria-label="Kind"
        className={styles.select}
        value={filter.kind ?? ''}
        onChange={(event) => {
          const kind = entryKindSchema.safeParse(event.target.value);
          setFilter('kind', kind.success ? kind.data : undefined);
        }}
      >
        <option value="">All kinds</option>
        {entryKindSchema.options.map((kind: EntryKind) => (
          <option key={kind} value={kind}>
            {kindTitle[kind]}
          </option>
        ))}
      </Select>
      <Select
        aria-label="Sent or not"
        className={styles.select}
        value={toYesNo(filter.send)}
        onChange={(event) => setFilter('send', fromYesNo(event.target.value))}
      >
        <option value="">Sent and not</option>
        <option value="yes">Will be sent</option>
        <option value="no">Stays here</option>
      </Select>
      <Select
        aria-label="Pairs"
        className={styles.select}
        value={toYesNo(filter.paired)}
        onChange={(event) => setFilter('paired', fromYesNo(event.target.value))}
      >
        <option value="">Paired and not</option>
        <option value="yes">Paired</option>
        <option value="no">Without a pair</option>
      </Select>
      <Select
        aria-label="Findings"
        className={styles.select}
        value={filter.finding ?? ''}
        onChange={(event) => {
          const level = findingLevelSchema.safeParse(event.target.value);
          setFilter('finding', level.success ? level.data : undefined);
        }}
      >
        <option value="">Any findings</option>
        {findingLevelSchema.options.map((level) => (
          <option key={level} value={level}>
            {levelTitle[level]}
          </option>
        ))}
      </Select>
      {narrowed && (
        <Button
          variant="quiet"
          icon="close"
          onClick={() => {
            setText('');
            clearFilter();
          }}
        >
          Show all
        </Button>
      )}
      <span className={styles.count} role="status">
        {rows.loading || (rows.problem && rows.total === 0)
          ? ''
          : `${formatCounted(rows.total, 'item')}, ${formatBytes(rows.bytes)}`}
      </span>
    </search>
  );
}
