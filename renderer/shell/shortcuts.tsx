import { useEffect } from 'react';
import { isMac, matchesShortcut, mergeCommands, useCommandRegistry } from '../commands.ts';

const textTypes = new Set(['text', 'search', 'email', 'url', 'tel', 'password', 'number', 'date']);

/** Keys that do something to text or walk in it, on a Mac by words. */
const ofText = isMac ? /^(mod\+(shift\+)?[zacvxy]|alt\+arrow.*)$/ : /^mod\+(shift\+)?[zacvxy]$/;

/** Whether a person is typing there, so that Ctrl Z and the like belong to the text. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return textTypes.has(target.type);
  return target instanceof HTMLTextAreaElement || target.isContentEditable;
}

/** Runs registered commands by their shortcuts, wherever the focus is. While typing, undo and the like belong to the text. */
export function Shortcuts() {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const commands = mergeCommands(useCommandRegistry.getState().sets);
      const command = commands.find(
        (one) => one.shortcut !== undefined && matchesShortcut(one.shortcut, event, isMac),
      );
      if (!command) return;
      if (isTyping(event.target) && ofText.test(command.shortcut ?? '')) return;
      event.preventDefault();
      command.run();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  return null;
}
