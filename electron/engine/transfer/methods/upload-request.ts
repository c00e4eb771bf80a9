import { createHash } from 'node:crypto';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { readText } from '../http-exchange.ts';
import { type ByteSource, PIECE } from '../local-file.ts';
import { networkTrouble, Trouble } from '../trouble.ts';
import type { MultipartFrame } from './multipart.ts';
import type { UploadTarget } from './upload-target.ts';

/** Pieces under way at once: one is read while the others are sent. */
const PIECES = 3;
/** Answers to an upload are empty or an error log. */
const LONGEST_ANSWER = 1024 * 1024;

/** One upload request, from its first byte to its answer. Every failure is a {@link Trouble}. */
export class UploadRequest {
  readonly #target: UploadTarget;
  readonly #frame: MultipartFrame;
  readonly #size: number;
  readonly #signal: AbortSignal;
  readonly #request: ClientRequest;
  /** Never resolves; rejects when the request fails, or is answered before its end. */
  readonly #interrupted: Promise<never>;
  readonly #response: Promise<IncomingMessage>;
  #stall: NodeJS.Timeout;
  #lastByteOut = false;
  #complete = false;
  #answerText: Promise<string> | undefined;

  constructor(
    target: UploadTarget,
    frame: MultipartFrame,
    size: number,
    stallMs: number,
    signal: AbortSignal,
  ) {
    this.#target = target;
    this.#frame = frame;
    this.#size = size;
    this.#signal = signal;
    const length = frame.before.byteLength + size + frame.after.byteLength;
    this.#request = target.connections.begin(
      'POST',
      target.path,
      { ...target.headers(), 'Content-Type': frame.contentType, 'Content-Length': length },
      signal,
    );
    this.#response = new Promise((resolve, reject) => {
      this.#request.once('response', resolve);
      this.#request.on('error', (error) => reject(this.#asTrouble(error)));
      this.#request.once('close', () => reject(this.#asTrouble({ code: 'ECONNRESET' })));
    });
    this.#interrupted = this.#response.then(async (response) => {
      if (this.#lastByteOut) return new Promise<never>(() => {});
      throw await this.#answeredEarly(response);
    });
    this.#response.catch(() => {});
    this.#interrupted.catch(() => {});
    this.#stall = this.#watch(stallMs, 'took no more of the file', false);
  }

  /** Sends everything up to the end of the file. Returns its SHA-256; `onBytes` hears of bytes as they are taken. */
  async sendBody(source: ByteSource, onBytes: (bytes: number) => void): Promise<string> {
    const hash = createHash('sha256');
    const buffers = Array.from({ length: Math.min(PIECES, Math.max(1, Math.ceil(this.#size / PIECE))) }, () =>
      Buffer.allocUnsafe(Math.max(1, Math.min(PIECE, this.#size))),
    );
    // Not awaited here: it goes out together with the first piece.
    const opening = this.#write(this.#frame.before);
    opening.catch(() => {});
    const busy: Promise<void>[] = buffers.map(() => Promise.resolve());
    for (let piece = 0; ; piece++) {
      const turn = piece % buffers.length;
      const buffer = buffers[turn];
      if (!buffer) break;
      await busy[turn];
      const bytes = await source.read(buffer);
      this.#stall.refresh();
      if (bytes === 0) break;
      const part = buffer.subarray(0, bytes);
      hash.update(part);
      busy[turn] = this.#write(part).then(() => onBytes(bytes));
      busy[turn].catch(() => {});
    }
    await Promise.all([opening, ...busy]);
    return hash.digest('hex');
  }

  /** Sends the rest of the request. From now on the archive may have the file, whatever happens. */
  finish(): void {
    this.#lastByteOut = true;
    clearTimeout(this.#stall);
    this.#request.end(this.#frame.after);
  }

  /**
   * The archive's answer, in a few words.
   * @param patienceMs how long it may take to save the file
   */
  async answer(patienceMs: number): Promise<string> {
    const patience = this.#watch(patienceMs, 'did not say that it saved the file', true);
    try {
      const response = await this.#response;
      patience.refresh();
      const text = await this.#text(response);
      this.#complete = true;
      const status = response.statusCode ?? 0;
      if (status >= 200 && status < 300) return `answered ${status}`;
      const refusal = this.#target.refusal(status, text, response.headers['retry-after']);
      throw refusal.kind === 'retry' || refusal.kind === 'wait' ? refusal.afterLastByte() : refusal;
    } catch (error) {
      throw this.#asTrouble(error);
    } finally {
      clearTimeout(patience);
    }
  }

  /** Gives everything back; breaks the connection off unless request and answer went through in whole. */
  end(): void {
    clearTimeout(this.#stall);
    if (!this.#complete) this.#request.destroy();
  }

  /** Resolves when the piece may be used again; rejects as soon as the request fails. */
  #write(piece: Buffer): Promise<void> {
    const written = new Promise<void>((resolve, reject) => {
      this.#request.write(piece, (error) => {
        if (error) return reject(this.#asTrouble(error));
        this.#stall.refresh();
        resolve();
      });
    });
    return Promise.race([written, this.#interrupted]);
  }

  #watch(ms: number, what: string, unclear: boolean): NodeJS.Timeout {
    return setTimeout(() => {
      const { host } = this.#target.connections;
      this.#request.destroy(
        new Trouble('retry', 'stalled', `${host} ${what}.`, {
          cause: `Nothing moved for ${Math.round(ms / 1000)} s, so the connection was given up.`,
          advice: 'Look whether this computer is online. What the archive confirmed stays.',
          unclear,
        }),
      );
    }, ms);
  }

  async #answeredEarly(response: IncomingMessage): Promise<Trouble> {
    const text = await this.#text(response).catch(() => '');
    const status = response.statusCode ?? 0;
    if (status >= 200 && status < 300) {
      return new Trouble('retry', 'answered-early', 'The archive answered before it had the whole file.', {
        cause: `It answered with code ${status} when only a part had been sent.`,
      });
    }
    return this.#target.refusal(status, text, response.headers['retry-after']);
  }

  /** Read once, whoever asks first. */
  #text(response: IncomingMessage): Promise<string> {
    this.#answerText ??= readText(
      response as AsyncIterable<Uint8Array>,
      LONGEST_ANSWER,
      this.#target.connections.host,
    );
    return this.#answerText;
  }

  #asTrouble(error: unknown): unknown {
    if (this.#signal.aborted) return this.#signal.reason;
    const trouble = networkTrouble(error, this.#target.connections.host);
    if (this.#lastByteOut && trouble.kind === 'retry') return trouble.afterLastByte();
    // A kept connection that the server had closed meanwhile: nothing is wrong, a new one will do.
    const stale = this.#request.reusedSocket && trouble.code === 'network';
    return stale ? new Trouble('retry', trouble.code, trouble.message, { waitMs: 0 }) : trouble;
  }
}
