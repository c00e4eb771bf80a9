import type { CallOutput } from '../../../../shared/contract/contract.ts';
import type { EntryKind } from '../../../../shared/model/entry.ts';
import {
  formatBytes,
  formatCount,
  formatCounted,
  formatExactBytes,
} from '../../../../shared/rules/format-quantities.ts';
import { classes } from '../../../components/classes.ts';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { MiddleTruncate } from '../../../components/quantities.tsx';
import { Skeleton } from '../../../components/states.tsx';
import { useAnswer } from '../../../hooks/use-answer.ts';
import { kindTitle } from '../entry-words.ts';
import { setFilter, useFilesView } from '../files-view-store.ts';
import type { PanelProps } from './folder-panel.tsx';
import colours from './kind-colours.module.css';
import { Swatch } from './kind-legend.tsx';
import styles from './kinds-view.module.css';
import { filterWithoutPlace, placeOf } from './place.ts';
import { share, shareWords } from './share.ts';
import { SkippedList } from './skipped-list.tsx';
import { useLive } from './use-live.ts';

type Summary = CallOutput<'tree.summary'>;
const kinds: readonly EntryKind[] = ['image', 'mask', 'table', 'other'];

/** Of what kinds and formats the folder shown is, and what was left out of it. */
export function KindsView({ submissionId, sources, scanning }: PanelProps) {
  const filter = useFilesView((view) => view.filter);
  const { kind: chosen, ...others } = filterWithoutPlace(filter);
  const { data, problem, loading, reload } = useAnswer(
    'tree.summary',
    { id: submissionId, ...placeOf(filter), filter: others },
    ['entries', 'sources'],
  );
  useLive(scanning, reload);
  if (problem && data === null) {
    return (
      <div className={styles.box}>
        <ProblemNotice problem={problem} onRetry={reload} />
      </div>
    );
  }
  if (loading || data === null) return <Skeleton rows={8} />;
  return (
    <div className={styles.box}>
      <Kinds whole={data.whole} chosen={chosen} />
      <Formats summary={data} />
      <SkippedList
        skipped={data.skipped}
        isLookedThrough={sources.some(({ scannedAt }) => scannedAt !== null)}
        sourceId={filter.sourceId ?? null}
      />
    </div>
  );
}

function Kinds({
  whole,
  chosen,
}: {
  readonly whole: Summary['whole'];
  readonly chosen: EntryKind | undefined;
}) {
  const present = kinds.filter((kind) => whole.kinds[kind].entries > 0);
  return (
    <section className={styles.part} aria-labelledby="kinds-heading">
      <h2 id="kinds-heading">Kinds</h2>
      {present.length === 0 && <p className={styles.none}>No files here.</p>}
      {whole.bytes > 0 && (
        <div className={styles.stack} aria-hidden="true">
          {present.map((kind) => (
            <span
              key={kind}
              className={colours[kind]}
              style={{ flexGrow: whole.kinds[kind].bytes / whole.bytes }}
              title={`${kindTitle[kind]}: ${formatExactBytes(whole.kinds[kind].bytes)}`}
            />
          ))}
        </div>
      )}
      <ul>
        {present.map((kind) => {
          const { entries, bytes } = whole.kinds[kind];
          return (
            <li key={kind}>
              <button
                type="button"
                className={classes(styles.kind, styles.line)}
                aria-pressed={chosen === kind}
                title={chosen === kind ? 'Show all kinds again' : `Show only these in the list`}
                onClick={() => setFilter('kind', chosen === kind ? undefined : kind)}
              >
                <span className={styles.name}>
                  <Swatch kind={kind} />
                  {kindTitle[kind]}
                </span>
                <span className={styles.soft}>{formatCount(entries)}</span>
                <span className={styles.bytes} title={formatExactBytes(bytes)}>
                  {formatBytes(bytes)}
                </span>
                <span className={styles.share}>{shareWords(share(bytes, whole.bytes))}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Formats({ summary: { formats, moreFormats } }: { readonly summary: Summary }) {
  if (formats.length === 0) return null;
  const largest = Math.max(1, ...formats.map(({ bytes }) => bytes));
  return (
    <section className={styles.part} aria-labelledby="formats-heading">
      <h2 id="formats-heading">Formats</h2>
      <ul>
        {formats.map(({ format, entries, bytes }) => (
          <li key={format} className={styles.format}>
            <span className={styles.line}>
              <span className={styles.name}>
                <MiddleTruncate text={format === '' ? 'without an ending' : format} />
              </span>
              <span className={styles.soft}>{formatCount(entries)}</span>
              <span className={styles.bytes} title={formatExactBytes(bytes)}>
                {formatBytes(bytes)}
              </span>
            </span>
            <span className={styles.bar}>
              <span style={{ width: `${share(bytes, largest) * 100}%` }} />
            </span>
          </li>
        ))}
      </ul>
      {moreFormats.formats > 0 && (
        <p className={styles.soft}>
          And {formatCounted(moreFormats.formats, 'further format')} with{' '}
          {formatCounted(moreFormats.entries, 'item')}, {formatBytes(moreFormats.bytes)}.
        </p>
      )}
    </section>
  );
}
