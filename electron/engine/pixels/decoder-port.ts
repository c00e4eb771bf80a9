import type { FromDecoder } from './decoder-protocol.ts';
import type { DecoderPort } from './decoder-server.ts';

/** A MessagePort of Electron, as far as it is used here. */
export interface MessagePortLike {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
}

/** The engine, heard over the IPC of a child of Node. An engine that is gone needs no decoder. */
export function nodePort(): DecoderPort {
  process.on('disconnect', () => process.exit(0));
  return {
    post: (message: FromDecoder) => void process.send?.(message),
    onMessage: (listener) => void process.on('message', listener),
  };
}

/** The engine, heard over a port that Electron's main process handed to both. */
export function electronPort(port: MessagePortLike): DecoderPort {
  return {
    post: (message: FromDecoder) => port.postMessage(message),
    onMessage: (listener) => void port.on('message', ({ data }) => listener(data)),
  };
}
