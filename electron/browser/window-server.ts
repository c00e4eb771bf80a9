import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { WebSocketServer } from 'ws';
import { parseContentAddress } from '../../shared/contract/content.ts';
import { Problem } from '../../shared/model/problem.ts';
import { contentLength, discardContent, openContent } from '../content-file.ts';
import type { Engine } from '../engine/engine.ts';
import { Access } from './access.ts';
import { readWindowFile, securityHeaders } from './static-files.ts';
import { websocketPort } from './websocket-port.ts';

export interface WindowServer {
  /** Address of the next window, with its one-time token. */
  address(): string;
  readonly port: number;
  close(): Promise<void>;
}

export interface WindowServerOptions {
  readonly engine: Engine;
  /** The built window. */
  readonly rendererFolder: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Called when a token was used, with the address for one more window. */
  readonly onWindow?: (nextAddress: string) => void;
}

/** Serves the window to browsers on this computer: loopback only, one-time token, Host and Origin checked. */
export async function startWindowServer(options: WindowServerOptions): Promise<WindowServer> {
  const access = new Access();
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 8 * 1024 * 1024 });

  const address = () => `http://127.0.0.1:${portOf(server)}/?token=${access.token}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (!access.isFromHere(request))
      return refuse(response, 403, 'This address answers to this computer only.');
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return refuse(response, 405, 'Only reading is possible here.');
    const token = url.searchParams.get('token');
    if (url.pathname === '/' && token !== null && !access.hasSession(request)) {
      const cookie = access.redeem(token);
      if (cookie === null)
        return refuse(response, 403, 'This link was used before. Slipway prints a new one in its terminal.');
      response
        .writeHead(302, {
          ...securityHeaders,
          Location: '/',
          'Set-Cookie': cookie,
          'Cache-Control': 'no-store',
        })
        .end();
      options.onWindow?.(address());
      return;
    }
    if (!access.hasSession(request))
      return refuse(response, 403, 'Open Slipway with the address it printed in its terminal.');
    const content = parseContentAddress(url.pathname, url.search);
    if (content) {
      const gone = new AbortController();
      response.on('close', () => gone.abort());
      const result = await options.engine.content(content, gone.signal);
      if (response.destroyed) return discardContent(result);
      response.writeHead(result.status === 499 ? 404 : result.status, {
        ...securityHeaders,
        'Content-Type': result.type,
        'Content-Length': await contentLength(result),
        'Cache-Control': 'no-store',
        ...(result.fileName === undefined ? {} : { 'Content-Disposition': attachment(result.fileName) }),
      });
      if (request.method !== 'HEAD') await pipeline(openContent(result), response);
      else {
        response.end();
        await discardContent(result);
      }
      return;
    }
    const file = await readWindowFile(options.rendererFolder, url.pathname);
    if (!file) return refuse(response, 404, 'There is nothing at this address.');
    response.writeHead(200, { ...securityHeaders, 'Content-Type': file.type, 'Cache-Control': 'no-cache' });
    response.end(request.method === 'HEAD' ? undefined : file.body);
  }

  server.on('upgrade', (request, socket, head) => {
    const wanted = new URL(request.url ?? '/', 'http://127.0.0.1').pathname === '/engine';
    // A browser always names its origin on a WebSocket; no origin means it is no browser window of ours.
    if (
      !wanted ||
      request.headers.origin === undefined ||
      !access.isFromHere(request) ||
      !access.hasSession(request)
    ) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      options.engine.connect(websocketPort(webSocket), 'window');
    });
  });

  await listen(server, options.port);
  return {
    address,
    get port() {
      return portOf(server);
    },
    async close() {
      for (const client of sockets.clients) client.terminate();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

/** RFC 6266: a plain name for old readers, the true one percent-encoded. */
function attachment(fileName: string): string {
  const plain = fileName.replace(/[^\w.\- ]/g, '_');
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(fileName)}`;
}

function refuse(response: ServerResponse, status: number, words: string): void {
  response
    .writeHead(status, { ...securityHeaders, 'Content-Type': 'text/plain; charset=utf-8' })
    .end(`${words}\n`);
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Problem('port-taken', `Port ${port} is taken by another program.`, {
              advice: 'Choose another with --port, or 0 for any free one.',
            })
          : error,
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}
