import type { DecoderLauncher } from '../decoder.ts';
import { serveDecoder } from '../decoder-server.ts';
import type { OpenSource } from '../opened-images.ts';

/** A decoder without a process, for what needs no protection: messages are copied as a real channel does. */
export function inProcessLauncher(openSource: OpenSource): DecoderLauncher {
  return () => {
    const toEngine: ((message: unknown) => void)[] = [];
    const toDecoder: ((message: unknown) => void)[] = [];
    const exits: ((why: string) => void)[] = [];
    let alive = true;
    const deliver = (listeners: typeof toEngine, message: unknown) => {
      const copy: unknown = structuredClone(message);
      setImmediate(() => {
        if (alive) for (const listener of listeners) listener(copy);
      });
    };
    serveDecoder(
      {
        post: (message) => deliver(toEngine, message),
        onMessage: (listener) => void toDecoder.push(listener),
      },
      openSource,
    );
    return {
      post: (message) => deliver(toDecoder, message),
      onMessage: (listener) => void toEngine.push(listener),
      onExit: (listener) => void exits.push(listener),
      kill: () => {
        if (!alive) return;
        alive = false;
        setImmediate(() => {
          for (const listener of exits) listener('killed');
        });
      },
    };
  };
}
