import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
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
import { refuseOwn } from '../library/own-files.ts';
import { pairIfStale } from '../scan/pair.ts';
import { exportReport, exportTable } from '../tables/export-table.ts';
import { importTable } from '../tables/import-table.ts';
import { previewTable } from '../tables/preview-table.ts';
import { reportPage } from '../tables/table-report.ts';
import type { HandlersOf } from './handlers.ts';

export function tableHandlers(context: EngineContext): HandlersOf<typeof tableCalls> {
  const { file, changed } = context;
  const entriesChanged = async (id: string) => {
    await pairIfStale(file(id));
    changed(id, 'entries', 'pairs', 'summary');
  };
  /** Where a table lies that was received or picked. */
  const pathOf = async (table: string) => {
    const received = context.received.path(table);
    if (received !== undefined) return received;
    const path = context.grants.path(table);
    await context.places?.check(path);
    const what = await stat(path).catch(() => null);
    if (what?.isFile()) return path;
    throw new Problem('no-table', `${basename(path)} is ${what ? 'not a file' : 'not there any more'}.`, {
      advice: 'Choose the file that holds the table.',
    });
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
      const kept = await setCell(file(id), entryId, column, value);
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
    'table.receive': async (part) => ({ upload: await context.received.receive(part) }),
    'table.preview': async ({ id, file: table, ...options }, call) =>
      previewTable(file(id), await pathOf(table), { ...options, ...call }),
    'table.import': async ({ id, file: table, ...options }, call) => {
      const counts = await importTable(file(id), await pathOf(table), { ...options, ...call });
      await entriesChanged(id);
      return { counts };
    },
    'table.report': ({ id, ...page }) => reportPage(file(id), page),
    'table.export': async ({ id, path, ...options }, call) => {
      await refuseOwn(file(id), path, 'table');
      return { rows: await exportTable(file(id), path, { ...options, ...call }) };
    },
    'table.exportReport': async ({ id, path }, call) => {
      await refuseOwn(file(id), path, 'table');
      return { rows: await exportReport(file(id), path, call) };
    },
    'table.forget': async ({ file: table }) => {
      await context.received.forget(table);
      return {};
    },
  };
}

interface Counted {
  readonly signal: AbortSignal;
  readonly progress: (progress: { done: number; total: number | null; now: string }) => void;
}

function watched({ signal, progress }: Counted, now: string): Watched {
  return { signal, progress: (done, total) => progress({ done, total, now }) };
}
