import type { Readable } from 'node:stream';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { UnreadableTable } from '../table-problems.ts';

/** A workbook has some ten parts and a few for each sheet and picture. */
const MOST_PARTS = 20_000;

/** The parts of a workbook, which is a ZIP (ECMA-376 part 2). Their sizes are checked while they are read. */
export class WorkbookParts {
  readonly path: string;
  readonly #zip: ZipFile;
  readonly #parts: ReadonlyMap<string, Entry>;

  private constructor(path: string, zip: ZipFile, parts: ReadonlyMap<string, Entry>) {
    this.path = path;
    this.#zip = zip;
    this.#parts = parts;
  }

  static async open(path: string): Promise<WorkbookParts> {
    const zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false });
    try {
      const parts = new Map<string, Entry>();
      for await (const entry of zip.eachEntry()) {
        if (parts.size >= MOST_PARTS)
          throw new UnreadableTable(path, 'It has too many parts to be a workbook.');
        parts.set(partKey(entry.fileName), entry);
      }
      return new WorkbookParts(path, zip, parts);
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  has(name: string): boolean {
    return this.#parts.has(partKey(name));
  }

  async stream(name: string): Promise<Readable> {
    const entry = this.#parts.get(partKey(name));
    if (!entry) throw new UnreadableTable(this.path, `Its part ${name} is missing.`);
    return await this.#zip.openReadStreamPromise(entry);
  }

  close(): void {
    this.#zip.close();
  }
}

/** Names of parts are the same in either case (ECMA-376 part 2, part name equivalence). */
function partKey(name: string): string {
  return name.replace(/^\/+/, '').toLowerCase();
}
