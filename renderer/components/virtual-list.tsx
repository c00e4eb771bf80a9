import {
  type ComponentProps,
  type ReactNode,
  type Ref,
  useCallback,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { classes } from './classes.ts';
import { placeAfterScroll, placeAt, placeToShow, rowWindow, type ScrollPlace } from './row-window.ts';
import styles from './virtual-list.module.css';

export interface VirtualListHandle {
  /** Brings a row into sight with the least movement. */
  show(row: number): void;
  /** How many whole rows are in sight. */
  visibleRows(): number;
  focus(): void;
  /** What scrolls; null before it is there. */
  element(): HTMLElement | null;
}

interface View {
  readonly place: ScrollPlace;
  /** Of what is below the header, in pixels. */
  readonly height: number;
}

/** Scrolls an element; browsers round where to, the rows do not. */
function put(element: HTMLElement, place: ScrollPlace): ScrollPlace {
  if (Math.abs(element.scrollTop - place.scrollTop) >= 1) element.scrollTop = place.scrollTop;
  return { top: place.top, scrollTop: element.scrollTop };
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
  const [view, setView] = useState<View>({ place: { scrollTop: 0, top: 0 }, height: 600 });
  const latest = useRef({ count, place: view.place });
  latest.current.count = count;

  /** The list as it is now, and a way to say where it is scrolled to. */
  const measure = useCallback(
    (element: HTMLDivElement) => {
      const height = element.clientHeight - headerHeight;
      const go = (place: ScrollPlace) => {
        latest.current.place = place;
        setView((now) => (now.place === place && now.height === height ? now : { place, height }));
      };
      return { list: { count: latest.current.count, rowHeight, viewHeight: height }, go };
    },
    [rowHeight, headerHeight],
  );

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => {
      const { list, go } = measure(element);
      go(placeAfterScroll(list, latest.current.place, element.scrollTop));
    };
    const rest = () => {
      const { list, go } = measure(element);
      go(put(element, placeAt(list, latest.current.place.top)));
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    element.addEventListener('scrollend', rest, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
      element.removeEventListener('scrollend', rest);
    };
  }, [measure]);

  useImperativeHandle(
    handle,
    () => ({
      show(index) {
        const element = box.current;
        if (!element) return;
        const { list, go } = measure(element);
        const now = latest.current.place;
        const place = placeToShow(list, now, index);
        go(place === now ? now : put(element, place));
      },
      visibleRows: () =>
        Math.max(1, Math.floor(((box.current?.clientHeight ?? 0) - headerHeight) / rowHeight)),
      focus: () => box.current?.focus({ preventScroll: true }),
      element: () => box.current,
    }),
    [measure, rowHeight, headerHeight],
  );

  const seen = rowWindow({ count, rowHeight, viewHeight: view.height }, view.place);
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
