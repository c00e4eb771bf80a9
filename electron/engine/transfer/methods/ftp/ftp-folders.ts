import { FTPError } from 'basic-ftp';
import type { RemoteItem } from '../../method.ts';
import type { FtpConnection } from './ftp-connection.ts';

/** Makes folders, each once; several that need the same one wait for the first. */
export class FtpFolders {
  readonly #made = new Map<string, Promise<void>>();

  /** Makes a folder, an absolute path, and those above it as far as they can be seen. */
  async make(connection: FtpConnection, folder: string): Promise<void> {
    if (folder === '' || folder === '/') return;
    const made = this.#made.get(folder) ?? this.#ensure(connection, folder);
    this.#made.set(folder, made);
    try {
      await made;
    } catch (error) {
      this.#made.delete(folder);
      throw error;
    }
  }

  async #ensure(connection: FtpConnection, folder: string): Promise<void> {
    const { client } = connection;
    if ((await client.sendIgnoringError(`CWD ${folder}`)).code < 400) return;
    await this.make(connection, folder.slice(0, folder.lastIndexOf('/')));
    const made = await client.sendIgnoringError(`MKD ${folder}`);
    if (made.code < 400) return;
    // Another connection was faster, or the server hides what it has.
    const there = await client.sendIgnoringError(`CWD ${folder}`);
    if (there.code >= 400) throw new FTPError(made);
  }
}

/**
 * What is in a folder, an absolute path; nothing when there is none. The folder is gone into first: some servers take
 * `*` and `[` in the argument of a listing for patterns, and a name with `-` for an option.
 */
export async function listFolder({ client }: FtpConnection, folder: string): Promise<RemoteItem[]> {
  const entered = await client.sendIgnoringError(`CWD ${folder === '' ? '/' : folder}`);
  if (entered.code === 550) return [];
  if (entered.code >= 400) throw new FTPError(entered);
  const items = await client.list();
  return items
    .filter(({ name, isFile, isDirectory }) => name !== '.' && name !== '..' && (isFile || isDirectory))
    .map(({ name, isDirectory, size }) => ({
      name,
      kind: isDirectory ? ('folder' as const) : ('file' as const),
      size: isDirectory ? 0 : size,
    }));
}
