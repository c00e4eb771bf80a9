import { DropdownMenu } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { isMac, shortcutWords } from '../commands.ts';
import { classes } from './classes.ts';
import { Icon, type IconName } from './icons.tsx';
import styles from './menu.module.css';
import { popupHome } from './popup-home.ts';

export interface MenuAction {
  readonly label: string;
  readonly icon?: IconName;
  readonly shortcut?: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  /** Set for a choice among several: whether it is the present one. */
  readonly checked?: boolean;
  readonly onSelect: () => void;
}
export type MenuItem = MenuAction | 'line' | { readonly heading: string };

/** For a menu that is opened by more than its button. */
export interface MenuControl {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** Takes the focus back instead of the button. */
  readonly onClosed: () => void;
}

/** A button's menu. `trigger` is one element that takes a ref, usually an IconButton. */
export function Menu({
  trigger,
  items,
  align = 'end',
  control,
}: {
  readonly trigger: ReactNode;
  readonly items: readonly MenuItem[];
  readonly align?: 'start' | 'end';
  readonly control?: MenuControl;
}) {
  const [home, setHome] = useState<HTMLElement | null>(null);
  const onOpenChange = (open: boolean) => {
    if (open) setHome(popupHome());
    control?.onOpenChange(open);
  };
  return (
    <DropdownMenu.Root
      modal={false}
      onOpenChange={onOpenChange}
      {...(control === undefined ? {} : { open: control.open })}
    >
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={home}>
        <DropdownMenu.Content
          className={styles.menu}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          onClick={(event) => event.stopPropagation()}
          onCloseAutoFocus={(event) => {
            if (control === undefined) return;
            event.preventDefault();
            control.onClosed();
          }}
        >
          {items.map((item, index) => (
            <Row key={rowKey(item, index)} item={item} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function rowKey(item: MenuItem, index: number): string {
  if (item === 'line') return `line ${index}`;
  return 'heading' in item ? `heading ${item.heading}` : item.label;
}

function Row({ item }: { readonly item: MenuItem }) {
  if (item === 'line') return <DropdownMenu.Separator className={styles.line} />;
  if ('heading' in item)
    return <DropdownMenu.Label className={styles.heading}>{item.heading}</DropdownMenu.Label>;
  const inside = (
    <>
      <span className={styles.icon}>
        {item.checked ? <Icon name="check" /> : item.icon && <Icon name={item.icon} />}
      </span>
      <span className={styles.label}>{item.label}</span>
      {item.shortcut && <kbd className={styles.shortcut}>{shortcutWords(item.shortcut, isMac)}</kbd>}
    </>
  );
  const props = {
    className: classes(styles.item, item.danger && styles.danger),
    disabled: item.disabled ?? false,
    onSelect: item.onSelect,
  };
  return item.checked === undefined ? (
    <DropdownMenu.Item {...props}>{inside}</DropdownMenu.Item>
  ) : (
    <DropdownMenu.CheckboxItem {...props} checked={item.checked}>
      {inside}
    </DropdownMenu.CheckboxItem>
  );
}
