import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'vitest';
import { patientPolicy } from '../../retry.ts';
import { conforms } from '../conformance.ts';
import { startFtpFaultProxy } from '../test-servers/ftp-fault-proxy.ts';
import type { FtpTestServer } from '../test-servers/ftp-test-server.ts';
import { type TestCertificate, testCertificate } from '../test-servers/openssl.ts';
import { startProftpd } from '../test-servers/proftpd.ts';
import { startVsftpd } from '../test-servers/vsftpd.ts';
import { ftp } from './ftp.ts';

const policy = { ...patientPolicy, stallMs: 700, savingMs: 2000, askWhileSavingMs: 100, answerMs: 10_000 };
const certificate = testCertificate();

type Start = (certificate: TestCertificate | null) => Promise<FtpTestServer | string>;

for (const [name, start] of [
  ['vsftpd', startVsftpd],
  ['ProFTPD', startProftpd],
] as const satisfies readonly (readonly [string, Start])[]) {
  // Tried once: a server that cannot be had here skips its tests and says why.
  const first = await start(null);
  if (typeof first === 'string') {
    describe.skip(`FTP at ${name}: ${first}`, () => it('is not tried', () => {}));
    continue;
  }
  await first.close();

  conforms(`FTP at ${name}`, async () => {
    const server = await started(start, null);
    const proxy = await startFtpFaultProxy(server.port);
    return {
      method: ftp(
        { ...server, host: '127.0.0.1', port: proxy.port, encryption: 'if-offered', largestFile: null },
        policy,
      ),
      held: (remotePath) => readFile(path.join(server.folder, remotePath)).catch(() => null),
      order(fault) {
        proxy.order(fault);
        return true;
      },
      async close() {
        await proxy.close();
        await server.close();
      },
    };
  });

  if (typeof certificate === 'string') {
    describe.skip(`FTP over TLS at ${name}: ${certificate}`, () => it('is not tried', () => {}));
    continue;
  }
  conforms(`FTP over TLS at ${name}`, async () => {
    const server = await started(start, certificate);
    return {
      method: ftp(
        {
          ...server,
          host: '127.0.0.1',
          encryption: 'required',
          certificates: [certificate.certificate],
          largestFile: null,
        },
        policy,
      ),
      held: (remotePath) => readFile(path.join(server.folder, remotePath)).catch(() => null),
      order: () => false,
      close: server.close,
    };
  });
}

async function started(start: Start, withCertificate: TestCertificate | null): Promise<FtpTestServer> {
  const server = await start(withCertificate);
  if (typeof server === 'string') throw new Error(server);
  return server;
}
