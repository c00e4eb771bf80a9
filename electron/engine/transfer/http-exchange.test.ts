import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Connections, isThisComputer } from './http-exchange.ts';

const question = {
  method: 'GET',
  path: '/x',
  headers: {},
  signal: new AbortController().signal,
  answerMs: 5000,
} as const;

/** A certificate that nobody vouches for; null where openssl is not installed. */
function selfSigned(): { key: Buffer; cert: Buffer } | null {
  const folder = mkdtempSync(path.join(tmpdir(), 'slipway-tls-'));
  try {
    const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-days',
        '2',
        '-keyout',
        key,
        '-out',
        cert,
        ...subject,
      ],
      { stdio: 'ignore' },
    );
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } catch {
    return null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function listening<S extends http.Server | https.Server>(
  server: S,
): Promise<{ port: number; close(): Promise<void> }> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('connections', () => {
  const keys = selfSigned();

  it.skipIf(keys === null)(
    'trust no certificate that nobody vouches for, whatever the environment says (needs openssl)',
    async () => {
      let asked = 0;
      const server = await listening(
        https.createServer(keys ?? {}, (_request, response) => {
          asked += 1;
          response.end('secret?');
        }),
      );
      const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
      const connections = new Connections(`https://127.0.0.1:${server.port}`);
      try {
        await expect(connections.ask(question, 1000)).rejects.toMatchObject({
          kind: 'stop',
          code: 'certificate',
        });
        expect(asked).toBe(0);
      } finally {
        if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
        else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
        connections.close();
        await server.close();
      }
    },
  );

  it('follow no redirect', async () => {
    let asked = 0;
    const server = await listening(
      http.createServer((_request, response) => {
        asked += 1;
        response.writeHead(302, { Location: '/elsewhere' }).end();
      }),
    );
    const connections = new Connections(`http://127.0.0.1:${server.port}/`);
    expect((await connections.ask(question, 1000)).status).toBe(302);
    expect(asked).toBe(1);
    connections.close();
    await server.close();
  });

  it('end with the signal, before and during the answer', async () => {
    const server = await listening(
      http.createServer((_request, response) => void response.writeHead(200).write('x')),
    );
    const connections = new Connections(`http://127.0.0.1:${server.port}`);
    const stopping = new AbortController();
    const asking = connections.ask({ ...question, signal: stopping.signal }, 1000);
    setTimeout(() => stopping.abort(), 20);
    await expect(asking).rejects.toMatchObject({ name: 'AbortError' });
    await expect(connections.ask({ ...question, signal: stopping.signal }, 1000)).rejects.toMatchObject({
      name: 'AbortError',
    });
    connections.close();
    await server.close();
  });
});

describe('this computer', () => {
  it('is known by its own addresses only', () => {
    for (const name of ['localhost', '127.0.0.1', '127.1.2.3', '[::1]']) {
      expect(isThisComputer(new URL(`http://${name}:80`))).toBe(true);
    }
    for (const name of ['localhost.evil.example', '127.0.0.1.evil.example', '0.0.0.0', '128.0.0.1', 'x']) {
      expect(isThisComputer(new URL(`http://${name}`))).toBe(false);
    }
  });
});
