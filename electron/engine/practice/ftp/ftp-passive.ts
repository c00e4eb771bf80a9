import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { FtpRefusal } from './ftp-refusal.ts';

/** How long a data connection is waited for. */
const PATIENCE_MS = 10_000;

/** The port a visitor may open its next data connection to. */
export class FtpPassive {
  readonly port: number;
  readonly #server: Server;
  readonly #socket: Promise<Socket>;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.port = port;
    this.#socket = once(server, 'connection', { signal: AbortSignal.timeout(PATIENCE_MS) }).then(
      ([socket]) => socket as Socket,
    );
    this.#socket.catch(() => {});
  }

  static async open(): Promise<FtpPassive> {
    const server = createServer({ pauseOnConnect: true, allowHalfOpen: false });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return new FtpPassive(server, typeof address === 'object' && address !== null ? address.port : 0);
  }

  /** The connection, once it is there. Only one is taken. */
  async connection(): Promise<Socket> {
    try {
      const socket = await this.#socket;
      socket.on('error', () => {});
      return socket;
    } catch {
      throw new FtpRefusal(425, 'Nobody opened the data connection.');
    } finally {
      this.#server.close();
    }
  }

  close(): void {
    this.#server.close();
    this.#socket.then(
      (socket) => socket.destroy(),
      () => {},
    );
  }
}
