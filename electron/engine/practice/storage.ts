import { randomBytes } from 'node:crypto';
import {
  appendFile,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  unlink,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { Problem } from '../../../shared/model/problem.ts';

/** Where a practice archive keeps what, all below one folder. */
export interface Places {
  readonly root: string;
  /** The user's upload space, as uploaded. */
  readonly user: string;
  /** Uploads on their way; nothing here counts. */
  readonly incoming: string;
  /** One JSON file a submission request: drafts, running and finished ones. */
  readonly requests: string;
  /** One empty file an accession ever given out. */
  readonly accessions: string;
  /** Processed submissions: PageTab and converted file lists. */
  readonly submissions: string;
  /** Converted file lists of submissions that are being processed. */
  readonly work: string;
}

/** Makes the folders of an archive, and removes uploads that a stopped process left unfinished. */
export async function openPlaces(folder: string): Promise<Places> {
  const root = path.resolve(folder);
  const below = (name: string) => path.join(root, name);
  const places: Places = {
    root,
    user: below('user'),
    incoming: below('incoming'),
    requests: below('requests'),
    accessions: below('accessions'),
    submissions: below('submissions'),
    work: below('work'),
  };
  try {
    for (const place of Object.values(places)) await mkdir(place, { recursive: true });
  } catch (error) {
    throw new Problem('practice-folder', `The practice archive cannot keep its files in ${root}.`, {
      cause: error instanceof Error ? error.message : String(error),
      advice: 'Choose a folder that you may write to.',
    });
  }
  for (const place of [places.root, places.incoming, places.requests]) await clearLeftovers(place);
  return places;
}

/** Tells this run of the program from an earlier one that happened to have the same process number. */
const RUN = randomBytes(4).toString('hex');

/** A name for an unfinished file: it tells the process that writes it, so that another one knows if that still lives. */
export function temporaryName(): string {
  return `.${process.pid}-${RUN}-${randomBytes(8).toString('hex')}.part`;
}

async function clearLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const match = /^\.(\d+)-([0-9a-f]{8})-[0-9a-f]{16}\.part$/.exec(name);
    if (match === null) continue;
    const inUse = Number(match[1]) === process.pid ? match[2] === RUN : isAlive(Number(match[1]));
    if (!inUse) await rm(path.join(folder, name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Replaces a file as a whole: a reader, or a process started after a crash, sees the old text or the new one. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const temporary = path.join(path.dirname(file), temporaryName());
  try {
    await writeFile(temporary, text, { flush: true });
    await rename(temporary, file);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
}

/** Reads a file as text; null when there is none. */
export async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** True when an error says that a file or a folder on the way to it does not exist. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

/** Appends one JSON line in one write. */
export async function appendLine(file: string, value: unknown): Promise<void> {
  await appendFile(file, `${JSON.stringify(value)}\n`);
}

/** Ends a line that a crash left open, so that the next one starts on its own. */
export async function closeLastLine(file: string): Promise<void> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size === 0) return;
  const handle = await open(file, 'r');
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1).finally(() => handle.close());
  if (buffer.toString() !== '\n') await appendFile(file, '\n');
}
