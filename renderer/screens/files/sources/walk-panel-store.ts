import { create } from 'zustand';

/** What a scan found otherwise than the one before. */
export type ChangeKind = 'added' | 'changed' | 'gone' | 'renamed';

/** A dialog about how folders are looked through, or what that found. */
export type WalkPanel =
  | { readonly what: 'skips'; readonly tab: 'rules' | 'skipped'; readonly sourceId: number | null }
  | { readonly what: 'changes'; readonly tab: ChangeKind; readonly sourceId: number };

export const useWalkPanel = create<{ readonly panel: WalkPanel | null }>()(() => ({ panel: null }));

export function openWalkPanel(panel: WalkPanel): void {
  useWalkPanel.setState({ panel });
}

export function closeWalkPanel(): void {
  useWalkPanel.setState({ panel: null });
}
