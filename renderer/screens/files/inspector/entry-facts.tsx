import type { Entry } from '../../../../shared/model/entry.ts';
import { formatBytes, formatExactBytes } from '../../../../shared/rules/format-quantities.ts';
import { RelativeTime } from '../../../components/quantities.tsx';
import styles from './entry-inspector.module.css';

/** What is known of an entry without opening it. */
export function EntryFacts({ entry }: { readonly entry: Entry }) {
  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>Facts</h3>
      <dl className={styles.facts}>
        <dt>Format</dt>
        <dd>{entry.format === 'unknown' ? 'not known to Slipway' : entry.format}</dd>
        <dt>Size</dt>
        <dd>
          {formatBytes(entry.size)} ({formatExactBytes(entry.size)})
        </dd>
        <dt>Changed</dt>
        <dd>
          <RelativeTime at={new Date(entry.modifiedMs).toISOString()} />
        </dd>
        <dt>Path</dt>
        <dd className={styles.path}>{entry.path}</dd>
      </dl>
    </section>
  );
}
