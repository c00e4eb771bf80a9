import type { Connections } from '../http-exchange.ts';
import type { RemoteItem } from '../method.ts';
import type { Trouble } from '../trouble.ts';

/** Where files go by HTTP uploads; a destination fills it in. */
export interface UploadTarget {
  readonly connections: Connections;
  /** Of the request, below the address of the connections. */
  readonly path: string;
  /** Asked before each request; holds the token. */
  readonly headers: () => Readonly<Record<string, string>>;
  /** Text parts before the file that say in which folder it goes. */
  readonly fields: (folder: string) => readonly { readonly name: string; readonly value: string }[];
  readonly fileField: string;
  readonly list: (folder: string, signal: AbortSignal) => AsyncIterable<RemoteItem>;
  /** Left out where files cannot be read back. */
  readonly readBack?: (remotePath: string, signal: AbortSignal) => Promise<string>;
  /** Says what an answer other than 2xx means. */
  readonly refusal: (status: number, text: string, retryAfter: string | undefined) => Trouble;
  /** Bytes; null: no limit known. */
  readonly largestFile: number | null;
}
