import { Popover as Primitive } from 'radix-ui';
import { type ReactNode, useRef, useState } from 'react';
import { classes } from './classes.ts';
import styles from './popover.module.css';
import { popupHome } from './popup-home.ts';

/**
 * A small window beside something that is already there. Escape and a click elsewhere close it. It takes the focus
 * unless `takesFocus` is false.
 */
export function Popover({
  anchor,
  label,
  onClose,
  onClosed,
  takesFocus = true,
  className,
  children,
}: {
  readonly anchor: Element | null;
  /** What screen readers call it; left out for one that belongs to a control that says so itself. */
  readonly label?: string;
  readonly onClose: () => void;
  /** To put the focus back where it belongs. */
  readonly onClosed?: () => void;
  readonly takesFocus?: boolean;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}) {
  const [home] = useState(popupHome);
  const at = useRef(anchor);
  at.current = anchor;
  return (
    <Primitive.Root open onOpenChange={(open) => !open && onClose()}>
      <Primitive.Anchor virtualRef={{ current: { getBoundingClientRect: () => rectOf(at.current) } }} />
      <Primitive.Portal container={home}>
        <Primitive.Content
          className={classes(styles.popover, className)}
          role={label === undefined ? 'presentation' : 'dialog'}
          aria-label={label}
          align="start"
          sideOffset={2}
          collisionPadding={8}
          onOpenAutoFocus={(event) => !takesFocus && event.preventDefault()}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            onClosed?.();
          }}
          onFocusOutside={(event) => !takesFocus && event.preventDefault()}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

function rectOf(element: Element | null): DOMRect {
  return element?.getBoundingClientRect() ?? new DOMRect();
}
