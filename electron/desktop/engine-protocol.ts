import type { ContentAnswer, ContentRequest } from '../../shared/contract/content.ts';

/**
 * What the main process and the engine's utility process say to each other beside the contract. Ports travel
 * with a message, as Electron hands them over.
 */
export type ToEngine =
  /** With one port: a window of the given audience. */
  | { readonly type: 'connect'; readonly audience: 'window' | 'host' }
  | { readonly type: 'content'; readonly id: number; readonly request: ContentRequest }
  | { readonly type: 'cancel-content'; readonly id: number }
  /** With one port: the decoder that was asked for. */
  | { readonly type: 'decoder'; readonly id: number }
  | { readonly type: 'decoder-gone'; readonly id: number; readonly why: string }
  | {
      readonly type: 'secret';
      readonly id: number;
      readonly value: string | null;
      readonly problem: string | null;
    }
  /** The computer woke up or changed its network. */
  | { readonly type: 'woken' }
  | { readonly type: 'close' };

export type FromEngine =
  | { readonly type: 'content'; readonly id: number; readonly answer: ContentAnswer }
  | { readonly type: 'start-decoder'; readonly id: number; readonly folders: readonly string[] }
  | { readonly type: 'stop-decoder'; readonly id: number }
  | {
      readonly type: 'secret';
      readonly id: number;
      readonly what: 'get' | 'set' | 'delete';
      readonly name: string;
      readonly value: string | null;
    }
  /** True while bytes are being sent: the computer should not fall asleep. */
  | { readonly type: 'busy'; readonly busy: boolean }
  | { readonly type: 'closed' };

/** How the engine's process is told where things are; passed as its only argument, no secret in it. */
export interface EngineArguments {
  readonly home: string;
  readonly version: string;
  readonly secretsKept: boolean;
}
