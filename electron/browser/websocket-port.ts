import type { WebSocket } from 'ws';
import type { Port } from '../../shared/contract/channel.ts';

/** A window's WebSocket as a contract port: JSON text, one message a frame. What is not JSON is dropped. */
export function websocketPort(socket: WebSocket): Port {
  return {
    post(message) {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
    },
    onMessage(listener) {
      socket.on('message', (data, isBinary) => {
        if (isBinary) return;
        let message: unknown;
        try {
          message = JSON.parse(String(data));
        } catch {
          return;
        }
        listener(message);
      });
    },
    onClose(listener) {
      socket.once('close', listener);
    },
    close() {
      socket.close();
    },
  };
}
