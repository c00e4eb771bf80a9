import { create } from 'zustand';

export const usePalette = create<{ readonly open: boolean }>()(() => ({ open: false }));

export function openPalette(): void {
  usePalette.setState({ open: true });
}

export function setPaletteOpen(open: boolean): void {
  usePalette.setState({ open });
}
