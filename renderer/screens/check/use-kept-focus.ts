import { type RefObject, useEffect, useRef } from 'react';

/** Where the focus was: the group, which of the groups it is, and the row in it. */
interface Spot {
  readonly group: string;
  readonly place: number;
  readonly row: number | null;
  /** It was on the button that mends one place. */
  readonly mending: boolean;
}

/**
 * Keeps the focus in a list of groups whose parts go away when they are mended: it goes to the next place of the
 * group, else to the next group, else to the room's heading. Nothing happens while `busy`, when buttons are disabled,
 * nor once a person pressed elsewhere. Groups carry `data-group`, rows `data-row`, mending buttons `data-mend`.
 */
export function useKeptFocus(busy: boolean): RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null);
  const left = useRef<Spot | null>(null);
  useEffect(() => {
    const remember = ({ target }: FocusEvent) => {
      if (target instanceof Element && box.current?.contains(target))
        left.current = spotOf(box.current, target);
      else if (!inDialog(target)) left.current = null;
    };
    const forget = ({ target }: PointerEvent) => {
      if (target instanceof Node && !box.current?.contains(target) && !inDialog(target)) left.current = null;
    };
    document.addEventListener('focusin', remember);
    document.addEventListener('pointerdown', forget);
    return () => {
      document.removeEventListener('focusin', remember);
      document.removeEventListener('pointerdown', forget);
    };
  }, []);
  // After every drawing, because any of them may have taken away what had the focus.
  useEffect(() => {
    if (busy || left.current === null) return;
    const frame = requestAnimationFrame(() => {
      if (left.current && document.activeElement === document.body) near(box.current, left.current)?.focus();
    });
    return () => cancelAnimationFrame(frame);
  });
  return box;
}

function inDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role="dialog"]') !== null;
}

function spotOf(box: Element, target: Element): Spot | null {
  const card = target.closest<HTMLElement>('[data-group]');
  if (!card) return null;
  const row = target.closest<HTMLElement>('[data-row]')?.dataset.row;
  return {
    group: card.dataset.group ?? '',
    place: [...box.querySelectorAll('[data-group]')].indexOf(card),
    row: row === undefined ? null : Number(row),
    mending: target.matches('[data-mend]'),
  };
}

/** What is nearest to a spot now. */
function near(box: Element | null, spot: Spot): HTMLElement | null {
  const cards = [...(box?.querySelectorAll<HTMLElement>('[data-group]') ?? [])];
  const card = cards.find(({ dataset }) => dataset.group === spot.group);
  const rows = [...(card?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
  const row =
    spot.row === null
      ? undefined
      : (rows.find(({ dataset }) => Number(dataset.row) === spot.row) ?? rows.at(-1));
  const mend = spot.mending ? row?.querySelector<HTMLElement>('[data-mend]') : null;
  const toggle = (card ?? cards[spot.place] ?? cards.at(-1))?.querySelector<HTMLElement>('button');
  return (
    mend ??
    row?.querySelector<HTMLElement>('[data-first]') ??
    row ??
    toggle ??
    document.querySelector<HTMLElement>('main h2')
  );
}
