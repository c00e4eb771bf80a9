import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectClient } from '../../shared/contract/channel.ts';
import { nodeDecoderLauncher } from '../engine/pixels/node-decoder-launcher.ts';
import { type ParentPort, runEngineProcess } from '../engine-process.ts';
import type { FromEngine, ToEngine } from './engine-protocol.ts';
import { type MainPort, messagePort } from './message-port.ts';

/** Two connected ports as Electron's MessageChannelMain gives them; messages are cloned and wait for start(). */
function mainPorts(): [MainPort, MainPort] {
  const ends = [new EventEmitter(), new EventEmitter()] as const;
  const queues: unknown[][] = [[], []];
  const started = [false, false];
  const port = (mine: 0 | 1): MainPort => {
    const other = mine === 0 ? 1 : 0;
    return {
      postMessage(message) {
        const data = structuredClone(message);
        if (started[other]) setImmediate(() => ends[other].emit('message', { data }));
        else queues[other]?.push(data);
      },
      on: (event: string, listener: (...args: never[]) => void) =>
        ends[mine].on(event, listener as () => void),
      start() {
        started[mine] = true;
        for (const data of queues[mine]?.splice(0) ?? [])
          setImmediate(() => ends[mine].emit('message', { data }));
      },
      close: () => void ends[other].emit('close'),
    };
  };
  return [port(0), port(1)];
}

/** The main process's side, as engine-link.ts plays it, with secrets in memory and real decoder processes. */
function startMain(home: string) {
  const parent = new EventEmitter();
  const answers = new Map<number, (message: Extract<FromEngine, { type: 'content' }>) => void>();
  const secrets = new Map<string, string>();
  const busy: boolean[] = [];
  let closed: () => void = () => {};
  const tell = (data: ToEngine, ports: MainPort[] = []) => parent.emit('message', { data, ports });
  const port: ParentPort = {
    on: (event, listener) => parent.on(event, listener),
    postMessage(message) {
      switch (message.type) {
        case 'content':
          return answers.get(message.id)?.(message);
        case 'secret': {
          if (message.what === 'set') secrets.set(message.name, message.value ?? '');
          const value = message.what === 'get' ? (secrets.get(message.name) ?? null) : null;
          setImmediate(() => tell({ type: 'secret', id: message.id, value, problem: null }));
          return;
        }
        case 'start-decoder': {
          const [mine, theirs] = mainPorts();
          const decoder = nodeDecoderLauncher(message.folders);
          mine.on('message', ({ data }) => decoder.post(data));
          mine.start();
          decoder.onMessage((data) => mine.postMessage(data));
          decoder.onExit((why) => tell({ type: 'decoder-gone', id: message.id, why }));
          stops.set(message.id, () => decoder.kill());
          setImmediate(() => tell({ type: 'decoder', id: message.id }, [theirs]));
          return;
        }
        case 'stop-decoder':
          return stops.get(message.id)?.();
        case 'busy':
          return void busy.push(message.busy);
        case 'closed':
          return closed();
      }
    },
  };
  const stops = new Map<number, () => void>();
  runEngineProcess(port, { home, version: '0.0.0', secretsKept: true });
  const connect = (audience: 'window' | 'host') => {
    const [mine, theirs] = mainPorts();
    tell({ type: 'connect', audience }, [theirs]);
    return connectClient(messagePort(mine));
  };
  return {
    secrets,
    busy,
    connect,
    content: (id: number, request: Extract<ToEngine, { type: 'content' }>['request']) =>
      new Promise<Extract<FromEngine, { type: 'content' }>>((resolve) => {
        answers.set(id, resolve);
        tell({ type: 'content', id, request });
      }),
    close: () =>
      new Promise<void>((resolve) => {
        closed = resolve;
        tell({ type: 'close' });
      }),
  };
}

let home: string;
let main: ReturnType<typeof startMain>;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'slipway-engine-process-'));
  main = startMain(home);
});
afterEach(async () => {
  await main.close();
  rmSync(home, { recursive: true });
});

test('the engine beside the window: practice samples, a picture from its decoder, a session in the keychain', async () => {
  const window = main.connect('window');
  const { id } = await window.call('library.practise', {});
  const { rows } = await window.call('pairs.page', { id, offset: 0, limit: 1 });
  const pair = rows[0];
  if (!pair) throw new Error('the samples have no pair');
  const info = await window.call('pixels.open', { id, entryId: pair.imageEntryId });
  expect(info).toMatchObject({ pixelType: 'uint16', sizes: { c: 2, x: 512, y: 512 } });
  const tile = await main.content(1, {
    what: 'tile',
    imageId: info.imageId,
    level: 0,
    c: 0,
    z: 0,
    t: 0,
    x: 0,
    y: 0,
  });
  const level = info.levels[0];
  if (!level) throw new Error('no level');
  const expected = Math.min(level.tileWidth, level.width) * Math.min(level.tileHeight, level.height) * 2;
  expect(tile.answer).toMatchObject({ status: 200 });
  expect(tile.answer.body.byteLength).toBe(expected);

  const { user, password } = await window.call('practice.status', {});
  await window.call('account.signIn', { id, user, password });
  expect([...main.secrets.keys()]).toEqual(['session bia-annotations practice']);
  expect(JSON.stringify([...main.secrets.values()])).not.toContain(`"${password}"`);
});

test('exploit: a window cannot issue grants; the main process can', async () => {
  await expect(main.connect('window').call('grants.issue', { path: '/etc' })).rejects.toMatchObject({
    code: 'unknown-call',
  });
  await expect(main.connect('host').call('grants.issue', { path: home })).resolves.toMatchObject({
    grant: expect.any(String),
  });
});

test('content that is not there is an answer with words, not a crash', async () => {
  const { answer } = await main.content(2, { what: 'receipt', id: 'nobody', as: 'json' });
  expect(answer.status).toBe(404);
  expect(new TextDecoder().decode(answer.body)).not.toBe('');
});
