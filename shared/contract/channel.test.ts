import { describe, expect, test } from 'vitest';
import { Problem } from '../model/problem.ts';
import { connectClient, createHost, type Port, portPair } from './channel.ts';
import type { CallHandlers } from './contract.ts';

const copies = {
  'a structured clone': (m: unknown) => structuredClone(m),
  'JSON text': (m: unknown) => JSON.parse(JSON.stringify(m)),
};

function connect(
  handlers: Partial<CallHandlers>,
  copy: (m: unknown) => unknown,
  audience: 'window' | 'host' = 'window',
) {
  const [here, there] = portPair(copy);
  const finished: string[] = [];
  const host = createHost(handlers as CallHandlers);
  host.connect(there, {
    audience,
    onFinished: (name, ms, thrown) => finished.push(`${name} ${ms >= 0} ${thrown !== undefined}`),
  });
  return { client: connectClient(here), host, here, there, finished };
}

const counts = { must: 0, should: 1, may: 2 };

describe.each(Object.entries(copies))('a channel that carries %s', (_name, copy) => {
  test('answers a call with parsed input, defaults filled in', async () => {
    const seen: unknown[] = [];
    const { client, finished } = connect(
      {
        'entries.page': (input) => {
          seen.push(input);
          return { total: 0, bytes: 0, rows: [], totalIsFinal: true };
        },
      },
      copy,
    );
    await client.call('entries.page', { id: 'a', offset: 0, limit: 10 });
    expect(seen).toEqual([{ id: 'a', offset: 0, limit: 10, filter: {}, soon: false }]);
    expect(finished).toEqual(['entries.page true false']);
  });

  test('refuses wrong input before any handler runs, and says which part is wrong', async () => {
    let ran = false;
    const { client } = connect(
      {
        'entries.page': () => {
          ran = true;
          return { total: 0, bytes: 0, rows: [], totalIsFinal: true };
        },
      },
      copy,
    );
    const refused = client.call('entries.page', { id: 'a', offset: -1, limit: 10 });
    await expect(refused).rejects.toMatchObject({
      code: 'wrong-input',
      why: expect.stringContaining('offset'),
    });
    expect(ran).toBe(false);
  });

  test('carries a problem as data: code, message, cause, advice', async () => {
    const { client } = connect(
      {
        'submission.get': () => {
          throw new Problem('in-use', 'It is open elsewhere.', {
            cause: 'Two writers.',
            advice: 'Close it there.',
          });
        },
      },
      copy,
    );
    const error = await client.call('submission.get', { id: 'a' }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Problem);
    expect(error).toMatchObject({
      code: 'in-use',
      message: 'It is open elsewhere.',
      why: 'Two writers.',
      advice: 'Close it there.',
    });
  });

  test('hides what an unexpected fault is made of, but not that it happened', async () => {
    const { client } = connect(
      {
        'submission.get': () => {
          throw new TypeError('x is not a function');
        },
      },
      copy,
    );
    const error = (await client
      .call('submission.get', { id: 'a' })
      .catch((thrown: unknown) => thrown)) as Problem;
    expect(error.code).toBe('internal');
    expect(error.message).not.toContain('function');
    expect(error.stack).not.toContain('engine.ts');
  });

  test('a long call tells its progress and can be cancelled', async () => {
    const { client } = connect(
      {
        'check.run': async (_input, { signal, progress }) => {
          progress({ done: 1, total: 3, now: 'Reading names' });
          await new Promise<void>((resolve) =>
            signal.addEventListener('abort', () => resolve(), { once: true }),
          );
          signal.throwIfAborted();
          return { counts };
        },
      },
      copy,
    );
    const controller = new AbortController();
    const told: string[] = [];
    const call = client.call(
      'check.run',
      { id: 'a' },
      {
        signal: controller.signal,
        onProgress: ({ now }) => {
          told.push(now);
          controller.abort();
        },
      },
    );
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    expect(told).toEqual(['Reading names']);
  });

  test('calls answered out of order reach the right caller', async () => {
    const { client } = connect(
      {
        'findings.fix': async ({ rule }) => {
          await new Promise((resolve) => setTimeout(() => resolve(null), rule === 'slow' ? 20 : 1));
          return { fixed: rule === 'slow' ? 1 : 2 };
        },
      },
      copy,
    );
    const [slow, quick] = await Promise.all([
      client.call('findings.fix', { id: 'a', rule: 'slow' }),
      client.call('findings.fix', { id: 'a', rule: 'quick' }),
    ]);
    expect([slow.fixed, quick.fixed]).toEqual([1, 2]);
  });

  test('events reach every window that is connected, until it unsubscribes', async () => {
    const { client, host } = connect({}, copy);
    const heard: string[] = [];
    const stop = client.on('submission.changed', ({ id }) => heard.push(id));
    host.announce('submission.changed', { id: 'a', parts: ['entries'] });
    await Promise.resolve();
    await Promise.resolve();
    stop();
    host.announce('submission.changed', { id: 'b', parts: ['entries'] });
    await Promise.resolve();
    await Promise.resolve();
    expect(heard).toEqual(['a']);
  });
});

describe('what a window may not do', () => {
  const handlers: Partial<CallHandlers> = { 'grants.issue': ({ path }) => ({ grant: 'g', name: path }) };

  test('a window cannot grant itself a path; the host can', async () => {
    const window = connect(handlers, structuredClone, 'window');
    await expect(window.client.call('grants.issue', { path: '/etc' })).rejects.toMatchObject({
      code: 'unknown-call',
    });
    const host = connect(handlers, structuredClone, 'host');
    await expect(host.client.call('grants.issue', { path: '/data' })).resolves.toEqual({
      grant: 'g',
      name: '/data',
    });
  });

  test.each(['__proto__', 'constructor', 'toString', 'files.nothing'])(
    'the name %s is no call',
    async (name) => {
      const { here } = connect({}, structuredClone);
      const answer = new Promise((resolve) => here.onMessage(resolve));
      here.post({ type: 'call', id: 7, name, input: {} });
      expect(await answer).toMatchObject({ type: 'error', id: 7, problem: { code: 'unknown-call' } });
    },
  );

  test('messages of no known form are dropped and the channel goes on', async () => {
    const { client, here } = connect({ 'library.list': () => ({ items: [] }) }, structuredClone);
    for (const junk of [
      null,
      1,
      'call',
      [],
      { type: 'call' },
      { type: 'event' },
      { type: 'cancel', id: 'x' },
    ])
      here.post(junk);
    await expect(client.call('library.list', {})).resolves.toEqual({ items: [] });
  });
});

describe('an engine that goes away', () => {
  test('open calls end with a reason, later ones at once', async () => {
    const { client, there } = connect({ 'library.list': () => new Promise(() => {}) }, structuredClone);
    const open = client.call('library.list', {});
    await Promise.resolve();
    there.close();
    await expect(open).rejects.toMatchObject({ code: 'engine-gone' });
    await expect(client.call('library.list', {})).rejects.toMatchObject({ code: 'engine-gone' });
  });

  test('a port that closes stops getting events', () => {
    const posted: unknown[] = [];
    let closed: () => void = () => {};
    const port: Port = {
      post: (message) => void posted.push(message),
      onMessage: () => {},
      onClose: (listener) => {
        closed = listener;
      },
      close: () => {},
    };
    const host = createHost({} as CallHandlers);
    host.connect(port, { audience: 'window' });
    host.announce('library.changed', {});
    closed();
    host.announce('library.changed', {});
    expect(posted).toHaveLength(1);
  });
});
