import type { Port } from '../shared/contract/channel.ts';
import type { SlipwayHost } from './host.ts';

/** How long a new connection may take before it counts as failed, in milliseconds. */
const patience = 10_000;

/** Asks the desktop for a MessagePort to its engine. */
export function desktopPort(host: SlipwayHost): Promise<Port> {
  return new Promise((resolve, reject) => {
    const timer = window.setTimeout(() => end(() => reject(new Error('no port came'))), patience);
    const end = (then: () => void) => {
      window.clearTimeout(timer);
      window.removeEventListener('message', listen);
      then();
    };
    const listen = (event: MessageEvent) => {
      const port = event.ports[0];
      if (event.source !== window || event.data !== 'slipway:engine-port' || !port) return;
      end(() => resolve(wrapMessagePort(port)));
    };
    window.addEventListener('message', listen);
    host.requestEnginePort();
  });
}

function wrapMessagePort(port: MessagePort): Port {
  return {
    post: (message) => port.postMessage(message),
    onMessage(listener) {
      port.addEventListener('message', (event) => listener(event.data));
      port.start();
    },
    onClose: (listener) => port.addEventListener('close', listener, { once: true }),
    close: () => port.close(),
  };
}

/** Opens the browser entry's WebSocket; messages are JSON text. */
export function socketPort(address: string): Promise<Port> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address);
    const timer = window.setTimeout(() => socket.close(), patience);
    socket.addEventListener('close', () => reject(new Error('closed')), { once: true });
    socket.addEventListener('open', () => {
      window.clearTimeout(timer);
      resolve(wrapSocket(socket));
    });
  });
}

function wrapSocket(socket: WebSocket): Port {
  return {
    post(message) {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    onMessage(listener) {
      socket.addEventListener('message', (event) => {
        if (typeof event.data === 'string') listener(JSON.parse(event.data));
      });
    },
    onClose: (listener) => socket.addEventListener('close', () => listener(), { once: true }),
    close: () => socket.close(),
  };
}

/** `ws://host/engine`, or `wss:` when the page came encrypted. */
export function engineSocketAddress(location: { protocol: string; host: string }): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/engine`;
}
