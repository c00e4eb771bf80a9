import { useCallback, useEffect, useRef, useState } from 'react';
import { type ProblemData, problemOf } from '../../../shared/model/problem.ts';
import { engine } from '../../connection.ts';
import { coalesce } from '../../hooks/coalesce.ts';
import type { Query } from '../../routes.ts';
import { replaceQuery } from '../../stores/navigation-store.ts';
import { type FoundItem, findEntry } from './find-entry.ts';
import { rowOf, type SectionPlace } from './gallery-sections.ts';
import { type LookItem, pairIdOf, sameSight, shows } from './look-item.ts';
import type { Gallery } from './use-gallery.ts';

export interface Selection {
  readonly item: LookItem | null;
  /** Row of the gallery; null when it is not known, for example after filtering. */
  readonly row: number | null;
  /** Why what the address names cannot be shown. */
  readonly problem: ProblemData | null;
  readonly select: (row: number) => void;
  readonly step: (by: number) => void;
}

interface State {
  readonly item: LookItem | null;
  readonly row: number | null;
  /** Where it stands in the unfiltered gallery, when it came from the address. */
  readonly place: SectionPlace | null;
  readonly problem: ProblemData | null;
}

function linkOf(query: Query): { readonly entryId: number; readonly pairId: number | null } | null {
  const [entryId, pairId] = [Number(query.entry), Number(query.pair)];
  if (query.entry === undefined || !Number.isInteger(entryId)) return null;
  return { entryId, pairId: query.pair !== undefined && Number.isInteger(pairId) ? pairId : null };
}

/** What was looked at as it is now, in its place of now; the same object where nothing is to be seen of a change. */
function caughtUp(now: State, item: LookItem, found: FoundItem, text: string): State {
  // Places are those of the unfiltered gallery.
  const where = text === '' ? { row: null, place: found.place } : { row: now.row, place: null };
  return { item: sameSight(item, found.item) ? item : found.item, ...where, problem: null };
}

/**
 * What is looked at: what the address names (`entry`, `pair`), else the first of the gallery. The address follows,
 * so that reloading and links come back here.
 */
export function useSelection(id: string, query: Query, gallery: Gallery, text: string): Selection {
  const [state, setState] = useState<State>({ item: null, row: null, place: null, problem: null });
  const [wanted, setWanted] = useState<number | null>(null);
  const link = linkOf(query);
  const latest = useRef<{ state: State; row: number | null; gallery: Gallery; text: string }>({
    state,
    row: null,
    gallery,
    text,
  });
  const { totals } = gallery;
  const row = state.row ?? (state.place && totals ? rowOf(totals, state.place) : null);
  latest.current = { state, row, gallery, text };

  const [entryId, pairId] = [link?.entryId ?? null, link?.pairId ?? null];
  useEffect(() => {
    const { item } = latest.current.state;
    if (entryId === null || (item && shows(item, entryId))) return;
    let over = false;
    findEntry(engine, id, entryId, pairId).then(
      ({ item: found, place }) => {
        if (!over) setState({ item: found, row: null, place, problem: null });
      },
      (thrown: unknown) => !over && setState((now) => ({ ...now, problem: problemOf(thrown) })),
    );
    return () => {
      over = true;
    };
  }, [id, entryId, pairId]);

  const catchUp = useCallback(async () => {
    const { item } = latest.current.state;
    if (!item) return;
    try {
      const found = await findEntry(engine, id, item.image.entryId, pairIdOf(item));
      setState((now) => (now.item === item ? caughtUp(now, item, found, latest.current.text) : now));
    } catch (thrown) {
      const problem = problemOf(thrown);
      if (problem.code !== 'unknown-entry') return;
      setState((now) => (now.item === item ? { item: null, row: null, place: null, problem } : now));
    }
  }, [id]);

  // What is looked at may be paired, parted or changed elsewhere: it is looked up again, and shown as it is now.
  useEffect(() => {
    const { ask, cancel } = coalesce(() => void catchUp(), 300);
    const stop = engine.on('submission.changed', (event) => {
      if (event.id === id && event.parts.some((part) => part === 'entries' || part === 'pairs')) ask();
    });
    return () => {
      cancel();
      stop();
    };
  }, [id, catchUp]);

  const arrived = wanted === null ? undefined : gallery.item(wanted);
  useEffect(() => {
    if (wanted === null || !arrived) return;
    setWanted(null);
    setState({ item: arrived, row: wanted, place: null, problem: null });
    const pair = pairIdOf(arrived);
    replaceQuery({ entry: String(arrived.image.entryId), ...(pair === null ? {} : { pair: String(pair) }) });
  }, [wanted, arrived]);

  // The rows have moved: what is looked at stays; its row is known again when nothing is filtered.
  const lastText = useRef(text);
  useEffect(() => {
    if (lastText.current === text) return;
    lastText.current = text;
    setWanted(null);
    setState((now) => ({ ...now, row: null, place: null }));
    if (text === '') void catchUp();
  }, [text, catchUp]);

  const select = useCallback((row: number) => {
    const { gallery: now } = latest.current;
    if (now.count === 0) return;
    const inside = Math.max(0, Math.min(now.count - 1, row));
    now.see(inside, inside + 1);
    setWanted(inside);
  }, []);
  const step = useCallback(
    (by: number) => {
      const { row: from } = latest.current;
      select(from === null ? 0 : from + by);
    },
    [select],
  );

  const ready = gallery.totals !== null && gallery.count > 0;
  const idle = state.item === null && entryId === null && wanted === null;
  useEffect(() => {
    if (ready && idle) select(0);
  }, [ready, idle, select]);

  return { item: state.item, problem: state.problem, row, select, step };
}
