import { electronPort, type MessagePortLike, nodePort } from './decoder-port.ts';
import { serveDecoder } from './decoder-server.ts';
import { openSource } from './open-source.ts';

/** Entry of the decoder process: a child of Node (messages over IPC) or of Electron (messages over a port it is sent). */
interface ParentPort {
  on(
    event: 'message',
    listener: (event: { data: unknown; ports: (MessagePortLike & { start(): void })[] }) => void,
  ): unknown;
}

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
}
