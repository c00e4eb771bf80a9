import { Popover } from 'radix-ui';
import { IconButton } from '../components/button.tsx';
import styles from './keys-help.module.css';

const keys: readonly (readonly [keys: readonly string[], meaning: string])[] = [
  [['Space'], 'show or hide the mask'],
  [['↑', '↓'], 'previous, next image'],
  [['[', ']'], 'previous, next plane (Z)'],
  [[',', '.'], 'previous, next frame (T)'],
  [['+', '−'], 'zoom in, out'],
  [['0'], 'show the whole image'],
  [['Shift', 'arrow'], 'move the picture'],
  [['Drag'], 'move the picture'],
  [['Wheel'], 'zoom at the pointer'],
  [['Double click'], 'zoom in; with Shift out'],
];

/** A button that lists what keys and pointer do, for people who come back after a month. */
export function KeysHelp() {
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <IconButton small icon="help" label="Keys and pointer" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label="Keys and pointer"
          className={styles.popover}
          align="end"
          sideOffset={6}
          collisionPadding={8}
        >
          <h3>Keys and pointer</h3>
          <dl className={styles.keys}>
            {keys.map(([names, meaning]) => (
              <div key={names.join()} className={styles.line}>
                <dt>
                  {names.map((name) => (
                    <kbd key={name}>{name}</kbd>
                  ))}
                </dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
