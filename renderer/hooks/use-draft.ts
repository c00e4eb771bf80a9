import { useEffect, useRef, useState } from 'react';

/**
 * The text of a small field that is saved when it is left or Enter is pressed. While somebody types, a newer
 * saved value does not push theirs aside; Escape takes the saved one back.
 */
export function useDraft(saved: string, save: (text: string) => void) {
  const [draft, setDraft] = useState<string | null>(null);
  const latest = useRef({ draft, saved, save });
  latest.current = { draft, saved, save };
  const finish = () => {
    const { draft: text, saved: before, save: keep } = latest.current;
    latest.current.draft = null;
    setDraft(null);
    if (text !== null && text !== before) keep(text);
  };
  const finishLatest = useRef(finish);
  finishLatest.current = finish;
  // Leaving the room or the page must not lose what was typed.
  useEffect(() => {
    const leave = () => finishLatest.current();
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, []);
  return {
    value: draft ?? saved,
    onChange: (event: { target: { value: string } }) => setDraft(event.target.value),
    onBlur: finish,
    onKeyDown: (event: { key: string; preventDefault(): void; stopPropagation(): void }) => {
      if (event.key === 'Enter') {
        event.preventDefault();
        finish();
      } else if (event.key === 'Escape' && draft !== null) {
        event.stopPropagation();
        setDraft(null);
      }
    },
  };
}
