import { Toast as Primitive } from 'radix-ui';
import { dismissToast, type Toast, useToasts } from '../stores/toast-store.ts';
import { Button, IconButton } from './button.tsx';
import { classes } from './classes.ts';
import { Icon } from './icons.tsx';
import styles from './toaster.module.css';

/** The short notes at the foot of the window. F8 takes the focus to them. */
export function Toaster() {
  const toasts = useToasts((state) => state.toasts);
  return (
    <Primitive.Provider label="Note" swipeDirection="right">
      {toasts.map((toast) => (
        <ToastNote key={toast.id} toast={toast} />
      ))}
      <Primitive.Viewport
        className={classes(styles.viewport, toasts.some(({ tone }) => tone === 'problem') && styles.above)}
        label="Notes ({hotkey})"
      />
    </Primitive.Provider>
  );
}

function ToastNote({ toast }: { readonly toast: Toast }) {
  const { action } = toast;
  return (
    <Primitive.Root
      className={classes(styles.toast, toast.tone === 'problem' && styles.problem)}
      duration={toast.tone === 'problem' ? 20_000 : action ? 12_000 : 5000}
      type={toast.tone === 'problem' ? 'foreground' : 'background'}
      onOpenChange={(open) => !open && dismissToast(toast.id)}
    >
      {toast.tone === 'problem' && <Icon name="must" />}
      <div className={styles.words}>
        <Primitive.Title className={styles.message}>{toast.message}</Primitive.Title>
        {toast.detail && <Primitive.Description>{toast.detail}</Primitive.Description>}
      </div>
      {action && (
        <Primitive.Action asChild altText={`${action.label}: ${toast.message}`}>
          <Button small onClick={action.run}>
            {action.label}
          </Button>
        </Primitive.Action>
      )}
      <Primitive.Close asChild>
        <IconButton small icon="close" label="Close this note" />
      </Primitive.Close>
    </Primitive.Root>
  );
}
