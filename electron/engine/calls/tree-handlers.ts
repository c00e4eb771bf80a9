import type { treeCalls } from '../../../shared/contract/tree-calls.ts';
import type { EngineContext } from '../context.ts';
import { folderSpace } from '../library/folder-space.ts';
import { folderSummary } from '../library/folder-summary.ts';
import { FolderTree } from '../library/folder-tree.ts';
import type { HandlersOf } from './handlers.ts';

export function treeHandlers({ file }: EngineContext): HandlersOf<typeof treeCalls> {
  return {
    'tree.children': ({ id, sourceId, folder, ...query }) =>
      FolderTree.of(file(id)).children({ sourceId, folder }, query),
    'tree.space': ({ id, sourceId, folder, ...query }) => folderSpace(file(id), { sourceId, folder }, query),
    'tree.summary': ({ id, sourceId, folder, filter }) =>
      folderSummary(file(id), { sourceId, folder }, filter),
  };
}
