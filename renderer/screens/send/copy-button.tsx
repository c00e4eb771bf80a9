import { useEffect, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { showToast } from '../../stores/toast-store.ts';

/** Copies a text and says so on itself for a moment. */
export function CopyButton({
  text,
  label,
  small,
}: {
  readonly text: string;
  readonly label: string;
  readonly small?: boolean;
}) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = window.setTimeout(() => setCopied(false), 2500);
    return () => window.clearTimeout(timer);
  }, [copied]);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () =>
        showToast({
          tone: 'problem',
          message: 'The clipboard cannot be written from here.',
          detail: 'Select the text and copy it with the keyboard.',
        }),
    );
  return (
    <>
      <Button small={small ?? false} icon={copied ? 'check' : 'copy'} onClick={() => void copy()}>
        {copied ? 'Copied' : label}
      </Button>
      <span className="hidden-visually" role="status">
        {copied ? 'Copied' : ''}
      </span>
    </>
  );
}
