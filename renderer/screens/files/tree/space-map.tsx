import { type KeyboardEvent, type SyntheticEvent, useLayoutEffect, useMemo, useState } from 'react';
import type { SpaceArea, SpacePart } from '../../../../shared/contract/tree-calls.ts';
import { formatBytes, formatExactBytes } from '../../../../shared/rules/format-quantities.ts';
import { classes } from '../../../components/classes.ts';
import { Icon } from '../../../components/icons.tsx';
import { kindIcon } from '../entry-words.ts';
import colours from './kind-colours.module.css';
import { nearestBox } from './nearest-box.ts';
import { share, shareWords } from './share.ts';
import { type AreaBox, type Box, headHeight, spaceLayout } from './space-layout.ts';
import styles from './space-map.module.css';
import { areaName, areaWords } from './space-words.ts';
import { useFocusAfter } from './use-focus-after.ts';

export interface SpaceProps {
  readonly areas: readonly SpaceArea[];
  /** Of everything. */
  readonly bytes: number;
  /** Told what was pressed: an area, or a part inside it. */
  readonly onOpen: (area: SpacePart, inside: SpacePart | undefined) => void;
  readonly onUp: () => void;
  /** The folder one came up from: the keys begin there. */
  readonly from: string | null;
}

/** Each area as large as its share of the bytes. Arrows walk, Enter opens, Backspace goes up. */
export function SpaceMap({ areas, bytes, onOpen, onUp, from }: SpaceProps) {
  const map = useFocusAfter<HTMLDivElement>(from);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [active, setActive] = useState(0);
  const [pointed, setPointed] = useState<{ areas: SpaceProps['areas']; part: SpacePart } | null>(null);
  useLayoutEffect(() => {
    const element = map.current;
    if (!element) return;
    const look = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [map]);
  const boxes = useMemo(() => spaceLayout(areas, size.width, size.height), [areas, size]);
  const stop = Math.min(active, boxes.length - 1);
  const focus = (index: number) => {
    setActive(index);
    map.current?.querySelector<HTMLElement>(`[data-area="${index}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Backspace') {
      event.preventDefault();
      onUp();
      return;
    }
    const next = nearestBox(event.key, boxes, stop);
    if (next === null) return;
    event.preventDefault();
    focus(next);
  };
  const told = (pointed?.areas === areas ? pointed.part : boxes[stop]?.area) ?? null;
  return (
    <>
      <section ref={map} className={styles.map} aria-label="What fills the space" tabIndex={-1}>
        {boxes.map((box, index) => (
          <Area
            key={`${box.area.what} ${box.area.id} ${box.area.name}`}
            box={box}
            index={index}
            bytes={bytes}
            stops={index === stop}
            onFocus={() => {
              setActive(index);
              setPointed(null);
            }}
            onPoint={(part) => setPointed(part && { areas, part })}
            onOpen={onOpen}
            onKeyDown={onKeyDown}
          />
        ))}
      </section>
      <p className={styles.told} aria-hidden="true">
        {told && (
          <>
            <span className={styles.toldName}>{areaName(told)}</span>
            <span>
              {formatExactBytes(told.bytes)}, {shareWords(share(told.bytes, bytes))}
            </span>
          </>
        )}
      </p>
    </>
  );
}

const place = ({ x, y, width, height }: Box) => ({
  left: x,
  top: y,
  width: Math.max(0, width - 1),
  height: Math.max(0, height - 1),
});

function Area({
  box,
  index,
  bytes,
  stops,
  onFocus,
  onPoint,
  onOpen,
  onKeyDown,
}: {
  readonly box: AreaBox;
  readonly index: number;
  readonly bytes: number;
  readonly stops: boolean;
  readonly onFocus: () => void;
  /** Told of the area or part below the pointer; null when it left. */
  readonly onPoint: (part: SpacePart | null) => void;
  readonly onOpen: SpaceProps['onOpen'];
  readonly onKeyDown: (event: KeyboardEvent) => void;
}) {
  const { area, parts, width, height } = box;
  const partOf = ({ target }: SyntheticEvent): SpacePart | undefined => {
    const element = target instanceof Element ? target.closest('[data-part]') : null;
    return element ? parts[Number(element.getAttribute('data-part'))]?.part : undefined;
  };
  const named = width >= 40 && height >= headHeight;
  const roomy = parts.length === 0 && width >= 54 && height >= 38;
  return (
    <button
      type="button"
      data-area={index}
      data-name={area.name}
      tabIndex={stops ? 0 : -1}
      className={classes(
        styles.area,
        colours[area.what === 'rest' ? 'rest' : area.kind],
        area.what === 'folder' && styles.folder,
        parts.length > 0 && styles.frame,
      )}
      style={place(box)}
      aria-label={areaWords(area, bytes)}
      aria-disabled={area.what === 'rest' ? true : undefined}
      onFocus={onFocus}
      onPointerOver={(event) => onPoint(partOf(event) ?? area)}
      onPointerLeave={() => onPoint(null)}
      onClick={(event) => onOpen(area, partOf(event))}
      onKeyDown={onKeyDown}
    >
      {named && (
        <span className={styles.label}>
          {width >= 74 && area.what !== 'rest' && (
            <Icon name={area.what === 'folder' ? 'folder' : kindIcon[area.kind]} size={12} />
          )}
          <span className={styles.name}>{areaName(area)}</span>
          {parts.length > 0 && width >= 130 && <span className={styles.size}>{formatBytes(area.bytes)}</span>}
        </span>
      )}
      {named && roomy && <span className={styles.below}>{formatBytes(area.bytes)}</span>}
      {parts.map(({ part, ...inner }, at) =>
        inner.width < 2 || inner.height < 2 ? null : (
          <span
            key={`${part.what} ${part.id} ${part.name}`}
            data-part={at}
            className={classes(styles.part, colours[part.what === 'rest' ? 'rest' : part.kind])}
            style={place({ ...inner, x: inner.x - box.x - 1, y: inner.y - box.y - 1 })}
          >
            {inner.width >= 48 && inner.height >= 17 && (
              <span className={styles.partName}>{areaName(part)}</span>
            )}
          </span>
        ),
      )}
    </button>
  );
}
