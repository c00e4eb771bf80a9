import { Tooltip as Primitive } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { popupHome } from './popup-home.ts';
import styles from './tooltip.module.css';

/** Shows a few words when its child is hovered or focused. The child must be one element that takes a ref. */
export function Tooltip({
  text,
  side = 'bottom',
  children,
}: {
  readonly text: ReactNode;
  readonly side?: 'top' | 'bottom' | 'left' | 'right';
  readonly children: ReactNode;
}) {
  const [home, setHome] = useState<HTMLElement | null>(null);
  return (
    <Primitive.Root onOpenChange={(open) => open && setHome(popupHome())}>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal container={home}>
        <Primitive.Content className={styles.tooltip} side={side} sideOffset={6} collisionPadding={8}>
          {text}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

export const TooltipProvider = Primitive.Provider;
