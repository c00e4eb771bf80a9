import type { Source } from '../../../../shared/model/entry.ts';
import { formatBytes, formatCount, formatCounted } from '../../../../shared/rules/format-quantities.ts';
import { Icon } from '../../../components/icons.tsx';
import { RelativeTime } from '../../../components/quantities.tsx';
import styles from './sources-bar.module.css';
import { openWalkPanel } from './walk-panel-store.ts';
import { changesIn, reportWords } from './walk-words.ts';

/** What is known of a folder, in one line; what was skipped, and what changed, can be opened. */
export function SourceFacts({ source }: { readonly source: Source }) {
  if (source.state === 'gone') {
    return (
      <span className={styles.gone}>
        <Icon name="must" size={14} />
        Cannot be looked through: {source.trouble || 'it is not there now'}. Its files stay listed.
      </span>
    );
  }
  if (source.state === 'new') return 'not looked through yet';
  if (source.state === 'scanning') return 'being looked through';
  const [firstChange] = source.report === null ? [] : changesIn(source.report);
  return (
    <>
      {formatCounted(source.files, 'file')}, {formatBytes(source.bytes)}
      {source.skipped > 0 && (
        <>
          {', '}
          <button
            type="button"
            className={styles.link}
            onClick={() => openWalkPanel({ what: 'skips', tab: 'skipped', sourceId: source.id })}
          >
            {formatCount(source.skipped)} skipped
          </button>
        </>
      )}
      {source.scannedAt && (
        <>
          {', seen '}
          <RelativeTime at={source.scannedAt} />
        </>
      )}
      {firstChange !== undefined && (
        <>
          {' · '}
          <button
            type="button"
            className={styles.link}
            onClick={() => openWalkPanel({ what: 'changes', tab: firstChange, sourceId: source.id })}
          >
            {reportWords(source.report)}
          </button>
        </>
      )}
      {source.held > 0 && (
        <span className={styles.note}>
          <Icon name="pause" size={14} />
          {formatCount(source.held)} held back until {source.held === 1 ? 'it rests' : 'they rest'}
        </span>
      )}
      {source.stale && (
        <span className={styles.note}>
          <Icon name="should" size={14} />
          looked through by other rules
        </span>
      )}
    </>
  );
}
