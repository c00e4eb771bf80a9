import {
  type ComponentProps,
  type ReactNode,
  type Ref,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { classes } from './classes.ts';
import { rowWindow, scrollToShow } from './row-window.ts';
import styles from './virtual-list.module.css';

export interface VirtualListHandle {
  /** Brings a row into sight with the least movement. */
  show(row: number): void;
  /** How many whole rows are in sight. */
  visibleRows(): number;
  focus(): void;
}

export interface VirtualListProps extends Omit<ComponentProps<'div'>, 'children' | 'ref'> {
  readonly count: number;
  /** In pixels, the same for every row. */
  readonly rowHeight: number;
  /** Draws one row; called only for rows in sight and a few around them. */
  readonly row: (index: number) => ReactNode;
  /** Told which rows are drawn, so that they can be fetched. */
  readonly onWindow?: (first: number, end: number) => void;
  /** Stays at the top while the rows move below it. */
  readonly header?: ReactNode;
  /** In pixels. */
  readonly headerHeight?: number;
  readonly handle?: Ref<VirtualListHandle>;
}

/**
 * A scrolling list that draws only the rows in sight; good for many millions. Further attributes go to the scrolling
 * element, so the caller gives it and the rows their roles.
 */
export function VirtualList({
  count,
  rowHeight,
  row,
  onWindow,
  header,
  headerHeight = 0,
  handle,
  className,
  ...rest
}: VirtualListProps) {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => setView({ top: element.scrollTop, height: element.clientHeight - headerHeight });
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [headerHeight]);

  useImperativeHandle(
    handle,
    () => ({
      show(index) {
        const element = box.current;
        if (!element) return;
        const height = element.clientHeight - headerHeight;
        element.scrollTop = scrollToShow(index, count, rowHeight, height, element.scrollTop);
        setView({ top: element.scrollTop, height });
      },
      visibleRows: () =>
        Math.max(1, Math.floor(((box.current?.clientHeight ?? 0) - headerHeight) / rowHeight)),
      focus: () => box.current?.focus({ preventScroll: true }),
    }),
    [count, rowHeight, headerHeight],
  );

  const seen = rowWindow(count, rowHeight, view.height, view.top);
  useLayoutEffect(() => onWindow?.(seen.first, seen.end), [onWindow, seen.first, seen.end]);

  const indices = Array.from({ length: seen.end - seen.first }, (_, index) => seen.first + index);
  return (
    <div role="presentation" {...rest} ref={box} className={classes(styles.list, className)}>
      {header}
      <div role="presentation" className={styles.content} style={{ height: seen.height }}>
        <div role="presentation" style={{ transform: `translateY(${seen.offset}px)` }}>
          {indices.map(row)}
        </div>
      </div>
    </div>
  );
}
