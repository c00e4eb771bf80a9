import http from 'node:http';
import https from 'node:https';
import { networkTrouble, Trouble } from './trouble.ts';

/** A request without a file. Times in milliseconds, sizes in bytes. */
interface Question {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  /** To the first byte of the answer, and between any two pieces of it. */
  readonly answerMs: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

/** An answer whose body comes in pieces. */
interface OpenAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly pieces: AsyncIterable<Uint8Array>;
}

/**
 * Kept connections to one server. TLS is verified whatever the environment says; redirects are not followed, so
 * that a token goes nowhere else. Proxies of the environment are used except for this computer itself.
 */
export class Connections {
  /** Name and port of the server, for messages. */
  readonly host: string;
  readonly #base: URL;
  readonly #agent: http.Agent | https.Agent;

  /** @param endpoint address that paths are appended to, `http:` or `https:` */
  constructor(endpoint: string) {
    this.#base = new URL(endpoint.replace(/\/+$/, ''));
    this.host = this.#base.host;
    const options = {
      keepAlive: true,
      maxSockets: Number.POSITIVE_INFINITY,
      ...(isThisComputer(this.#base) ? {} : { proxyEnv: process.env }),
    };
    this.#agent = this.#base.protocol === 'https:' ? new https.Agent(options) : new http.Agent(options);
  }

  /** Begins a request; the caller writes its body, and sees to its errors. */
  begin(
    method: string,
    path: string,
    headers: http.OutgoingHttpHeaders,
    signal: AbortSignal,
  ): http.ClientRequest {
    const url = new URL(this.#base.href.replace(/\/+$/, '') + path);
    const options = { method, headers, signal, agent: this.#agent };
    if (url.protocol === 'https:') return https.request(url, { ...options, rejectUnauthorized: true });
    return http.request(url, options);
  }

  /** Asks and gives the answer as it comes in; it must be read to its end or its iteration ended. */
  async askOpen(question: Question): Promise<OpenAnswer> {
    const { signal, body, answerMs } = question;
    signal.throwIfAborted();
    const request = this.begin(
      question.method,
      question.path,
      { ...question.headers, 'Content-Length': body === undefined ? 0 : Buffer.byteLength(body) },
      signal,
    );
    const silent: { trouble: Trouble | null } = { trouble: null };
    const patience = setTimeout(() => {
      silent.trouble = silence(this.host, answerMs);
      request.destroy(silent.trouble);
    }, answerMs);
    try {
      const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
        request.once('response', resolve);
        // Stays after the answer began: a later error reaches the reader of the pieces, not the process.
        request.on('error', reject);
        request.end(body);
      });
      return {
        status: response.statusCode ?? 0,
        headers: response.headers,
        pieces: this.#pieces(request, response, patience, silent, signal),
      };
    } catch (error) {
      clearTimeout(patience);
      signal.throwIfAborted();
      throw networkTrouble(error, this.host);
    }
  }

  /** Asks and gives the whole answer, which may have at most `limit` bytes. */
  async ask(question: Question, limit: number): Promise<Answer> {
    const { status, headers, pieces } = await this.askOpen(question);
    return { status, headers, text: await readText(pieces, limit, this.host) };
  }

  close(): void {
    this.#agent.destroy();
  }

  async *#pieces(
    request: http.ClientRequest,
    response: http.IncomingMessage,
    patience: NodeJS.Timeout,
    silent: { readonly trouble: Trouble | null },
    signal: AbortSignal,
  ): AsyncIterable<Uint8Array> {
    try {
      for await (const piece of response as AsyncIterable<Uint8Array>) {
        patience.refresh();
        yield piece;
      }
    } catch (error) {
      signal.throwIfAborted();
      // A connection given up here reaches the reader as one that broke.
      throw silent.trouble ?? networkTrouble(error, this.host);
    } finally {
      clearTimeout(patience);
      if (!response.complete) request.destroy();
    }
  }
}

/** Reads an answer that may have at most `limit` bytes as UTF-8. */
export async function readText(
  pieces: AsyncIterable<Uint8Array>,
  limit: number,
  host: string,
): Promise<string> {
  const kept: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    size += piece.byteLength;
    if (size > limit) {
      throw new Trouble('stop', 'answer-too-long', `${host} answered more than Slipway takes.`, {
        cause: `The answer has more than ${limit} bytes.`,
        advice: 'Look whether the address of the archive is right.',
      });
    }
    kept.push(piece);
  }
  return Buffer.concat(kept).toString('utf8');
}

/** True for addresses that lead to this computer. */
export function isThisComputer(url: URL): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
}

function silence(host: string, ms: number): Trouble {
  return new Trouble('retry', 'no-answer', `${host} did not answer.`, {
    cause: `Nothing came back for ${Math.round(ms / 1000)} s.`,
    advice: 'Look whether this computer is online, then try again.',
  });
}
