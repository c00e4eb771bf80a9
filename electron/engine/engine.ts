import type { Audience } from '../../shared/contract/call.ts';
import type { Announcer, Port } from '../../shared/contract/channel.ts';
import { createHost } from '../../shared/contract/channel.ts';
import type { ContentAnswer, ContentRequest } from '../../shared/contract/content.ts';
import { createContentReader } from './calls/content.ts';
import { createHandlers } from './calls/handlers.ts';
import { createContext, type EngineOptions } from './context.ts';

export type { EngineOptions } from './context.ts';

/** The engine: answers the contract on any number of ports and content requests beside it. */
export interface Engine {
  connect(port: Port, audience: Audience): void;
  /** Bytes for a window; never throws, a failure is an answer with its reason as text. */
  content(request: ContentRequest, signal: AbortSignal): Promise<ContentAnswer>;
  /** The computer woke up or changed its network: what waits tries again now. */
  woken(): void;
  /** Pauses what runs, folds every submission into its one file and ends all child processes. */
  close(): Promise<void>;
}

/** Puts the parts together. The same in a utility process, in the terminal, behind the browser entry and in a test. */
export function createEngine(options: EngineOptions): Engine {
  const announcer: Announcer = { announce: (name, payload) => host.announce(name, payload) };
  const context = createContext(options, announcer);
  const host = createHost(createHandlers(context));
  const content = createContentReader(context);
  return {
    connect(port, audience) {
      host.connect(port, {
        audience,
        onFinished: (name, milliseconds, thrown) => options.log?.({ call: name, milliseconds, thrown }),
      });
    },
    content,
    woken: () => context.woken(),
    close: () => context.close(),
  };
}
