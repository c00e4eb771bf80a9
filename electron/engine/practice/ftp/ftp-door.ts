import { createServer, type Socket } from 'node:net';
import type { Archive } from '../archive.ts';
import { FtpVisitor } from './ftp-visitor.ts';

/** Where the practice archive takes files by FTP. */
export interface FtpDoor {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Opens the archive's FTP door on loopback. As at the BioImage Archive everybody signs in with one name, the root
 * can neither be listed nor written to, and the files of a person lie in a folder whose name is that person's secret.
 * It has no encryption: nothing that passes leaves this computer.
 * @param secret of the person, a path such as `4a/b3-a116`
 */
export async function openFtpDoor(archive: Archive, secret: string): Promise<FtpDoor> {
  const sockets = new Set<Socket>();
  const serving = new Set<Promise<void>>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    const visit = new FtpVisitor(socket, archive, secret).serve();
    serving.add(visit);
    void visit.finally(() => serving.delete(visit));
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return {
    port,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
      await Promise.allSettled(serving);
    },
  };
}
