import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { Archive } from './archive.ts';

/** A request, taken apart as far as every handler needs it. */
export interface Call {
  readonly request: IncomingMessage;
  readonly method: string;
  /** The decoded parts of the path that the route named, in order. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly archive: Archive;
}

/** What is answered; null when the handler has dealt with the connection itself. */
export type Answer = {
  readonly status: number;
  readonly type: string | null;
  readonly body: string | Readable;
  readonly headers?: Readonly<Record<string, string>>;
} | null;

export type Handler = (call: Call) => Promise<Answer>;

/** One entry of the interface: `{}` in the path stands for one segment, a trailing `/**` for any that follow. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly handler: Handler;
  /** True when no session token is asked for. */
  readonly open?: boolean;
}

/** Answers a value as JSON. */
export function json(value: unknown, status = 200): NonNullable<Answer> {
  return { status, type: 'application/json', body: JSON.stringify(value) };
}

/** Answers 200 with nothing, as BioStudies does where there is nothing to say. */
export function empty(): Answer {
  return { status: 200, type: null, body: '' };
}

/** Answers as the gateway before the archive does when it loses patience: 502 and a page for people. */
export function badGateway(): Answer {
  const page =
    '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';
  return { status: 502, type: 'text/html', body: page };
}
