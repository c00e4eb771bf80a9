import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { create } from 'zustand';
import styles from './room-action.module.css';

const useSlot = create<{ readonly element: HTMLElement | null }>()(() => ({ element: null }));
const setSlot = (element: HTMLElement | null) => useSlot.setState({ element });

/** Where the main action of a room stands: the right end of the row of tabs. */
export function RoomActionSlot({ label }: { readonly label: string }) {
  return <section ref={setSlot} className={styles.slot} aria-label={label} />;
}

/** Puts its children, usually one primary Button and perhaps a quiet one before it, into that place. */
export function RoomAction({ children }: { readonly children: ReactNode }) {
  const element = useSlot((state) => state.element);
  return element ? createPortal(children, element) : null;
}
