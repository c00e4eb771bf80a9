import type { FromDecoder } from './decoder-protocol.ts';
import { type DecoderPort, serveDecoder } from './decoder-server.ts';
import { openSource } from './open-source.ts';

/** A MessagePort of Electron, as far as it is used here. */
interface MessagePortLike {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  start(): void;
}

interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown; ports: MessagePortLike[] }) => void): unknown;
}

/** Entry of the decoder process: a child of Node (messages over IPC) or of Electron (messages over a port it is sent). */
const { parentPort } = process as { parentPort?: ParentPort };
if (parentPort) {
  parentPort.on('message', ({ ports }) => {
    const port = ports[0];
    if (!port) return;
    serveDecoder(electronPort(port), openSource);
    port.start();
  });
} else if (process.send) {
  serveDecoder(nodePort(), openSource);
  // An engine that is gone needs no decoder.
  process.on('disconnect', () => process.exit(0));
}

function nodePort(): DecoderPort {
  return {
    post: (message: FromDecoder) => void process.send?.(message),
    onMessage: (listener) => void process.on('message', listener),
  };
}

function electronPort(port: MessagePortLike): DecoderPort {
  return {
    post: (message: FromDecoder) => port.postMessage(message),
    onMessage: (listener) => void port.on('message', ({ data }) => listener(data)),
  };
}
