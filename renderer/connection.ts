import { type CallOptions, type Client, connectClient, type Port } from '../shared/contract/channel.ts';
import type {
  CallInput,
  CallName,
  CallOutput,
  EventName,
  EventPayload,
} from '../shared/contract/contract.ts';
import { events } from '../shared/contract/contract.ts';
import { Problem } from '../shared/model/problem.ts';
import { desktopPort, engineSocketAddress, socketPort } from './engine-ports.ts';
import { host } from './host.ts';
import { closed, opened, trying, useConnection } from './stores/connection-store.ts';

let client: Client | null = null;
let first: Promise<void> | null = null;
let announceFirst: (() => void) | null = null;
let retryTimer: number | undefined;
const listeners = new Map<EventName, Set<(payload: never) => void>>();

/**
 * The engine, whatever carries the messages and however often the connection was lost in between.
 * A call made before the first connection waits for it; one made while the engine is gone fails with
 * the problem `engine-gone`. Subscriptions outlive a lost connection.
 */
export const engine = {
  async call<N extends CallName>(
    name: N,
    input: CallInput<N>,
    options?: CallOptions<N>,
  ): Promise<CallOutput<N>> {
    if (!client && useConnection.getState().generation === 0) await firstConnection();
    if (!client) {
      throw new Problem('engine-gone', 'Slipway does not answer at the moment.', {
        advice: 'What you typed is kept here and saved as soon as it is back.',
      });
    }
    return client.call(name, input, options);
  },

  /** Returns the function that ends the subscription. */
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void {
    const set = listeners.get(name) ?? new Set();
    listeners.set(name, set);
    set.add(listener);
    return () => set.delete(listener);
  },
};

function firstConnection(): Promise<void> {
  first ??= new Promise((resolve) => {
    announceFirst = resolve;
  });
  return first;
}

/** Connects, and connects again whenever the engine is gone. Called once, when the window starts. */
export function keepConnected(): void {
  window.clearTimeout(retryTimer);
  useConnection.setState(trying);
  openPort().then(attach, lost);
}

/** Tries at once instead of waiting for the next attempt. */
export function retryNow(): void {
  if (!client && useConnection.getState().retryAt !== null) keepConnected();
}

function openPort(): Promise<Port> {
  return host ? desktopPort(host) : socketPort(engineSocketAddress(window.location));
}

function attach(port: Port): void {
  const connected = connectClient(port);
  client = connected;
  connected.onClose(() => {
    if (client !== connected) return;
    client = null;
    lost();
  });
  for (const name of Object.keys(events) as EventName[]) {
    connected.on(name, (payload) => {
      for (const listener of listeners.get(name) ?? []) listener(payload as never);
    });
  }
  useConnection.setState(opened);
  announceFirst?.();
}

function lost(): void {
  const now = Date.now();
  useConnection.setState((state) => closed(state, now));
  const wait = (useConnection.getState().retryAt ?? now) - now;
  retryTimer = window.setTimeout(keepConnected, wait);
}
