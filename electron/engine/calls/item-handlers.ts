import { basename, dirname } from 'node:path';
import type { itemCalls } from '../../../shared/contract/item-calls.ts';
import type { EngineContext } from '../context.ts';
import { groupPicked, ungroup } from '../library/items.ts';
import { setItemsAs, submissionRow } from '../library/submission-row.ts';
import { findItems, foundItems, groupFound } from '../scan/find-items.ts';
import { itemMembers } from '../transfer/item-members.ts';
import { saveItem } from '../transfer/save-item.ts';
import type { HandlersOf } from './handlers.ts';

export function itemHandlers({ file, changed, grants, places }: EngineContext): HandlersOf<typeof itemCalls> {
  const grouped = (id: string) => changed(id, 'entries', 'pairs', 'send', 'summary');
  return {
    'items.sendAs': ({ id }) => ({ sendAs: submissionRow(file(id)).items_as }),
    'items.setSendAs': ({ id, sendAs }) => {
      setItemsAs(file(id), sendAs);
      changed(id, 'entries', 'send', 'summary');
      return {};
    },
    'items.find': async ({ id }, { signal, progress }) => ({
      found: await findItems(file(id), signal, (done) =>
        progress({ done, total: null, now: 'Looking for files that belong together' }),
      ),
    }),
    'items.found': ({ id, ...page }) => ({ rows: foundItems(file(id), page) }),
    'items.groupFound': async ({ id, keys }, { signal, progress }) => {
      const told = (done: number, total: number) => progress({ done, total, now: 'Grouping files' });
      const made = await groupFound(file(id), keys, signal, told).finally(() => grouped(id));
      return { made };
    },
    'items.group': async ({ id, entryIds }) => {
      const entryId = await groupPicked(file(id), entryIds);
      grouped(id);
      return { entryId };
    },
    'items.ungroup': async ({ id, entryId }) => {
      const files = await ungroup(file(id), entryId);
      grouped(id);
      return { files };
    },
    'items.members': ({ id, entryId, ...page }) => itemMembers(file(id), entryId, page),
    'items.saveZip': async ({ id, entryId, grant }, watching) => {
      const folder = grants.path(grant);
      await places?.check(folder);
      return saveItem(file(id), entryId, { folder }, watching);
    },
    'items.writeZip': ({ id, entryId, path }, watching) =>
      saveItem(file(id), entryId, { folder: dirname(path), name: basename(path) }, watching),
  };
}
