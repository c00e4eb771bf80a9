import { connect, createServer, type Server, type Socket } from 'node:net';

export type FtpFault = 'cut' | 'stall' | 'bad-gateway';

/** Bytes of a data connection that come through before the fault. */
const BEFORE_FAULT = 1_000_000;

/** A stretch of bad line before an FTP server: control and data connections go through it. Plain FTP only. */
export interface FtpFaultProxy {
  readonly port: number;
  /** For the next upload: break the data connection, let it hang, or lose the server's word that it has the file. */
  order(fault: FtpFault): void;
  close(): Promise<void>;
}

/** Starts one before the server at a port of the loopback address. */
export async function startFtpFaultProxy(serverPort: number): Promise<FtpFaultProxy> {
  const line = new FaultyLine(serverPort);
  const server = createServer((client) => line.control(client));
  const port = await line.listen(server);
  return {
    port,
    order: (fault) => {
      line.fault = fault;
    },
    close: () => line.close(),
  };
}

class FaultyLine {
  fault: FtpFault | null = null;
  readonly #serverPort: number;
  readonly #servers = new Set<Server>();
  readonly #sockets = new Set<Socket>();

  constructor(serverPort: number) {
    this.#serverPort = serverPort;
  }

  listen(server: Server): Promise<number> {
    this.#servers.add(server);
    return new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  }

  control(client: Socket): void {
    const server = this.#join(client, this.#serverPort);
    client.pipe(server);
    let rest = '';
    let turn = Promise.resolve();
    server.on('data', (bytes: Buffer) => {
      rest += bytes.toString('latin1');
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) turn = turn.then(() => this.#pass(`${line}\n`, client));
    });
  }

  /** One line of the server's answers: ports of data connections become those of a proxy in between. */
  async #pass(line: string, client: Socket): Promise<void> {
    if (line.startsWith('226') && this.fault === 'bad-gateway') {
      this.fault = null;
      client.destroy();
      return;
    }
    const extended = /^229 .*\(\|\|\|(\d+)\|\)/.exec(line);
    if (extended) {
      const port = await this.#dataPort(Number(extended[1]));
      line = `229 Entering Extended Passive Mode (|||${port}|)\r\n`;
    }
    client.write(line, 'latin1');
  }

  #dataPort(port: number): Promise<number> {
    const listener = createServer((client) => {
      listener.close();
      this.#data(client, port);
    });
    return this.listen(listener);
  }

  #data(client: Socket, port: number): void {
    const server = this.#join(client, port);
    server.pipe(client);
    let passed = 0;
    client.on('data', (bytes: Buffer) => {
      passed += bytes.byteLength;
      if (passed > BEFORE_FAULT && this.fault === 'cut') {
        this.fault = null;
        client.resetAndDestroy();
        server.end();
      } else if (passed > BEFORE_FAULT && this.fault === 'stall') {
        this.fault = null;
        client.pause();
      } else if (!server.write(bytes)) {
        client.pause();
        server.once('drain', () => client.resume());
      }
    });
    client.on('end', () => server.end());
  }

  #join(client: Socket, port: number): Socket {
    const server = connect(port, '127.0.0.1');
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.#sockets.delete(one);
        other.destroySoon();
      });
    }
    return server;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all([...this.#servers].map((server) => new Promise((resolve) => server.close(resolve))));
  }
}
