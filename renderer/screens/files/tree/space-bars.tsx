import type { KeyboardEvent } from 'react';
import type { SpaceArea } from '../../../../shared/contract/tree-calls.ts';
import { formatBytes, formatCount, formatExactBytes } from '../../../../shared/rules/format-quantities.ts';
import { classes } from '../../../components/classes.ts';
import { MiddleTruncate } from '../../../components/quantities.tsx';
import colours from './kind-colours.module.css';
import { share, shareWords } from './share.ts';
import styles from './space-bars.module.css';
import type { SpaceProps } from './space-map.tsx';
import { areaName } from './space-words.ts';
import { useFocusAfter } from './use-focus-after.ts';

/** The same as the map in a table, largest first. */
export function SpaceBars({ areas, bytes, onOpen, onUp, from }: SpaceProps) {
  const box = useFocusAfter<HTMLDivElement>(from);
  const largest = Math.max(1, ...areas.map((area) => area.bytes));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Backspace') return;
    event.preventDefault();
    onUp();
  };
  return (
    <div ref={box} className={styles.box}>
      <table className={styles.table} aria-label="What fills the space">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Files</th>
            <th scope="col">Bytes</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {areas.map((area) => (
            <tr key={`${area.what} ${area.id} ${area.name}`}>
              <th scope="row">
                <Name area={area} onOpen={onOpen} onKeyDown={onKeyDown} />
                <span
                  className={classes(styles.bar, colours[area.what === 'rest' ? 'rest' : area.kind])}
                  style={{ width: `${share(area.bytes, largest) * 100}%` }}
                />
              </th>
              <td>{formatCount(area.files)}</td>
              <td title={formatExactBytes(area.bytes)}>{formatBytes(area.bytes)}</td>
              <td>{shareWords(share(area.bytes, bytes))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Name({
  area,
  onOpen,
  onKeyDown,
}: {
  readonly area: SpaceArea;
  readonly onOpen: SpaceProps['onOpen'];
  readonly onKeyDown: (event: KeyboardEvent) => void;
}) {
  if (area.what === 'rest') return <span className={styles.rest}>{areaName(area)}</span>;
  return (
    <button
      type="button"
      data-name={area.name}
      className={styles.open}
      onClick={() => onOpen(area, undefined)}
      onKeyDown={onKeyDown}
    >
      <MiddleTruncate text={areaName(area)} />
    </button>
  );
}
