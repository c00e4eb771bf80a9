import { type RefObject, useEffect, useRef } from 'react';

/** Tells when the focus comes into an element and when it leaves it; moving about inside tells nothing. */
export function useFocusWithin(
  ref: RefObject<HTMLElement | null>,
  onEnter: () => void,
  onLeave: () => void,
): void {
  const latest = useRef({ onEnter, onLeave });
  latest.current = { onEnter, onLeave };
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const outside = (target: EventTarget | null) => !(target instanceof Node && element.contains(target));
    const enter = (event: FocusEvent) => outside(event.relatedTarget) && latest.current.onEnter();
    const leave = (event: FocusEvent) => outside(event.relatedTarget) && latest.current.onLeave();
    element.addEventListener('focusin', enter);
    element.addEventListener('focusout', leave);
    return () => {
      element.removeEventListener('focusin', enter);
      element.removeEventListener('focusout', leave);
    };
  }, [ref]);
}
