import { isMac, shortcutWords } from '../../../commands.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import styles from './column-panels.module.css';
import { closePanel, type GridPanel } from './grid-panel-store.ts';

const keys: readonly (readonly [string, string])[] = [
  ['Arrows, Page Up, Page Down', 'Walk; with Shift select a range'],
  ['Home, End', 'First and last column; with mod first and last cell'],
  ['Enter or F2', 'Edit a cell; of a path, look at the picture'],
  ['Any letter', 'Edit a cell anew; in a path, go to the first that holds what is typed'],
  ['Enter, Tab, Escape', 'Keep an edit and go down, keep it and go on, take it back'],
  ['mod Enter', 'Keep an edit in everything selected'],
  ['Space', 'Select the row, or no more'],
  ['mod+a', 'Select all that the filter matches'],
  ['mod+d', 'Fill down'],
  ['mod+c, mod+x, mod+v', 'Copy, cut, paste; to and from a spreadsheet'],
  ['Delete', 'Empty'],
  ['mod+z, mod+shift+z', 'Undo, redo'],
  ['mod+g', 'Go to a row or path'],
  ['Up from the first row', 'The heads: Enter opens the menu, Space sorts'],
  ['shift+←, shift+→ in a head', 'Narrower, wider'],
  ['mod+shift+←, mod+shift+→ in a head', 'Move the column'],
];

/** What the keys of the grid do. */
export function KeysPanel({ panel }: { readonly panel: GridPanel }) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && closePanel(panel)}
      title="Keys of the grid"
      footer={
        <Button variant="primary" onClick={() => closePanel(panel)}>
          Close
        </Button>
      }
    >
      <dl className={styles.keys}>
        {keys.map(([words, what]) => (
          <div key={words}>
            <dt>{keyWords(words)}</dt>
            <dd>{keyWords(what)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

/** Shortcuts in a text as this computer calls them. */
function keyWords(text: string): string {
  return text.replace(/\b(?:mod|shift)(?:\+[\wÀ-ÿ←→]+)*/g, (shortcut) =>
    shortcut === 'mod' ? (isMac ? '⌘' : 'Ctrl') : shortcutWords(shortcut, isMac),
  );
}
