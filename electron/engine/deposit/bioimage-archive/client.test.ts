import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { biaAnnotations } from '../../../../shared/destinations/bia-annotations.ts';
import { problemOf } from '../../../../shared/model/problem.ts';
import type { RemoteItem } from '../../transfer/method.ts';
import { patientPolicy } from '../../transfer/retry.ts';
import { checkNetwork, signIn } from '../index.ts';
import { BioStudiesClient } from './client.ts';

const TOKEN = 'token-that-nobody-may-see';
const PASSWORD = 'my "password"/&';
const signal = new AbortController().signal;

let server: Server;
let url: string;
let handler: (request: IncomingMessage, response: ServerResponse, body: string) => void;

beforeEach(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece) => {
      body += piece;
    });
    request.on('end', () => handler(request, response, body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const client = () => new BioStudiesClient(url, TOKEN, { ...patientPolicy, answerMs: 300 });
const json = (response: ServerResponse, status: number, value: unknown) =>
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
async function list(folder: string): Promise<RemoteItem[]> {
  const items: RemoteItem[] = [];
  for await (const item of client().list(folder, signal)) items.push(item);
  return items;
}
const failure = async (work: Promise<unknown>) => problemOf(await work.catch((error: unknown) => error));

describe('what the client says to the archive', () => {
  it('has the token in its header and nowhere else', async () => {
    handler = (request, response, body) => {
      expect(request.headers['x-session-token']).toBe(TOKEN);
      expect(request.url).not.toContain(TOKEN);
      expect(body).not.toContain(TOKEN);
      expect(JSON.parse(body)).toEqual({ path: 'a b/c' });
      json(response, 200, [
        { name: 'x.tif', path: 'user/a b/c', size: 12, type: 'FILE' },
        { name: 'd', path: 'user/a b/c', size: 0, type: 'DIR' },
      ]);
    };
    expect(await list('a b/c')).toEqual([
      { name: 'x.tif', kind: 'file', size: 12 },
      { name: 'd', kind: 'folder', size: 0 },
    ]);
  });

  it('is never said in the clear to another computer', () => {
    for (const address of ['http://archive.example/api', 'ftp://x', 'file:///etc/passwd', 'nonsense']) {
      expect(() => new BioStudiesClient(address, null, patientPolicy)).toThrow(/does not sign in/);
    }
    for (const address of ['https://archive.example/api', 'http://localhost:1', 'http://[::1]:1/api']) {
      expect(() => new BioStudiesClient(address, null, patientPolicy)).not.toThrow();
    }
  });
});

describe('secrets', () => {
  it('are in no error, though the archive sends them back', async () => {
    for (const status of [400, 401, 403, 404, 429, 500, 502]) {
      for (const body of [
        JSON.stringify({ status: 'FAIL', log: { level: 'ERROR', message: `bad ${TOKEN}`, subnodes: [] } }),
        JSON.stringify({ message: `${TOKEN}` }),
        `<html><title>${TOKEN}</title></html>`,
        TOKEN,
      ]) {
        handler = (_request, response) => response.writeHead(status).end(body);
        expect(JSON.stringify(await failure(client().profile(signal)))).not.toContain(TOKEN);
        expect(JSON.stringify(await failure(list('x')))).not.toContain(TOKEN);
      }
    }
    handler = (_request, response) => json(response, 200, { [TOKEN]: TOKEN });
    expect(JSON.stringify(await failure(client().profile(signal)))).not.toContain(TOKEN);
  });

  it('passwords neither', async () => {
    for (const status of [401, 400, 500, 502, 200]) {
      handler = (_request, response, body) =>
        json(response, status, { log: { message: `cannot read ${body} of ${PASSWORD}`, subnodes: [] } });
      const problem = JSON.stringify(await failure(signIn(biaAnnotations, url, 'me@x.org', PASSWORD)));
      expect(problem).not.toContain(PASSWORD);
      expect(problem).not.toContain(JSON.stringify(PASSWORD).slice(1, -1));
    }
  });
});

describe('signing in', () => {
  it('gives the token, and the secret directory only masked', async () => {
    const secret = '78/348482-52fd-4ade-9273-bdeac6d93423-a116';
    handler = (request, response, body) => {
      expect([request.method, request.url]).toEqual(['POST', '/api/auth/login']);
      expect(JSON.parse(body)).toEqual({ login: 'me@x.org', password: PASSWORD });
      json(response, 200, { sessid: TOKEN, email: 'me@x.org', fullname: 'Me', secret, allow: [] });
    };
    const signed = await signIn(biaAnnotations, url, 'me@x.org', PASSWORD);
    expect(signed).toEqual({ token: TOKEN, user: 'me@x.org', displayName: 'Me', secretMasked: '78•••a116' });
  });

  it('says so when the password is wrong', async () => {
    handler = (_request, response) =>
      json(response, 401, {
        log: { level: 'ERROR', message: 'Invalid email address or password.', subnodes: [] },
      });
    expect(await failure(signIn(biaAnnotations, url, 'me@x.org', 'no'))).toMatchObject({
      code: 'wrong-password',
      cause: 'Invalid email address or password.',
    });
  });
});

describe('answers that are no answers', () => {
  it.each([
    ['a web page', '<html><title>Maintenance</title></html>'],
    ['half a list', '[{"name":"x","type":"FILE","size":1}'],
    ['items without type', '[{"name":"x","size":1}]'],
    ['an object', '{"name":"x"}'],
  ])('%s instead of a listing is tried again, not taken for an empty folder', async (_what, body) => {
    handler = (_request, response) => response.end(body);
    await expect(list('x')).rejects.toMatchObject({ kind: 'retry', code: 'strange-answer' });
  });

  it('silence ends', async () => {
    handler = () => {};
    await expect(client().profile(signal)).rejects.toMatchObject({ kind: 'retry', code: 'no-answer' });
    handler = (_request, response) => response.writeHead(200).write('[');
    await expect(list('x')).rejects.toMatchObject({ kind: 'retry', code: 'no-answer' });
  });

  it('an answer too long to be true is not kept in memory', async () => {
    handler = (_request, response) => {
      response.writeHead(200);
      const piece = Buffer.alloc(1024 * 1024, ' ');
      const more = () => {
        while (!response.destroyed && response.write(piece));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    };
    await expect(client().profile(signal)).rejects.toMatchObject({ code: 'answer-too-long' });
  });
});

describe('the look at the network', () => {
  it('is fine with any answer of the archive, a refusal included', async () => {
    handler = (_request, response) => json(response, 401, { message: 'no' });
    expect(await checkNetwork(url)).toMatchObject({ reachable: true });
  });

  it('tells apart trouble, another server, and nobody', async () => {
    handler = (_request, response) => response.writeHead(503).end();
    expect((await checkNetwork(url)).words).toContain('has trouble just now');
    handler = (_request, response) => response.writeHead(404).end();
    expect((await checkNetwork(url)).words).toContain('not as the archive does');
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    const nobody = await checkNetwork(url);
    expect(nobody).toMatchObject({ reachable: false });
    expect(nobody.words).toContain('the server is down');
    expect(await checkNetwork('nonsense')).toMatchObject({ reachable: false });
  });
});
