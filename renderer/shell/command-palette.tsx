import { Command as Primitive } from 'cmdk';
import { Dialog } from 'radix-ui';
import { useRef } from 'react';
import {
  type Command,
  isMac,
  mergeCommands,
  shortcutWords,
  useCommandRegistry,
  useCommands,
} from '../commands.ts';
import dialogStyles from '../components/dialog.module.css';
import { useFocusReturn } from '../components/focus-return.ts';
import { Icon } from '../components/icons.tsx';
import { type Route, rooms } from '../routes.ts';
import { goToLibrary, goToRoom } from '../stores/navigation-store.ts';
import { setTheme, themes, themeTitle } from '../stores/theme-store.ts';
import styles from './command-palette.module.css';
import { openPalette, setPaletteOpen, usePalette } from './palette-store.ts';
import { roomTitle } from './room-tabs.tsx';

/** The commands that are there in every room. */
function commonCommands(route: Route): Command[] {
  const walk: Command[] =
    route.room === 'library'
      ? []
      : rooms.map((room, index) => ({
          id: `go.${room}`,
          title: `Go to ${roomTitle[room]}`,
          group: 'Go to',
          shortcut: `alt+${index + 1}`,
          run: () => goToRoom(route.id, room),
        }));
  return [
    { id: 'palette', title: 'Show all actions', group: 'Window', shortcut: 'mod+k', run: openPalette },
    ...walk,
    {
      id: 'go.back',
      title: 'Go back to where you were',
      group: 'Go to',
      shortcut: 'alt+arrowleft',
      run: () => window.history.back(),
    },
    { id: 'go.library', title: 'Go to the library', group: 'Go to', shortcut: 'alt+0', run: goToLibrary },
    ...themes.map((theme) => ({
      id: `theme.${theme}`,
      title: `Appearance: ${themeTitle[theme]}`,
      group: 'Window',
      keywords: ['theme', 'colour'],
      run: () => setTheme(theme),
    })),
  ];
}

/** The list of all actions, found by typing: Ctrl/Cmd K. */
export function CommandPalette({ route }: { readonly route: Route }) {
  useCommands(commonCommands(route));
  const open = usePalette((state) => state.open);
  const sets = useCommandRegistry((state) => state.sets);
  const commands = mergeCommands(sets).filter((command) => command.id !== 'palette');
  const groups = [...new Set(commands.map((command) => command.group))];
  // Run after the focus is back where it was, so that a command may take it.
  const chosen = useRef<Command | null>(null);
  const focusReturn = useFocusReturn(() => {
    chosen.current?.run();
    chosen.current = null;
  });
  const run = (command: Command) => {
    chosen.current = command;
    setPaletteOpen(false);
  };
  return (
    <Dialog.Root open={open} onOpenChange={setPaletteOpen}>
      <Dialog.Portal>
        <div className={dialogStyles.veil} />
        <Dialog.Content {...focusReturn} className={styles.palette} aria-describedby={undefined}>
          <Dialog.Title className="hidden-visually">All actions</Dialog.Title>
          <Primitive label="All actions" loop>
            <div className={styles.search}>
              <Icon name="search" />
              <Primitive.Input className={styles.input} placeholder="What do you want to do?" />
            </div>
            <Primitive.List className={styles.list} label="Actions">
              <Primitive.Empty className={styles.empty}>No action has these words.</Primitive.Empty>
              {groups.map((group) => (
                <Primitive.Group key={group} heading={group} className={styles.group}>
                  {commands
                    .filter((command) => command.group === group)
                    .map((command) => (
                      <Primitive.Item
                        key={command.id}
                        value={command.id}
                        keywords={[command.title, group, ...(command.keywords ?? [])]}
                        className={styles.item}
                        onSelect={() => run(command)}
                      >
                        <span>{command.title}</span>
                        {command.shortcut && <kbd>{shortcutWords(command.shortcut, isMac)}</kbd>}
                      </Primitive.Item>
                    ))}
                </Primitive.Group>
              ))}
            </Primitive.List>
          </Primitive>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
