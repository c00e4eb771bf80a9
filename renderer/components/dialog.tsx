import { Dialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';
import { classes } from './classes.ts';
import styles from './dialog.module.css';
import { useFocusReturn } from './focus-return.ts';

export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  /** One sentence below the title; also what a screen reader says first. */
  readonly description?: ReactNode;
  /** Buttons at the foot, the main one last. */
  readonly footer?: ReactNode;
  readonly width?: 'small' | 'medium' | 'large' | 'wide';
  readonly children?: ReactNode;
}

/**
 * A modal dialog: keeps the focus, closes with Escape, gives the focus back. The veil is our own element,
 * because Radix's overlay writes a style element that a strict content policy refuses.
 */
export function Dialog({ open, onOpenChange, title, description, footer, width, children }: DialogProps) {
  const focusReturn = useFocusReturn();
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <div className={styles.veil} />
        <Primitive.Content
          {...focusReturn}
          className={classes(styles.dialog, styles[width ?? 'medium'])}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <header className={styles.header}>
            <Primitive.Title className={styles.title}>{title}</Primitive.Title>
            {description !== undefined && (
              <Primitive.Description className={styles.description}>{description}</Primitive.Description>
            )}
          </header>
          <div className={styles.body}>{children}</div>
          {footer && <footer className={styles.footer}>{footer}</footer>}
          {/* Last, so that the focus begins in the dialog's work. */}
          <Primitive.Close asChild>
            <IconButton icon="close" label="Close" className={styles.close} />
          </Primitive.Close>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
