import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Port } from '../../shared/contract/channel.ts';
import type { ContentRequest } from '../../shared/contract/content.ts';
import type { Engine } from '../engine/engine.ts';
import { startWindowServer, type WindowServer } from './window-server.ts';

let folder: string;
let server: WindowServer;
let ports: Port[];
let asked: ContentRequest[];

const engine: Engine = {
  connect: (port) => void ports.push(port),
  content: async (request) => {
    asked.push(request);
    if (request.what === 'table') {
      const file = join(mkdtempSync(join(folder, 'content-')), 'content');
      writeFileSync(file, 'Path\n'.repeat(100_000));
      return {
        status: 200,
        type: 'text/tab-separated-values',
        body: new Uint8Array(0),
        fileName: 'a.tsv',
        file,
      };
    }
    return { status: 200, type: 'text/html', body: Buffer.from('hello'), fileName: 'Quittung "ä".html' };
  },
  woken: () => {},
  close: async () => {},
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-window-'));
  mkdirSync(join(folder, 'renderer', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'renderer', 'index.html'), '<!doctype html><title>Slipway</title>');
  writeFileSync(join(folder, 'secret.json'), 'outside');
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(async () => {
  ports = [];
  asked = [];
  server = await startWindowServer({ engine, rendererFolder: join(folder, 'renderer'), port: 0 });
  return () => server.close();
});

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

/** Asks with headers as given, as a browser would send them; fetch would not let a test forge Host. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port: server.port, path, method, headers },
      (response) => {
        let body = '';
        response.on('data', (chunk) => {
          body += String(chunk);
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      },
    );
    request.on('error', reject);
    request.end();
  });
}

async function signIn(): Promise<string> {
  const { headers } = await ask(new URL(server.address()).pathname + new URL(server.address()).search);
  return String(headers['set-cookie']).split(';')[0] ?? '';
}

function openSocket(headers: Record<string, string>): Promise<'open' | 'refused'> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/engine`, { headers });
    socket.on('open', () => {
      resolve('open');
      socket.close();
    });
    socket.on('error', () => resolve('refused'));
  });
}

describe('the browser entry', () => {
  test('opens with its token and then serves the window under a strict policy', async () => {
    const cookie = await signIn();
    const page = await ask('/', { cookie });
    expect(page).toMatchObject({ status: 200, body: expect.stringContaining('Slipway') });
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("frame-ancestors 'none'");
  });

  test('content comes from the engine, with a name to keep it under', async () => {
    const cookie = await signIn();
    const answer = await ask('/content/receipt?id=a&as=html', { cookie });
    expect(answer).toMatchObject({ status: 200, body: 'hello' });
    expect(asked).toEqual([{ what: 'receipt', id: 'a', as: 'html' }]);
    expect(answer.headers['content-disposition']).toBe(
      `attachment; filename="Quittung ___.html"; filename*=UTF-8''Quittung%20%22%C3%A4%22.html`,
    );
  });

  test('what is too large for memory is streamed from its file, which then is gone', async () => {
    const cookie = await signIn();
    const answer = await ask('/content/table?id=a&as=tsv', { cookie });
    expect(answer.headers['content-length']).toBe('500000');
    expect(answer.body).toBe('Path\n'.repeat(100_000));
    expect((await ask('/content/table?id=a&as=tsv', { cookie }, 'HEAD')).body).toBe('');
    await expect.poll(() => readdirSync(folder).filter((name) => name.startsWith('content-'))).toEqual([]);
    expect((await ask('/content/table?id=a&as=ods', { cookie })).status).toBe(404);
    expect((await ask('/content/table?id=a&as=tsv&view=%7B', { cookie })).status).toBe(404);
  });

  test('a window of ours gets the engine', async () => {
    const cookie = await signIn();
    const host = `127.0.0.1:${server.port}`;
    expect(await openSocket({ cookie, origin: `http://${host}` })).toBe('open');
    expect(ports).toHaveLength(1);
  });
});

describe('exploits', () => {
  test('without a session nothing is served: other users of the computer see the port too', async () => {
    for (const path of ['/', '/index.html', '/content/receipt?id=a&as=html'])
      expect((await ask(path)).status).toBe(403);
    expect(asked).toEqual([]);
  });

  test('a token opens one session only: an address found in a log or a history is worthless', async () => {
    const { pathname, search } = new URL(server.address());
    expect((await ask(pathname + search)).status).toBe(302);
    expect((await ask(pathname + search)).status).toBe(403);
    expect(new URL(server.address()).search).not.toBe(search);
  });

  test('a guessed token and a guessed cookie are refused', async () => {
    expect((await ask('/?token=guess')).status).toBe(403);
    expect((await ask('/', { cookie: 'slipway-aaaaaaaa=guess' })).status).toBe(403);
  });

  test('DNS rebinding: a foreign name that resolves to loopback is refused although the cookie is right', async () => {
    const cookie = await signIn();
    expect((await ask('/', { cookie, host: `evil.example:${server.port}` })).status).toBe(403);
    expect((await ask('/', { cookie, host: '127.0.0.1.evil.example' })).status).toBe(403);
  });

  test('cross-site requests and sockets are refused although the browser attaches the cookie', async () => {
    const cookie = await signIn();
    expect(
      (await ask('/content/receipt?id=a&as=html', { cookie, origin: 'https://evil.example' })).status,
    ).toBe(403);
    expect(
      (
        await ask('/content/receipt?id=a&as=html', {
          cookie,
          'sec-fetch-site': 'cross-site',
          'sec-fetch-mode': 'no-cors',
        })
      ).status,
    ).toBe(403);
    expect(await openSocket({ cookie, origin: 'https://evil.example' })).toBe('refused');
    expect(await openSocket({ cookie, origin: `http://127.0.0.1:${server.port + 1}` })).toBe('refused');
    expect(await openSocket({ cookie })).toBe('refused');
    expect(await openSocket({ origin: `http://127.0.0.1:${server.port}` })).toBe('refused');
    expect(ports).toEqual([]);
  });

  test('the cookie is out of reach for scripts and other sites', async () => {
    const { pathname, search } = new URL(server.address());
    const { headers } = await ask(pathname + search);
    expect(String(headers['set-cookie'])).toMatch(/; HttpOnly; SameSite=Strict/);
  });

  test.each([
    '/../secret.json',
    '/..%2fsecret.json',
    '/%2e%2e/secret.json',
    '/assets/..%5c..%5csecret.json',
    '/index.html%00.json',
  ])('path traversal %s stays inside the window’s folder', async (path) => {
    const cookie = await signIn();
    const answer = await ask(path, { cookie });
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('outside');
  });

  test('only reading is possible', async () => {
    const cookie = await signIn();
    expect((await ask('/', { cookie }, 'POST')).status).toBe(405);
  });
});
