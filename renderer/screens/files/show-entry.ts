import { engine } from '../../connection.ts';
import { showProblem } from '../../stores/toast-store.ts';
import { filtered, useFilesView } from './files-view-store.ts';
import { nothing } from './selection.ts';

let wanted = 0;

/** Brings an entry into sight, with the cursor and the focus on it. A filter that leaves it out is taken away. */
export async function showEntry(id: string, entryId: number): Promise<void> {
  const mine = ++wanted;
  useFilesView.setState({ inspected: entryId });
  try {
    const row = (await rowOf(id, entryId, true)) ?? (await rowOf(id, entryId, false));
    if (mine !== wanted || row === null) return;
    useFilesView.setState((view) => ({
      ...(row.inFilter ? view : filtered(view, {})),
      ...{ cursor: row.index, anchor: row.index, goal: row.index, selection: nothing, inHead: false },
    }));
  } catch (thrown) {
    showProblem(thrown);
  }
}

async function rowOf(id: string, entryId: number, inFilter: boolean) {
  const { filter, sort } = useFilesView.getState();
  const { offset } = await engine.call('entries.place', {
    id,
    entryId,
    filter: inFilter ? filter : {},
    sort,
  });
  return offset === null ? null : { index: offset, inFilter };
}
