import { basename, dirname } from 'node:path';
import type { itemCalls } from '../../../shared/contract/item-calls.ts';
import type { EngineContext } from '../context.ts';
import { setItemsAs, submissionRow } from '../library/submission-row.ts';
import { itemMembers } from '../transfer/item-members.ts';
import { saveItem } from '../transfer/save-item.ts';
import type { HandlersOf } from './handlers.ts';

export function itemHandlers({ file, changed, grants, places }: EngineContext): HandlersOf<typeof itemCalls> {
  return {
    'items.sendAs': ({ id }) => ({ sendAs: submissionRow(file(id)).items_as }),
    'items.setSendAs': ({ id, sendAs }) => {
      setItemsAs(file(id), sendAs);
      changed(id, 'entries', 'send', 'summary');
      return {};
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
