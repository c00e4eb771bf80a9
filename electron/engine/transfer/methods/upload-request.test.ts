import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Connections } from '../http-exchange.ts';
import { identityOf } from '../local-file.ts';
import type { OutgoingFile, RemoteItem, SendOptions } from '../method.ts';
import { patientPolicy, type TransferPolicy } from '../retry.ts';
import { refusalTrouble } from '../trouble.ts';
import { frameFile } from './multipart.ts';
import { submissionTool } from './submission-tool.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

let folder: string;
let server: Server;
let connections: Connections;
let handler: Handler;
let listed: RemoteItem[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'slipway-upload-'));
  listed = [];
  server = createServer((request, response) => handler(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  connections = new Connections(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`);
});
afterEach(async () => {
  connections.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

async function send(size: number, policy: Partial<TransferPolicy> = {}, options: Partial<SendOptions> = {}) {
  const localPath = path.join(folder, 'x');
  await writeFile(localPath, randomBytes(size));
  const file: OutgoingFile = {
    localPath,
    remotePath: 'deep/er/x.tif',
    ...identityOf(await stat(localPath, { bigint: true })),
  };
  const method = submissionTool(
    {
      connections,
      path: '/upload',
      headers: () => ({ 'X-Session-Token': 'secret-token' }),
      fields: (value) => [{ name: 'filePath', value }],
      fileField: 'files',
      async *list() {
        yield* listed;
      },
      refusal: (status, text, retryAfter) =>
        refusalTrouble(
          { status, words: text, verdict: text.startsWith('log:'), retryAfter },
          connections.host,
        ),
      largestFile: null,
    },
    { ...patientPolicy, stallMs: 2000, ...policy },
  );
  return method
    .open()
    .send(file, { signal: new AbortController().signal, onBytes: () => {}, onSaving: () => {}, ...options });
}

const drained = (request: IncomingMessage) =>
  new Promise<Buffer>((resolve) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => resolve(Buffer.concat(pieces)));
  });

describe('one upload request', () => {
  it('has the folder in a part of its own, the base name only on the file, and its length told', async () => {
    let seen: { head: IncomingMessage['headers']; body: Buffer; url: string } | undefined;
    handler = async (request, response) => {
      seen = { head: request.headers, body: await drained(request), url: request.url ?? '' };
      response.end();
    };
    expect((await send(10)).answer).toBe('answered 200');
    expect(seen?.url).toBe('/api/upload');
    expect(seen?.head['x-session-token']).toBe('secret-token');
    expect(Number(seen?.head['content-length'])).toBe(seen?.body.byteLength);
    expect(seen?.head['transfer-encoding']).toBeUndefined();
    const text = seen?.body.toString('latin1') ?? '';
    expect(text).toMatch(/name="filePath"\r\n\r\ndeep\/er\r\n--/);
    expect(text).toContain('name="files"; filename="x.tif"\r\n');
    expect(text.indexOf('filePath')).toBeLessThan(text.indexOf('name="files"'));
  });

  it('stops sending when the archive refuses before it has read the file', async () => {
    handler = (_request, response) => {
      response.writeHead(401, { Connection: 'close' });
      response.end('log: no');
    };
    await expect(send(30_000_000)).rejects.toMatchObject({ kind: expect.stringMatching(/stop|retry/) });
  });

  it('does not take an answer that comes too early for a success', async () => {
    handler = (_request, response) => response.writeHead(200).end();
    await expect(send(60_000_000)).rejects.toMatchObject({ kind: 'retry' });
  });

  it('does not read an answer without end', async () => {
    handler = async (request, response) => {
      await drained(request);
      response.writeHead(500).write(Buffer.alloc(8_000_000, 'x'));
    };
    await expect(send(10)).rejects.toMatchObject({ code: 'answer-too-long' });
  });

  it('follows no redirect, for the token would go with it', async () => {
    let asked = 0;
    handler = async (request, response) => {
      asked += 1;
      await drained(request);
      response.writeHead(307, { Location: '/elsewhere' }).end();
    };
    await expect(send(10)).rejects.toMatchObject({ kind: 'stop', code: 'wrong-address' });
    expect(asked).toBe(1);
  });

  it('is given up when the archive saves for longer than it may, and then it is unclear', async () => {
    handler = () => {};
    await expect(send(10, { savingMs: 60, longestSavingMs: 60 })).rejects.toMatchObject({
      code: 'stalled',
      unclear: true,
    });
  });

  it('is over without an answer when the archive lists the whole file twice in a row', async () => {
    handler = (request) => void drained(request);
    let asked = 0;
    const result = await send(10, { askWhileSavingMs: 5 }, { hasArrived: async () => ++asked > 1 });
    expect(result.answer).toContain('no answer came');
    expect(asked).toBe(3);
  });

  it('waits on when the listing cannot be asked meanwhile', async () => {
    handler = async (request, response) => {
      await drained(request);
      setTimeout(() => response.end(), 60);
    };
    const hasArrived = async () => {
      throw new Error('no listing');
    };
    expect((await send(10, { askWhileSavingMs: 5 }, { hasArrived })).answer).toBe('answered 200');
  });

  it('stops while the archive saves, when asked', async () => {
    const stopping = new AbortController();
    handler = async (request) => {
      await drained(request);
      stopping.abort();
    };
    await expect(send(10, {}, { signal: stopping.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('says that no HTTP came back', async () => {
    const odd = createSocketServer((socket) => {
      socket.on('error', () => {});
      socket.resume();
      socket.end('220 ready\r\n');
    });
    await new Promise<void>((resolve) => odd.listen(0, '127.0.0.1', resolve));
    connections.close();
    connections = new Connections(`http://127.0.0.1:${(odd.address() as AddressInfo).port}`);
    await expect(send(10)).rejects.toMatchObject({ kind: 'retry' });
    await new Promise((resolve) => odd.close(resolve));
  });

  it('says that nobody is there', async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await expect(send(10)).rejects.toMatchObject({ kind: 'retry', code: 'network', unclear: false });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
});

describe('the frame of a file', () => {
  it('lets no name break out of its header', () => {
    const { before } = frameFile([], 'files', 'a"\r\nX-Evil: 1\r\n\r\n.tif');
    const [header] = before.toString().split('\r\n\r\n');
    expect(header?.split('\r\n')).toHaveLength(3);
    expect(header).toContain('filename="a%22%0D%0AX-Evil: 1%0D%0A%0D%0A.tif"');
  });

  it('keeps part headers below the limit of servers, or says that the name is too long', () => {
    expect(() => frameFile([], 'files', 'n'.repeat(255))).not.toThrow();
    expect(() => frameFile([], 'files', 'µ'.repeat(250))).toThrow(/too long/);
  });
});
