import { useRef } from 'react';

/**
 * Props for a Radix dialog's content that give the focus back to where it was when the dialog opened. Radix itself
 * gives it to the dialog's trigger, and our dialogs, which a key or a command may open, have none.
 * @param then called once the focus is back
 */
export function useFocusReturn(then: () => void = () => {}) {
  const before = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: () => {
      before.current = document.activeElement;
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      if (before.current instanceof HTMLElement) before.current.focus();
      then();
    },
  };
}
