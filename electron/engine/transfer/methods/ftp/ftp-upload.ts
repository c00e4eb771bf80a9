import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { type FTPContext, FTPError, type FTPResponse } from 'basic-ftp';
import { type ByteSource, PIECE } from '../../local-file.ts';

/** Pieces under way at once: one is read while the others are sent. */
const PIECES = 3;

/**
 * The data of one STOR or APPE: opens the data connection, sends the source from where it stands to its end, and
 * waits for the server's word. Every failure closes the connection, because its state is unknown then.
 */
export class FtpUpload {
  readonly #ftp: FTPContext;
  readonly #ready: Promise<void>;
  readonly #stall: NodeJS.Timeout;
  readonly #stallMs: number;
  readonly #begun: Promise<void>;
  readonly #answered: Promise<FTPResponse>;
  readonly #failed: Promise<never>;
  #isAnswered = false;
  /** The server refused before a byte was sent: the connection is as good as before. */
  #isRefused = false;

  /**
   * @param command `STOR` or `APPE` with its path; the data connection is open
   * @param ready what {@link readyToEnd} said of it
   */
  constructor(ftp: FTPContext, command: string, ready: Promise<void>, stallMs: number) {
    this.#ftp = ftp;
    this.#ready = ready;
    this.#stallMs = stallMs;
    let begun = false;
    let begin: () => void = () => {};
    this.#begun = new Promise((resolve) => {
      begin = resolve;
    });
    this.#answered = ftp.handle(command, (answer, task) => {
      if (answer instanceof Error) {
        this.#isRefused = !begun && answer instanceof FTPError;
        task.reject(answer);
      } else if (answer.code === 125 || answer.code === 150) {
        begun = true;
        begin();
      } else if (answer.code >= 200 && answer.code < 300) task.resolve(answer);
      else if (answer.code >= 300) task.reject(new Error(`The server asks for more: ${answer.message}`));
    }) as Promise<FTPResponse>;
    this.#answered.catch(() => {});
    // The answer before the end of the file can only be bad news.
    this.#failed = this.#answered.then(() => new Promise<never>(() => {}));
    this.#failed.catch(() => {});
    this.#stall = setTimeout(() => this.#timeOut('took no more of the file'), stallMs);
  }

  /**
   * Sends all that the source still has.
   * @param hash takes what is read
   * @param beforeLast called before the last piece goes out: a throw keeps the archive from having the whole file
   * @param left bytes that are still to be read
   */
  async sendBody(
    source: ByteSource,
    hash: ReturnType<typeof createHash>,
    left: number,
    beforeLast: () => Promise<void>,
    onBytes: (bytes: number) => void,
  ): Promise<void> {
    await Promise.race([this.#begun, this.#failed]);
    const socket = this.#ftp.dataSocket;
    if (!socket) throw new Error('The data connection is gone.');
    socket.setNoDelay(true);
    await Promise.race([this.#ready, this.#failed]);
    const buffers = Array.from({ length: Math.min(PIECES, Math.max(1, Math.ceil(left / PIECE))) }, () =>
      Buffer.allocUnsafe(Math.max(1, Math.min(PIECE, left))),
    );
    const busy: Promise<void>[] = buffers.map(() => Promise.resolve());
    let remaining = left;
    for (let piece = 0; remaining > 0; piece++) {
      const turn = piece % buffers.length;
      const buffer = buffers[turn];
      if (!buffer) break;
      await busy[turn];
      const bytes = await source.read(buffer);
      if (bytes === 0) throw new Error('The file ended early.');
      this.#stall.refresh();
      remaining -= bytes;
      const part = buffer.subarray(0, bytes);
      hash.update(part);
      if (remaining === 0) await beforeLast();
      busy[turn] = this.#write(socket, part).then(() => onBytes(bytes));
      busy[turn].catch(() => {});
    }
    if (left === 0) await beforeLast();
    await Promise.all(busy);
  }

  /** Whether the server said, after the last byte, that it has the file. */
  get isAnswered(): boolean {
    return this.#isAnswered;
  }

  /**
   * Says that this was all, and waits for the server's word.
   * @param patienceMs how long it may take to save the file
   * @returns the answer in a few words
   */
  async finish(patienceMs: number): Promise<string> {
    clearTimeout(this.#stall);
    const patience = setTimeout(() => this.#timeOut('did not say that it saved the file'), patienceMs);
    try {
      const socket = this.#ftp.dataSocket;
      // Every byte is out: whether the server has them is its word on the control connection. Some break the data
      // connection off once it is over (vsftpd over TLS 1.3, which still has a session ticket to say).
      socket?.removeAllListeners('error').on('error', () => {});
      socket?.end();
      const { code } = await this.#answered;
      this.#isAnswered = true;
      return `answered ${code}`;
    } finally {
      clearTimeout(patience);
    }
  }

  /** Gives everything back. What did not come to its end is broken off, and the connection with it. */
  end(): void {
    clearTimeout(this.#stall);
    if (this.#isAnswered || this.#isRefused) this.#ftp.dataSocket = undefined;
    else this.#ftp.close();
  }

  #timeOut(what: string): void {
    this.#ftp.closeWithError(
      new Error(`Timeout: it ${what}; nothing moved for ${Math.round(this.#stallMs / 1000)} s`),
    );
  }

  /** Resolves when the piece may be used again; rejects as soon as the upload fails. */
  #write(socket: Socket, piece: Buffer): Promise<void> {
    const written = new Promise<void>((resolve, reject) => {
      socket.write(piece, (error) => {
        if (error) return reject(error);
        this.#stall.refresh();
        resolve();
      });
    });
    return Promise.race([written, this.#failed]);
  }
}

/**
 * Resolves when a data connection that was just opened can be ended in order: a TLS connection that ends before hands
 * are shaken sent nothing, not even an empty file. Ask at once: the event comes only once.
 */
export async function readyToEnd(socket: Socket | undefined): Promise<void> {
  if (socket instanceof TLSSocket) await once(socket, 'secureConnect');
}

/** Gives a hash that has taken the first `bytes` of a source. */
export async function hashOfBeginning(
  source: ByteSource,
  bytes: number,
  signal: AbortSignal,
): Promise<ReturnType<typeof createHash>> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(Math.max(1, Math.min(PIECE, bytes)));
  for (let left = bytes; left > 0; ) {
    signal.throwIfAborted();
    const got = await source.read(buffer.subarray(0, Math.min(left, buffer.byteLength)));
    if (got === 0) throw new Error('The file ended early.');
    hash.update(buffer.subarray(0, got));
    left -= got;
  }
  return hash;
}
