import { create } from 'zustand';

export const panelViews = ['tree', 'space', 'kinds'] as const;
export type PanelView = (typeof panelViews)[number];

/** How the panel of folders stands; kept for the next time. */
export interface PanelState {
  readonly open: boolean;
  /** In a narrow window it lies above the grid and begins closed. */
  readonly openNarrow: boolean;
  /** In pixels. */
  readonly width: number;
  readonly view: PanelView;
  readonly sort: 'name' | 'bytes';
  /** The space as bars in a table instead of a map. */
  readonly bars: boolean;
}

export const firstPanel: PanelState = {
  ...{ open: true, openNarrow: false, width: 264 },
  ...{ view: 'tree', sort: 'name', bars: false },
};

export const narrowestPanel = 200;
export const widestPanel = 720;

/** Keeps a width within what the panel may have, in whole pixels. */
export function clampPanel(width: number): number {
  if (!Number.isFinite(width)) return firstPanel.width;
  return Math.round(Math.min(widestPanel, Math.max(narrowestPanel, width)));
}

/** Reads what was kept; whatever is not as it should be is as at first. */
export function parsePanel(text: string | null): PanelState {
  let kept: Partial<Record<keyof PanelState, unknown>> = {};
  try {
    const parsed: unknown = JSON.parse(text ?? '{}');
    if (typeof parsed === 'object' && parsed !== null) kept = parsed;
  } catch {
    // Nothing of it can be used.
  }
  return {
    open: typeof kept.open === 'boolean' ? kept.open : firstPanel.open,
    openNarrow: typeof kept.openNarrow === 'boolean' ? kept.openNarrow : firstPanel.openNarrow,
    width: typeof kept.width === 'number' ? clampPanel(kept.width) : firstPanel.width,
    view: panelViews.find((view) => view === kept.view) ?? firstPanel.view,
    sort: kept.sort === 'bytes' ? 'bytes' : firstPanel.sort,
    bars: typeof kept.bars === 'boolean' ? kept.bars : firstPanel.bars,
  };
}

const key = 'slipway.panel.folders';

export const usePanel = create<PanelState>()(() =>
  parsePanel(typeof localStorage === 'undefined' ? null : localStorage.getItem(key)),
);

/** Changes the panel and keeps it so. */
export function setPanel(change: Partial<PanelState>): void {
  usePanel.setState(change);
  localStorage.setItem(key, JSON.stringify(usePanel.getState()));
}
