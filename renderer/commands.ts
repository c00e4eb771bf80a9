import { useEffect, useRef } from 'react';
import { create } from 'zustand';

/** An action of the command list (Ctrl/Cmd K), with its shortcut if it has one. */
export interface Command {
  readonly id: string;
  readonly title: string;
  /** Heading in the list: the room or the kind of thing it acts on. */
  readonly group: string;
  /** For example `mod+z`, `mod+shift+z`, `alt+1`; `mod` is Ctrl, on a Mac Cmd. */
  readonly shortcut?: string;
  /** Further words to find it by. */
  readonly keywords?: readonly string[];
  readonly run: () => void;
}

export const useCommandRegistry = create<{ readonly sets: readonly (readonly Command[])[] }>()(() => ({
  sets: [],
}));

/** Adds commands to the list; the answer takes them off again. */
export function registerCommands(commands: readonly Command[]): () => void {
  useCommandRegistry.setState(({ sets }) => ({ sets: [...sets, commands] }));
  return () => useCommandRegistry.setState(({ sets }) => ({ sets: sets.filter((one) => one !== commands) }));
}

/** All commands of now; of two with one id the later registered counts. */
export function mergeCommands(sets: readonly (readonly Command[])[]): Command[] {
  const byId = new Map<string, Command>();
  for (const command of sets.flat()) byId.set(command.id, command);
  return [...byId.values()];
}

/**
 * Offers commands while the component is on screen. They are registered anew only when their ids, titles or
 * shortcuts change; `run` may be a new function in every render.
 */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands);
  latest.current = commands;
  const shape = JSON.stringify(commands.map(({ run: _, ...words }) => words));
  useEffect(() => {
    const words: Omit<Command, 'run'>[] = JSON.parse(shape);
    return registerCommands(
      words.map((one) => ({
        ...one,
        run: () => latest.current.find((command) => command.id === one.id)?.run(),
      })),
    );
  }, [shape]);
}

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Whether a key press is a shortcut. On a Mac `mod` is Cmd, elsewhere Ctrl. */
export function matchesShortcut(shortcut: string, press: KeyPress, mac: boolean): boolean {
  const parts = shortcut.toLowerCase().split('+');
  const key = parts.at(-1);
  const wants = (name: string) => parts.slice(0, -1).includes(name);
  return (
    press.key.toLowerCase() === key &&
    (mac ? press.metaKey : press.ctrlKey) === wants('mod') &&
    (mac ? press.ctrlKey : press.metaKey) === false &&
    press.shiftKey === wants('shift') &&
    press.altKey === wants('alt')
  );
}

/** A shortcut as people read it: `Ctrl Z`, on a Mac `⌘ Z`. */
export function shortcutWords(shortcut: string, mac: boolean): string {
  const names: Record<string, string> = {
    mod: mac ? '⌘' : 'Ctrl',
    shift: mac ? '⇧' : 'Shift',
    alt: mac ? '⌥' : 'Alt',
    arrowleft: '←',
  };
  return shortcut
    .split('+')
    .map((part) => names[part] ?? part.toUpperCase())
    .join(' ');
}

export const isMac = typeof navigator !== 'undefined' && /mac/i.test(navigator.platform);
