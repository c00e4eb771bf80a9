import { formatBytes, formatCounted, formatExactBytes } from '../../../../shared/rules/format-quantities.ts';
import { FindingMarks } from '../../../components/badge.tsx';
import { Icon } from '../../../components/icons.tsx';
import { useAnswer } from '../../../hooks/use-answer.ts';
import { useFilesView } from '../files-view-store.ts';
import { choosePlace } from './choose-place.ts';
import type { PanelProps } from './folder-panel.tsx';
import styles from './folder-way.module.css';
import { filterWithoutPlace, lastName, type Place, placeKey, placeOf, wayTo } from './place.ts';
import { useLive } from './use-live.ts';

/** Which folder the grid shows, what lies in it, and the way back up. */
export function FolderWay({ submissionId, sources, scanning }: PanelProps) {
  const filter = useFilesView((view) => view.filter);
  const place = placeOf(filter);
  const others = filterWithoutPlace(filter);
  const narrowed = Object.keys(others).length > 0;
  const { data, reload } = useAnswer(
    'tree.children',
    { id: submissionId, ...place, filter: others, offset: 0, limit: 1 },
    ['entries', 'findings'],
  );
  useLive(scanning, reload);
  const nameOf = (one: Place) => {
    if (one.sourceId === null) return 'All folders';
    if (one.folder !== '') return lastName(one.folder);
    return lastName(sources.find(({ id }) => id === one.sourceId)?.path ?? '');
  };
  const way = wayTo(place);
  // The way back to the top, the folder above and the folder itself always fit.
  const shown = way.length <= 3 ? way : [...way.slice(0, 1), null, ...way.slice(-2)];
  const gone = data !== null && data.whole.entries === 0 && place.sourceId !== null;
  return (
    <div className={styles.way}>
      <nav aria-label="The folder shown">
        <ol className={styles.list} data-deep={way.length > 1}>
          {shown.map((one, at) =>
            one === null ? (
              <li key="more" className={styles.more} title={place.folder}>
                …
              </li>
            ) : (
              <li key={placeKey(one)} className={styles.step}>
                {at > 0 && <Icon name="chevronRight" size={12} />}
                <button
                  type="button"
                  className={styles.name}
                  title={one.folder || nameOf(one)}
                  aria-current={at === shown.length - 1 ? 'true' : undefined}
                  aria-label={nameOf(one)}
                  onClick={() => choosePlace(one)}
                >
                  {at === 0 && way.length > 1 ? <Icon name="folder" /> : nameOf(one)}
                </button>
              </li>
            ),
          )}
        </ol>
      </nav>
      <p className={styles.facts}>
        {data && !gone && (
          <span title={formatExactBytes(data.whole.bytes)}>
            {formatCounted(data.whole.files, 'file')}, {formatBytes(data.whole.bytes)}
            {narrowed && ' that the filter matches'}
          </span>
        )}
        {gone && (narrowed ? 'Nothing here that the filter matches' : 'Nothing lies in this folder now')}
        {data && !gone && <FindingMarks counts={data.whole.findings} />}
      </p>
    </div>
  );
}
