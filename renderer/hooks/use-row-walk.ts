import { type KeyboardEvent, type RefObject, useCallback, useRef, useState } from 'react';
import type { VirtualListHandle } from '../components/virtual-list.tsx';
import { nextRow } from './row-keys.ts';

export interface RowWalk {
  readonly list: RefObject<VirtualListHandle | null>;
  /** For the element around the list. */
  readonly box: RefObject<HTMLDivElement | null>;
  /** For the list's `onWindow`. */
  readonly onWindow: (first: number, end: number) => void;
  /** Whether Tab stops at a row; the arrow keys reach the others. */
  readonly stopsAt: (index: number) => boolean;
  /** Props of a row. In it, or itself, an element with `data-first` takes the focus. */
  readonly row: (index: number) => {
    readonly 'data-row': number;
    readonly onFocus: () => void;
    readonly onKeyDown: (event: KeyboardEvent) => void;
  };
  /** Brings a row into the middle of sight, for coming back; takes the focus there if nothing else has it. */
  readonly go: (index: number) => void;
}

/** Walks a list of which only the rows in sight exist with arrow keys, Page Up and Down, Home and End. */
export function useRowWalk(total: number, page: number, see: (first: number, end: number) => void): RowWalk {
  const list = useRef<VirtualListHandle>(null);
  const box = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const [inSight, setInSight] = useState({ first: 0, end: 1 });
  const onWindow = useCallback(
    (first: number, end: number) => {
      setInSight((now) => (now.first === first && now.end === end ? now : { first, end }));
      see(first, end);
    },
    [see],
  );
  const reach = useCallback((index: number, then: (row: HTMLElement) => void) => {
    setActive(index);
    list.current?.show(index);
    requestAnimationFrame(() => {
      const row = box.current?.querySelector<HTMLElement>(`[data-row="${index}"]`);
      if (row) then(row);
    });
  }, []);
  const go = useCallback(
    (index: number) =>
      reach(index, (row) => {
        row.scrollIntoView({ block: 'center' });
        if (document.activeElement === document.body) focusIn(row);
      }),
    [reach],
  );
  const stop = Math.min(Math.max(active, inSight.first), inSight.end - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextRow(event.key, stop, total, page);
    if (next === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    reach(next, focusIn);
  };
  return {
    list,
    box,
    onWindow,
    stopsAt: (index) => index === stop,
    row: (index) => ({ 'data-row': index, onFocus: () => setActive(index), onKeyDown }),
    go,
  };
}

function focusIn(row: HTMLElement): void {
  (row.querySelector<HTMLElement>('[data-first]') ?? row).focus({ preventScroll: true });
}
