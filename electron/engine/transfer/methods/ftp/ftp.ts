import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import { FTPError } from 'basic-ftp';
import { openSource } from '../../local-file.ts';
import {
  type Method,
  type OutgoingFile,
  type RemoteItem,
  type SendOptions,
  type SendResult,
  splitRemotePath,
} from '../../method.ts';
import { savingTime, type TransferPolicy } from '../../retry.ts';
import { Trouble } from '../../trouble.ts';
import { awaitSaved } from '../await-saved.ts';
import { FolderMaker } from '../folder-maker.ts';
import type { FtpConnection } from './ftp-connection.ts';
import { FtpConnections } from './ftp-connections.ts';
import { sha256AtServer } from './ftp-digest.ts';
import { folderCalls, listFolder } from './ftp-folders.ts';
import type { FtpTarget } from './ftp-target.ts';
import { ftpTrouble } from './ftp-trouble.ts';
import { FtpUpload, hashOfBeginning, readyToEnd } from './ftp-upload.ts';

/** Files at once. */
const PARALLEL = 4;

/**
 * Sends files by FTP, over TLS where the server has it (RFC 959, 3659, 4217), straight from the disk, hashed on the
 * way. A file that was broken off goes on at the byte the server has. The memory does not depend on the files: three
 * pieces of 1 MiB for each file under way.
 */
export function ftp(target: FtpTarget, policy: TransferPolicy): Method {
  return {
    id: 'ftp',
    capabilities: {
      resume: 'byte',
      verify: ['size', 'sha256'],
      parallel: PARALLEL,
      largestFile: target.largestFile,
      needsFolderFirst: true,
      listsRecursively: false,
    },
    open() {
      const sending = new FtpConnections(target, policy, PARALLEL);
      // Of its own, so that a listing need not wait for a file that takes hours.
      const asking = new FtpConnections(target, policy, 1);
      const folders = new FolderMaker();
      return {
        list: (folder, signal) => list(asking, pathIn(target, folder), signal),
        send: (file, options) => {
          refuseControlCharacters(file);
          return sending.use(options.signal, (connection) =>
            new Sending(target, policy, connection, folders, file, options).run(),
          );
        },
        readBack: (remotePath, signal) => readBack(asking, pathIn(target, remotePath), signal),
        async close() {
          sending.close();
          asking.close();
        },
      };
    },
  };
}

function pathIn({ startFolder }: FtpTarget, path: string): string {
  return `${startFolder.replace(/\/+$/, '')}/${path}`;
}

/** They would end a command and begin another one. */
function refuseControlCharacters({ remotePath }: OutgoingFile): void {
  if (!/\p{Cc}/u.test(remotePath)) return;
  throw new Trouble('file', 'refused', 'FTP has no way to name this file.', {
    cause: 'Its remote name holds a control character, such as a line end.',
    advice: 'Give the file another remote name in Files, then send again.',
  });
}

async function* list(
  connections: FtpConnections,
  folder: string,
  signal: AbortSignal,
): AsyncIterable<RemoteItem> {
  yield* await connections.use(signal, (connection) => listFolder(connection, folder));
}

function readBack(connections: FtpConnections, path: string, signal: AbortSignal): Promise<string> {
  return connections.use(signal, async ({ client }) => {
    const hash = createHash('sha256');
    const into = new Writable({
      write(piece: Buffer, _encoding, done) {
        hash.update(piece);
        done();
      },
    });
    await client.downloadTo(into, path);
    return hash.digest('hex');
  });
}

/** The server does not go on with a file that it has the beginning of. */
class CannotResume extends Error {}

/** One file on one connection. */
class Sending {
  readonly #target: FtpTarget;
  readonly #policy: TransferPolicy;
  readonly #connection: FtpConnection;
  readonly #folders: FolderMaker;
  readonly #file: OutgoingFile;
  readonly #options: SendOptions;
  readonly #path: string;

  constructor(
    target: FtpTarget,
    policy: TransferPolicy,
    connection: FtpConnection,
    folders: FolderMaker,
    file: OutgoingFile,
    options: SendOptions,
  ) {
    this.#target = target;
    this.#policy = policy;
    this.#connection = connection;
    this.#folders = folders;
    this.#file = file;
    this.#options = options;
    this.#path = pathIn(target, file.remotePath);
  }

  async run(): Promise<SendResult> {
    const { folder } = splitRemotePath(this.#file.remotePath);
    await this.#folders.make(folderCalls(this.#connection), pathIn(this.#target, folder));
    const held = await this.#held();
    if (held === 0) return this.#send(0);
    try {
      return await this.#send(held);
    } catch (error) {
      // It takes neither REST nor APPE: then the whole file goes again.
      if (!(error instanceof CannotResume)) throw error;
      return await this.#send(0);
    }
  }

  async #send(held: number): Promise<SendResult> {
    const { signal, onBytes, onHeld, onSaving } = this.#options;
    const { size } = this.#file;
    const source = await openSource(this.#file);
    let upload: FtpUpload | null = null;
    let digest: string | null = null;
    try {
      const hash = await hashOfBeginning(source, held, signal);
      upload = await this.#begin(held);
      if (held > 0) onHeld?.(held);
      await upload.sendBody(source, hash, size - held, () => source.verify(), onBytes);
      digest = hash.digest('hex');
      onSaving(digest);
      const answered = upload.finish(savingTime(size, this.#policy));
      const answer = await awaitSaved(answered, this.#options, this.#policy.askWhileSavingMs);
      const proof = upload.isAnswered ? await this.#compare(digest) : null;
      return { sha256: digest, answer, ...(proof === null ? {} : { proof }) };
    } catch (error) {
      signal.throwIfAborted();
      if (held > 0 && digest === null && error instanceof FTPError && error.code >= 500)
        throw new CannotResume();
      const trouble = ftpTrouble(error, this.#target.host);
      throw digest === null || trouble.kind !== 'retry' ? trouble : trouble.afterLastByte();
    } finally {
      upload?.end();
      await source.close();
    }
  }

  /** Bytes at the beginning of the file that the server has from an earlier attempt. */
  async #held(): Promise<number> {
    if (!this.#file.begun) return 0;
    const answer = await this.#connection.client.sendIgnoringError(`SIZE ${this.#path}`);
    const size = answer.code === 213 ? Number(/^213 (\d+)/.exec(answer.message)?.[1] ?? 0) : 0;
    return size < this.#file.size ? size : 0;
  }

  /** Opens the data connection and says what comes: from the start, or from where the server has it. */
  async #begin(held: number): Promise<FtpUpload> {
    const { client } = this.#connection;
    const { answerMs, stallMs } = this.#policy;
    const late = setTimeout(
      () => client.ftp.closeWithError(new Error('Timeout while opening a data connection')),
      answerMs,
    );
    try {
      await client.prepareTransfer(client.ftp);
      const ready = readyToEnd(client.ftp.dataSocket);
      ready.catch(() => {});
      if (held === 0) return new FtpUpload(client.ftp, `STOR ${this.#path}`, ready, stallMs);
      const restart = await client.sendIgnoringError(`REST ${held}`);
      const command = restart.code === 350 ? 'STOR' : 'APPE';
      return new FtpUpload(client.ftp, `${command} ${this.#path}`, ready, stallMs);
    } finally {
      clearTimeout(late);
    }
  }

  /** Asks for the server's own hash, where it has one. A difference is sent again from the start. */
  async #compare(sha256: string): Promise<string | null> {
    const { client } = this.#connection;
    const there = await sha256AtServer(this.#connection, this.#path);
    if (there === null) return null;
    if (there === sha256) return "the server's SHA-256 is the same";
    await client.sendIgnoringError(`DELE ${this.#path}`);
    throw new Trouble('retry', 'differs', `${this.#target.host} has other bytes than were sent.`, {
      cause: `Its SHA-256 is ${there}, that of the file ${sha256}. The file there was deleted and is sent again.`,
    });
  }
}
