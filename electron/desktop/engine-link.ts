import { join } from 'node:path';
import { MessageChannelMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import { type Client, connectClient } from '../../shared/contract/channel.ts';
import type { ContentAnswer, ContentRequest } from '../../shared/contract/content.ts';
import type { EngineArguments, FromEngine, ToEngine } from './engine-protocol.ts';
import { messagePort } from './message-port.ts';
import type { SecretKeeper } from './secrets.ts';

/** The engine's utility process and the main process's ways to it. */
export interface EngineLink {
  /** The main process's own client: it may issue grants. */
  readonly client: Client;
  /** A port for a window to talk to the engine. */
  windowPort(): MessagePortMain;
  content(request: ContentRequest, signal: AbortSignal): Promise<ContentAnswer>;
  onBusy(listener: (busy: boolean) => void): void;
  onExit(listener: () => void): void;
  woken(): void;
  /** Asks the engine to fold everything into files and waits until it has. */
  close(): Promise<void>;
}

/** @param folder of the built Node side, where engine-process.js lies */
export function startEngine(folder: string, options: EngineArguments, secrets: SecretKeeper): EngineLink {
  const child = utilityProcess.fork(join(folder, 'engine-process.js'), [JSON.stringify(options)], {
    serviceName: 'Slipway engine',
    // The rows of a million files come and go quickly: more room for what is young only fills memory (100 MB of it
    // while masks are paired). The scripts of package.json say the same.
    execArgv: ['--max-semi-space-size=16'],
  });
  const answers = new Map<number, (answer: ContentAnswer) => void>();
  const busyListeners: ((busy: boolean) => void)[] = [];
  const decoders = new Map<number, UtilityProcess>();
  let closed: () => void = () => {};
  let lastId = 0;
  const tell = (message: ToEngine, ports: MessagePortMain[] = []) => child.postMessage(message, ports);

  child.on('message', (message: FromEngine) => {
    switch (message.type) {
      case 'content':
        answers.get(message.id)?.(message.answer);
        answers.delete(message.id);
        return;
      case 'start-decoder':
        startDecoder(message.id, message.folders);
        return;
      case 'stop-decoder':
        decoders.get(message.id)?.kill();
        return;
      case 'secret':
        void keepSecret(secrets, message).then(tell);
        return;
      case 'busy':
        for (const listener of busyListeners) listener(message.busy);
        return;
      case 'closed':
        closed();
    }
  });

  function startDecoder(id: number, folders: readonly string[]): void {
    const decoder = utilityProcess.fork(join(folder, 'engine', 'pixels', 'decoder-process.js'), [], {
      serviceName: 'Slipway decoder',
      execArgv: ['--max-old-space-size=1024', ...readPermissions(folder, folders)],
    });
    decoders.set(id, decoder);
    const { port1, port2 } = new MessageChannelMain();
    decoder.postMessage({ type: 'port' }, [port1]);
    tell({ type: 'decoder', id }, [port2]);
    decoder.on('exit', (code) => {
      decoders.delete(id);
      tell({ type: 'decoder-gone', id, why: `exit code ${code}` });
    });
  }

  const connect = (audience: 'window' | 'host') => {
    const { port1, port2 } = new MessageChannelMain();
    tell({ type: 'connect', audience }, [port1]);
    return port2;
  };

  return {
    client: connectClient(messagePort(connect('host'))),
    windowPort: () => connect('window'),
    content(request, signal) {
      const id = ++lastId;
      return new Promise((resolve) => {
        answers.set(id, resolve);
        tell({ type: 'content', id, request });
        signal.addEventListener('abort', () => tell({ type: 'cancel-content', id }), { once: true });
      });
    },
    onBusy: (listener) => void busyListeners.push(listener),
    onExit: (listener) => void child.on('exit', listener),
    woken: () => tell({ type: 'woken' }),
    close() {
      return new Promise((resolve) => {
        closed = resolve;
        child.once('exit', () => resolve());
        tell({ type: 'close' });
      });
    },
  };
}

/** Node's permission model, as the terminal's decoder has it: read what was granted and the program itself, no more. */
function readPermissions(folder: string, folders: readonly string[]): string[] {
  return [
    '--permission',
    '--allow-addons',
    ...[join(folder, '..', '..'), ...folders].map((path) => `--allow-fs-read=${path}`),
  ];
}

async function keepSecret(
  secrets: SecretKeeper,
  message: Extract<FromEngine, { type: 'secret' }>,
): Promise<ToEngine> {
  try {
    const { id, what, name, value } = message;
    if (what === 'get') return { type: 'secret', id, value: await secrets.get(name), problem: null };
    if (what === 'set' && value !== null) await secrets.set(name, value);
    if (what === 'delete') await secrets.delete(name);
    return { type: 'secret', id, value: null, problem: null };
  } catch (error) {
    return {
      type: 'secret',
      id: message.id,
      value: null,
      problem: error instanceof Error ? error.message : String(error),
    };
  }
}
