import type { Client } from '../../../shared/contract/channel.ts';
import type { SectionPlace } from './gallery-sections.ts';
import { entryItem, type LookItem, pairItem, shows } from './look-item.ts';

/** Where something is in the unfiltered gallery; `place` is null when it is too far down to look for. */
export interface FoundItem {
  readonly item: LookItem;
  readonly place: SectionPlace | null;
}

const PAGE = 500;
const PAGES = 20;

type Asker = Pick<Client, 'call'>;

/**
 * Finds the gallery row that shows an entry: its first pair, or the entry by itself. `pairId` prefers one of several
 * pairs. Throws the engine's problem when there is no such entry.
 */
export async function findEntry(
  engine: Asker,
  id: string,
  entryId: number,
  pairId: number | null,
): Promise<FoundItem> {
  const entry = await engine.call('entries.get', { id, entryId });
  const near = await engine.call('pairs.page', { id, offset: 0, limit: PAGE, text: entry.path });
  const pairs = near.rows.filter((pair) => shows(pairItem(pair), entryId));
  const pair = pairs.find((one) => one.id === pairId) ?? pairs[0];
  if (pair) {
    const index = await indexOf(
      (offset) => engine.call('pairs.page', { id, offset, limit: PAGE, text: '' }),
      (row) => row.id === pair.id,
    );
    return { item: pairItem(pair), place: index === null ? null : { section: 'pairs', index } };
  }
  const { kind } = entry;
  const { offset } = await engine.call('entries.place', { id, entryId, filter: { kind, paired: false } });
  const listed = offset !== null && (kind === 'image' || kind === 'mask');
  const section = kind === 'mask' ? 'masks' : 'images';
  return { item: entryItem(entry), place: listed ? { section, index: offset } : null };
}

/** The place of the first row that matches, among the first 10,000. */
async function indexOf<T>(
  page: (offset: number) => Promise<{ readonly total: number; readonly rows: readonly T[] }>,
  matches: (row: T) => boolean,
): Promise<number | null> {
  for (let offset = 0; offset < PAGE * PAGES; offset += PAGE) {
    const { total, rows } = await page(offset);
    const at = rows.findIndex(matches);
    if (at >= 0) return offset + at;
    if (offset + PAGE >= total) return null;
  }
  return null;
}
