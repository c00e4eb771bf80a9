import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { ListColumn } from '../../../../shared/model/list-column.ts';
import { acceptedCell } from '../../../../shared/rules/accepted-cell.ts';
import { classes } from '../../../components/classes.ts';
import { Popover } from '../../../components/popover.tsx';
import styles from './cell-editor.module.css';
import { fittingTerms, termsOf } from './cell-terms.ts';

/** How an edit ended: with the key that ended it, or because the focus went elsewhere. */
export type EditEnd = 'enter' | 'enter-back' | 'enter-all' | 'tab' | 'tab-back' | 'left' | 'escape';

/**
 * Edits one cell in its place. A cell with a vocabulary is typed or chosen: what is typed narrows the terms. A text
 * that cannot stand there says why and keeps the focus; Escape takes back what was there.
 */
export function CellEditor({
  column,
  saved,
  typed,
  onEnd,
}: {
  readonly column: ListColumn;
  readonly saved: string;
  /** The letter that began the edit and takes the place of what is there; null to go on with that. */
  readonly typed: string | null;
  /** Told once; the text is null when nothing is to be changed. */
  readonly onEnd: (text: string | null, by: EditEnd) => void;
}) {
  const terms = termsOf(column);
  const title = saved === '' ? '' : (terms?.find(({ value }) => value === saved)?.title ?? saved);
  const [text, setText] = useState(typed ?? title);
  const [isTyped, setIsTyped] = useState(typed !== null);
  const fitting = terms === null ? [] : fittingTerms(terms, isTyped ? text : '');
  const [marked, setMarked] = useState(() =>
    Math.max(0, typed === null ? fitting.findIndex(({ value }) => value === saved) : 0),
  );
  const [refused, setRefused] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const [box, setBox] = useState<Element | null>(null);
  const listId = useId();

  useLayoutEffect(() => {
    const field = input.current;
    field?.focus({ preventScroll: true });
    if (typed === null) field?.select();
    setBox(field);
  }, [typed]);

  const value = (): string => {
    if (terms === null) return text;
    return isTyped && text === '' ? '' : (fitting[marked]?.value ?? text);
  };
  const end = (by: EditEnd) => {
    if (ended.current) return;
    const next = by === 'escape' || (terms === null && !isTyped) ? null : value();
    const accepted = next === null ? null : acceptedCell(column, next);
    if (accepted !== null && 'refused' in accepted && by !== 'left' && by !== 'escape') {
      setRefused(accepted.refused);
      return;
    }
    ended.current = true;
    const isKept = accepted !== null && 'value' in accepted && (next !== saved || by === 'enter-all');
    onEnd(isKept ? next : null, by);
  };
  const ended = useRef(false);
  const latest = useRef(end);
  latest.current = end;
  // A row that is scrolled away or a room that is left takes the typed text with it into the cell.
  const changed = useRef(false);
  changed.current = isTyped;
  const isHere = useRef(false);
  useEffect(() => {
    isHere.current = true;
    const leave = () => changed.current && latest.current('left');
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      isHere.current = false;
      // Not at once: in development React takes every component away and back when it is new.
      queueMicrotask(() => !isHere.current && leave());
    };
  }, []);

  const mark = (step: number) => {
    setMarked((now) => Math.max(0, Math.min(fitting.length - 1, now + step)));
    setIsTyped(isTyped && text !== '');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    const ends: Record<string, EditEnd> = {
      Enter: event.ctrlKey || event.metaKey ? 'enter-all' : event.shiftKey ? 'enter-back' : 'enter',
      Tab: event.shiftKey ? 'tab-back' : 'tab',
      Escape: 'escape',
    };
    const by = ends[event.key];
    const step = terms === null ? undefined : { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined || step !== undefined) event.preventDefault();
    if (by !== undefined) end(by);
    else if (step !== undefined) mark(step);
  };
  const optionId = (at: number) => `${listId}-${at}`;
  return (
    <>
      <input
        ref={input}
        type="text"
        className={styles.input}
        aria-label={column.title}
        aria-invalid={refused !== '' || undefined}
        aria-describedby={refused === '' ? undefined : `${listId}-refused`}
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setText(event.target.value);
          setIsTyped(true);
          setMarked(0);
          setRefused('');
        }}
        onKeyDown={onKeyDown}
        onBlur={() => end('left')}
        {...(terms === null
          ? {}
          : {
              role: 'combobox',
              'aria-expanded': true,
              'aria-controls': listId,
              'aria-autocomplete': 'list' as const,
              'aria-activedescendant': fitting.length > 0 ? optionId(marked) : undefined,
            })}
      />
      {box && (terms !== null || refused !== '') && (
        <Popover anchor={box} onClose={() => {}} takesFocus={false}>
          {refused !== '' && (
            <p id={`${listId}-refused`} role="alert" className={styles.refused}>
              {refused}
            </p>
          )}
          {terms !== null && (
            <div id={listId} role="listbox" aria-label={column.title} className={styles.list}>
              {fitting.map((term, at) => (
                <Option
                  key={term.value}
                  id={optionId(at)}
                  title={term.title}
                  isMarked={at === marked}
                  onPick={() => {
                    if (ended.current) return;
                    ended.current = true;
                    onEnd(term.value === saved ? null : term.value, 'left');
                  }}
                />
              ))}
              {fitting.length === 0 && <p className={styles.none}>None is called so.</p>}
            </div>
          )}
        </Popover>
      )}
    </>
  );
}

function Option({
  id,
  title,
  isMarked,
  onPick,
}: {
  readonly id: string;
  readonly title: string;
  readonly isMarked: boolean;
  readonly onPick: () => void;
}) {
  const own = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (isMarked) own.current?.scrollIntoView({ block: 'nearest' });
  }, [isMarked]);
  return (
    <div
      ref={own}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isMarked}
      className={classes(styles.option, isMarked && styles.marked)}
      onPointerDown={(event) => {
        event.preventDefault();
        onPick();
      }}
    >
      {title}
    </div>
  );
}
