import { type RefObject, useEffect, useRef } from 'react';

/**
 * When a list is filled anew and the part that had the focus went away, the focus goes to the part whose
 * `data-name` is `goal`, else to the first one with `data-name`. Nothing happens once a person pressed elsewhere.
 */
export function useFocusAfter<E extends HTMLElement>(goal: string | null): RefObject<E | null> {
  const box = useRef<E>(null);
  const had = useRef(false);
  useEffect(() => {
    const look = ({ target }: Event) => {
      had.current = target instanceof Node && box.current?.contains(target) === true;
    };
    document.addEventListener('focusin', look);
    document.addEventListener('pointerdown', look);
    return () => {
      document.removeEventListener('focusin', look);
      document.removeEventListener('pointerdown', look);
    };
  }, []);
  // After every drawing, because any of them may have taken away what had the focus.
  useEffect(() => {
    if (!had.current || document.activeElement !== document.body) return;
    const parts = [...(box.current?.querySelectorAll<HTMLElement>('[data-name]') ?? [])];
    (parts.find(({ dataset }) => dataset.name === goal) ?? parts[0])?.focus();
  });
  return box;
}
