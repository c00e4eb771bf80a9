import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Problem } from '../../../shared/model/problem.ts';

/** A workbook of a million rows has some hundred megabytes. */
const MOST_BYTES = 1e9;
/** Tables that are kept at a time; the oldest goes. */
const MOST_KEPT = 4;

interface Received {
  readonly folder: string;
  readonly path: string;
  bytes: number;
  isWhole: boolean;
}

/** Tables that windows handed over as bytes, in temporary files until they are forgotten or the engine ends. */
export class ReceivedTables {
  readonly #tables = new Map<string, Received>();

  /** Takes some bytes; `upload` is null for the first ones. Returns the id by which the table is known. */
  async receive(part: {
    readonly upload: string | null;
    readonly name: string;
    readonly bytes: string;
    readonly last: boolean;
  }): Promise<string> {
    const id = part.upload ?? (await this.#begin(part.name));
    const table = this.#tables.get(id);
    if (table === undefined || table.isWhole) throw gone();
    const bytes = Buffer.from(part.bytes, 'base64');
    table.bytes += bytes.length;
    if (table.bytes > MOST_BYTES) {
      await this.forget(id);
      throw new Problem('table-too-large', 'The table is larger than 1 GB.', {
        cause: 'No table of the files of a submission is as large.',
        advice: 'Leave out what is not about these files, or import it with: slipway import-table',
      });
    }
    await appendFile(table.path, bytes);
    table.isWhole = part.last;
    return id;
  }

  /** Where a table lies; undefined when the id is none of a table that was handed over whole. */
  path(id: string): string | undefined {
    const table = this.#tables.get(id);
    return table?.isWhole ? table.path : undefined;
  }

  async forget(id: string): Promise<void> {
    const table = this.#tables.get(id);
    this.#tables.delete(id);
    if (table) await rm(table.folder, { recursive: true, force: true });
  }

  close(): void {
    for (const { folder } of this.#tables.values()) rmSync(folder, { recursive: true, force: true });
    this.#tables.clear();
  }

  async #begin(name: string): Promise<string> {
    const [oldest] = this.#tables.keys();
    if (this.#tables.size >= MOST_KEPT && oldest !== undefined) await this.forget(oldest);
    const folder = await mkdtemp(join(tmpdir(), 'slipway-table-'));
    const path = join(folder, safeName(name));
    await writeFile(path, '');
    const id = randomUUID();
    this.#tables.set(id, { folder, path, bytes: 0, isWhole: false });
    return id;
  }
}

/** The name as far as a file may be called so anywhere; it is shown in messages only. */
function safeName(name: string): string {
  const plain = basename(name.replaceAll('\\', '/')).replace(/[^\p{L}\p{N}._ -]/gu, '_');
  return `table ${plain.slice(-80)}`.trim();
}

function gone(): Problem {
  return new Problem('table-gone', 'The table is not here any more.', {
    cause: 'Slipway was started again since, or others were opened after it.',
    advice: 'Choose it once more.',
  });
}
