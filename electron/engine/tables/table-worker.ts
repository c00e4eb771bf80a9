import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { openTable } from './open-table.ts';
import { BATCHES_AHEAD, type FromTable, type TableStart } from './table-messages.ts';
import { asUnreadable } from './table-problems.ts';

// The program of a thread that reads one table: a table comes from anywhere, and the thread may die of it.

const port = parentPort;
if (port === null) throw new Error('This module is the program of a thread.');
const { path, sheet } = workerData as TableStart;
const tell = (message: FromTable) => port.postMessage(message);
let ahead = 0;
port.on('message', () => {
  ahead -= 1;
});

try {
  const table = await openTable(path, sheet ?? undefined);
  const { format, encoding, separator, sheets } = table;
  tell({ type: 'head', head: { format, encoding, separator, sheets } });
  for await (const rows of table.rows()) {
    tell({ type: 'rows', rows });
    ahead += 1;
    while (ahead >= BATCHES_AHEAD) await once(port, 'message');
  }
  await table.close();
  tell({ type: 'end', notices: table.notices });
} catch (error) {
  const { message, why, advice } = asUnreadable(path, error);
  tell({ type: 'unreadable', message, why, advice });
}
port.close();
