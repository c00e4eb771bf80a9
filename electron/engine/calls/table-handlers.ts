import type { tableCalls } from '../../../shared/contract/table-calls.ts';
import { Problem } from '../../../shared/model/problem.ts';
import type { EngineContext } from '../context.ts';
import { copyCells, fillCells, pasteCells, setCell } from '../library/cells.ts';
import {
  addColumn,
  orderColumns,
  removeColumn,
  renameColumn,
  showColumn,
} from '../library/column-changes.ts';
import type { Watched } from '../library/history-in-slices.ts';
import { listColumns } from '../library/list-columns.ts';
import { pairIfStale } from '../scan/pair.ts';
import type { HandlersOf } from './handlers.ts';

export function tableHandlers(context: EngineContext): HandlersOf<typeof tableCalls> {
  const { file, changed } = context;
  const entriesChanged = async (id: string) => {
    await pairIfStale(file(id));
    changed(id, 'entries', 'pairs', 'summary');
  };
  return {
    'columns.list': ({ id }) => ({ columns: listColumns(file(id)) }),
    'columns.add': ({ id, title }) => {
      const column = addColumn(file(id), title);
      changed(id, 'entries', 'summary');
      return column;
    },
    'columns.rename': async ({ id, column, title }, call) => {
      const renamed = await renameColumn(file(id), column, title, watched(call, 'Renaming the column'));
      changed(id, 'entries', 'summary');
      return renamed;
    },
    'columns.remove': async ({ id, column }, call) => {
      const cells = await removeColumn(file(id), column, watched(call, 'Taking the column away'));
      changed(id, 'entries', 'summary');
      return { cells };
    },
    'columns.order': ({ id, columns }) => {
      orderColumns(file(id), columns);
      changed(id, 'entries');
      return { columns: listColumns(file(id)) };
    },
    'columns.show': ({ id, column, ...look }) => {
      showColumn(file(id), column, look);
      changed(id, 'entries');
      return { columns: listColumns(file(id)) };
    },
    'cells.set': async ({ id, entryId, column, value }) => {
      const kept = setCell(file(id), entryId, column, value);
      await entriesChanged(id);
      return kept;
    },
    'cells.fill': async ({ id, entries, column, with: from }, call) => {
      const filled = await fillCells(file(id), entries, column, from, watched(call, 'Filling cells'));
      await entriesChanged(id);
      return filled;
    },
    'cells.paste': async ({ id, columns, rows, ...place }, call) => {
      const pasted = await pasteCells(file(id), place, columns, rows, watched(call, 'Pasting'));
      await entriesChanged(id);
      return pasted;
    },
    'cells.copy': ({ id, rows, columns, headers }) => copyCells(file(id), rows, columns, headers),
    'table.receive': notYet,
    'table.preview': notYet,
    'table.import': notYet,
    'table.report': notYet,
    'table.export': notYet,
    'table.exportReport': notYet,
    'table.forget': notYet,
  };
}

function notYet(): never {
  throw new Problem('not-yet', 'Tables cannot be read or written yet.');
}

interface Counted {
  readonly signal: AbortSignal;
  readonly progress: (progress: { done: number; total: number | null; now: string }) => void;
}

function watched({ signal, progress }: Counted, now: string): Watched {
  return { signal, progress: (done, total) => progress({ done, total, now }) };
}
