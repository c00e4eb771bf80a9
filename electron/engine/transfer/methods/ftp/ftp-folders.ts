import { FTPError } from 'basic-ftp';
import type { RemoteItem } from '../../method.ts';
import type { FolderCalls } from '../folder-maker.ts';
import type { FtpConnection } from './ftp-connection.ts';

/** How a connection asks about folders. */
export function folderCalls({ client }: FtpConnection): FolderCalls {
  return {
    isThere: async (folder) => (await client.sendIgnoringError(`CWD ${folder}`)).code < 400,
    make: async (folder) => void (await client.send(`MKD ${folder}`)),
  };
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
