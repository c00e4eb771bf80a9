import type { EngineArguments, FromEngine, ToEngine } from './desktop/engine-protocol.ts';
import { type MainPort, messagePort } from './desktop/message-port.ts';
import { createEngine } from './engine/engine.ts';
import type { DecoderChannel, DecoderLauncher } from './engine/pixels/decoder.ts';
import type { SecretStore } from './engine/secret-store.ts';

/** The main process as seen from here: Electron's process.parentPort. */
export interface ParentPort {
  postMessage(message: FromEngine): void;
  on(event: 'message', listener: (event: { data: ToEngine; ports: MainPort[] }) => void): unknown;
}

/** Utility-process entry: runs the engine beside the window and answers the main process. */
export function runEngineProcess(parent: ParentPort, options: EngineArguments): void {
  const decoders = decoderLauncher(parent);
  const secrets = mainSecretStore(parent, options.secretsKept);
  const reading = new Map<number, AbortController>();
  const engine = createEngine({
    host: 'desktop',
    version: options.version,
    home: options.home,
    roots: null,
    secrets: secrets.store,
    launchDecoder: decoders.launch,
    onBusy: (busy) => parent.postMessage({ type: 'busy', busy }),
  });
  parent.on('message', ({ data, ports }) => {
    switch (data.type) {
      case 'connect':
        if (ports[0]) engine.connect(messagePort(ports[0]), data.audience);
        return;
      case 'content': {
        const gone = new AbortController();
        reading.set(data.id, gone);
        void engine.content(data.request, gone.signal).then((answer) => {
          reading.delete(data.id);
          parent.postMessage({ type: 'content', id: data.id, answer });
        });
        return;
      }
      case 'cancel-content':
        reading.get(data.id)?.abort();
        return;
      case 'decoder':
        if (ports[0]) decoders.arrived(data.id, ports[0]);
        return;
      case 'decoder-gone':
        decoders.gone(data.id, data.why);
        return;
      case 'secret':
        secrets.answered(data.id, data.value, data.problem);
        return;
      case 'woken':
        engine.woken();
        return;
      case 'close':
        void engine.close().finally(() => parent.postMessage({ type: 'closed' }));
    }
  });
}

/** Only the main process can start utility processes, so decoders are asked for there and arrive as a port. */
function decoderLauncher(parent: ParentPort) {
  interface Waiting {
    port: MainPort | null;
    readonly queue: unknown[];
    readonly messages: ((message: unknown) => void)[];
    readonly exits: ((why: string) => void)[];
  }
  const decoders = new Map<number, Waiting>();
  let last = 0;
  const launch: DecoderLauncher = (folders): DecoderChannel => {
    const id = ++last;
    const decoder: Waiting = { port: null, queue: [], messages: [], exits: [] };
    decoders.set(id, decoder);
    parent.postMessage({ type: 'start-decoder', id, folders });
    return {
      post: (message) =>
        decoder.port ? decoder.port.postMessage(message) : void decoder.queue.push(message),
      onMessage: (listener) => void decoder.messages.push(listener),
      onExit: (listener) => void decoder.exits.push(listener),
      kill: () => parent.postMessage({ type: 'stop-decoder', id }),
    };
  };
  return {
    launch,
    arrived(id: number, port: MainPort) {
      const decoder = decoders.get(id);
      if (!decoder) return port.close();
      decoder.port = port;
      port.on('message', ({ data }) => {
        for (const listener of decoder.messages) listener(data);
      });
      port.start();
      for (const message of decoder.queue.splice(0)) port.postMessage(message);
    },
    gone(id: number, why: string) {
      const decoder = decoders.get(id);
      decoders.delete(id);
      for (const listener of decoder?.exits ?? []) listener(why);
    },
  };
}

/** The keychain is the main process's to ask. */
function mainSecretStore(parent: ParentPort, kept: boolean) {
  const waiting = new Map<
    number,
    { resolve: (value: string | null) => void; reject: (error: Error) => void }
  >();
  let last = 0;
  const ask = (what: 'get' | 'set' | 'delete', name: string, value: string | null) =>
    new Promise<string | null>((resolve, reject) => {
      const id = ++last;
      waiting.set(id, { resolve, reject });
      parent.postMessage({ type: 'secret', id, what, name, value });
    });
  const store: SecretStore = {
    kept,
    get: (name) => ask('get', name, null),
    set: async (name, secret) => void (await ask('set', name, secret)),
    delete: async (name) => void (await ask('delete', name, null)),
  };
  return {
    store,
    answered(id: number, value: string | null, problem: string | null) {
      const entry = waiting.get(id);
      waiting.delete(id);
      if (problem === null) entry?.resolve(value);
      else entry?.reject(new Error(problem));
    },
  };
}

const parentPort = (process as { parentPort?: ParentPort }).parentPort;
if (parentPort) {
  runEngineProcess(parentPort, JSON.parse(process.argv.at(-1) ?? '{}') as EngineArguments);
}
