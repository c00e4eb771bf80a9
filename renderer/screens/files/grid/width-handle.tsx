import type { PointerEvent } from 'react';
import type { ColumnKey, ListColumn } from '../../../../shared/model/list-column.ts';
import { clampWidth } from './column-order.ts';
import styles from './grid-head.module.css';

/** The right edge of a column's head: dragged it changes the width, double clicked it goes back to the grid's own. */
export function WidthHandle({
  column,
  onWidth,
  onKeep,
}: {
  readonly column: ListColumn;
  readonly onWidth: (key: ColumnKey, width: number | null) => void;
  readonly onKeep: (key: ColumnKey, width: number | null) => void;
}) {
  const onPointerDown = (event: PointerEvent<HTMLSpanElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    const handle = event.currentTarget;
    const start = event.clientX;
    const before = handle.parentElement?.getBoundingClientRect().width ?? 0;
    let width: number | null = null;
    handle.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent) => {
      width = clampWidth(before + moved.clientX - start);
      onWidth(column.key, width);
    };
    const end = () => {
      handle.removeEventListener('pointermove', move);
      if (width !== null) onKeep(column.key, width);
      onWidth(column.key, null);
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('lostpointercapture', end, { once: true });
  };
  return (
    <span
      className={styles.handle}
      aria-hidden="true"
      onPointerDown={onPointerDown}
      onDoubleClick={() => onKeep(column.key, null)}
    />
  );
}
