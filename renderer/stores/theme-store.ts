import { create } from 'zustand';

/** `system` follows the computer, in brightness and contrast. */
export const themes = ['system', 'light', 'dark', 'contrast'] as const;
export type Theme = (typeof themes)[number];

export const themeTitle: Record<Theme, string> = {
  system: 'As the computer',
  light: 'Light',
  dark: 'Dark',
  contrast: 'High contrast',
};

const key = 'slipway.theme';

/** Reads a kept choice; anything unknown means `system`. */
export function parseTheme(text: string | null): Theme {
  return themes.find((theme) => theme === text) ?? 'system';
}

export const useTheme = create<{ readonly theme: Theme }>()(() => ({
  theme: parseTheme(typeof localStorage === 'undefined' ? null : localStorage.getItem(key)),
}));

export function setTheme(theme: Theme): void {
  localStorage.setItem(key, theme);
  useTheme.setState({ theme });
}

/** Keeps the page's `data-theme` in step; called once before the first render. */
export function applyTheme(): void {
  const apply = ({ theme }: { theme: Theme }) => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  };
  apply(useTheme.getState());
  useTheme.subscribe(apply);
}
