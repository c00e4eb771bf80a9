import { useCallback, useRef } from 'react';
import type { Entry, EntryKind } from '../../../shared/model/entry.ts';
import type { Pair } from '../../../shared/model/pair.ts';
import type { ProblemData } from '../../../shared/model/problem.ts';
import { engine } from '../../connection.ts';
import { usePages } from '../../hooks/use-pages.ts';
import { placeOf, type SectionTotals, sectionWindows, totalRows } from './gallery-sections.ts';
import { entryItem, type LookItem, pairItem } from './look-item.ts';

/** The gallery as one long list: pairs, then images without a mask, then masks without an image. */
export interface Gallery {
  /** Null until every list has told its length. */
  readonly totals: SectionTotals | null;
  readonly count: number;
  readonly problem: ProblemData | null;
  /** A row, or undefined while it is on the way. */
  readonly item: (row: number) => LookItem | undefined;
  readonly see: (first: number, end: number) => void;
  readonly refresh: () => void;
}

/** Reads the gallery in pages, as far as it is looked at. `text` filters by path. */
export function useGallery(id: string, text: string): Gallery {
  const parts = ['entries', 'pairs'] as const;
  const pairs = usePages<Pair>(`pairs ${id} ${text}`, id, parts, (offset, limit) =>
    engine.call('pairs.page', { id, offset, limit, text }),
  );
  const alone = (kind: EntryKind) => (offset: number, limit: number) =>
    engine.call('entries.page', {
      id,
      offset,
      limit,
      filter: { kind, paired: false, ...(text === '' ? {} : { text }) },
      sort: { by: 'path', descending: false },
    });
  const images = usePages<Entry>(`images ${id} ${text}`, id, parts, alone('image'));
  const masks = usePages<Entry>(`masks ${id} ${text}`, id, parts, alone('mask'));

  const lists = { pairs, images, masks };
  const known = pairs.total !== null && images.total !== null && masks.total !== null;
  const totals: SectionTotals = {
    pairs: pairs.total ?? 0,
    images: images.total ?? 0,
    masks: masks.total ?? 0,
  };
  const latest = useRef({ lists, totals });
  latest.current = { lists, totals };

  const see = useCallback((first: number, end: number) => {
    const now = latest.current;
    for (const window of sectionWindows(now.totals, first, end)) {
      now.lists[window.section].see(window.first, window.end);
    }
  }, []);
  const item = (row: number): LookItem | undefined => {
    const place = placeOf(totals, row);
    if (!place) return undefined;
    if (place.section === 'pairs') {
      const pair = pairs.row(place.index);
      return pair && pairItem(pair);
    }
    const entry = lists[place.section].row(place.index);
    return entry && entryItem(entry);
  };
  return {
    totals: known ? totals : null,
    count: totalRows(totals),
    problem: pairs.problem ?? images.problem ?? masks.problem,
    item,
    see,
    refresh: () => {
      for (const list of [pairs, images, masks]) list.refresh();
    },
  };
}
