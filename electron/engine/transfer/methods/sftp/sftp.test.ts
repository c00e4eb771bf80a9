import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { identityOf } from '../../local-file.ts';
import { PART, type PartLog } from '../../part-log.ts';
import { patientPolicy } from '../../retry.ts';
import { conforms } from '../conformance.ts';
import { startLineFaultProxy } from '../test-servers/line-fault-proxy.ts';
import { type SshTestServer, startOpenSsh } from '../test-servers/openssh.ts';
import { sftp } from './sftp.ts';
import type { SftpTarget } from './sftp-target.ts';

const policy = { ...patientPolicy, stallMs: 1500, savingMs: 2000, askWhileSavingMs: 100, answerMs: 10_000 };

const first = await startOpenSsh();
if (typeof first !== 'string') await first.close();

async function started(): Promise<SshTestServer> {
  const server = await startOpenSsh();
  if (typeof server === 'string') throw new Error(server);
  return server;
}

const targetOf = (server: SshTestServer, more: Partial<SftpTarget> = {}): SftpTarget => ({
  host: '127.0.0.1',
  port: server.port,
  user: server.user,
  credentials: { privateKey: server.privateKey },
  hostKey: server.hostKey,
  startFolder: server.folder,
  largestFile: null,
  ...more,
});

if (typeof first === 'string') {
  describe.skip(`SFTP at OpenSSH: ${first}`, () => it('is not tried', () => {}));
} else {
  conforms('SFTP at OpenSSH', async () => {
    const server = await started();
    const proxy = await startLineFaultProxy(server.port);
    return {
      method: sftp(targetOf(server, { port: proxy.port }), policy),
      held: (remotePath) => readFile(path.join(server.folder, remotePath)).catch(() => null),
      order(fault) {
        if (fault === 'bad-gateway') return false;
        proxy.order(fault);
        return true;
      },
      async close() {
        await proxy.close();
        await server.close();
      },
    };
  });

  describe('access to OpenSSH', () => {
    const trial = async (more: Partial<SftpTarget>, server: SshTestServer) => {
      const session = sftp(targetOf(server, more), policy).open();
      try {
        for await (const _ of session.list('', AbortSignal.timeout(10_000)));
        return null;
      } catch (error) {
        return error;
      } finally {
        await session.close();
      }
    };

    it('sends nothing to a server whose key nobody looked at, or that shows another one', async () => {
      const server = await started();
      try {
        expect(await trial({}, server)).toBeNull();
        expect(await trial({ hostKey: null }, server)).toMatchObject({
          code: 'host-key-new',
          why: expect.stringContaining(server.hostKey),
        });
        expect(await trial({ hostKey: `SHA256:${'A'.repeat(43)}` }, server)).toMatchObject({
          kind: 'stop',
          code: 'host-key-changed',
        });
      } finally {
        await server.close();
      }
    });

    it('says of a key that is not let in what it is', async () => {
      const server = await started();
      try {
        expect(await trial({ credentials: { password: 'wrong' } }, server)).toMatchObject({
          kind: 'stop',
          code: 'sftp-sign-in',
        });
      } finally {
        await server.close();
      }
    });

    it('sends again at most one part of each channel, whatever was kept of the parts', async () => {
      const server = await started();
      const folder = await mkdtemp(path.join(tmpdir(), 'slipway-parts-'));
      const session = sftp(targetOf(server), policy).open();
      try {
        const content = randomBytes(9 * PART + 3);
        const localPath = path.join(folder, 'large.bin');
        await writeFile(localPath, content);
        const file = {
          localPath,
          remotePath: 'large.bin',
          ...identityOf(await stat(localPath, { bigint: true })),
        };
        const kept = new Set<number>();
        const log: PartLog = {
          done: () => kept,
          add: (part) => void kept.add(part),
          clear: () => kept.clear(),
        };
        const stopping = new AbortController();
        let first = 0;
        await session
          .send(
            { ...file, parts: log },
            {
              signal: stopping.signal,
              onBytes: (bytes) => {
                first += bytes;
                if (first > 5 * PART) stopping.abort();
              },
              onSaving: () => {},
            },
          )
          .catch(() => {});
        expect(kept.size).toBeGreaterThan(0);
        const before = kept.size;
        let again = 0;
        await session.send(
          { ...file, begun: true, parts: log },
          { signal: new AbortController().signal, onBytes: (bytes) => (again += bytes), onSaving: () => {} },
        );
        expect(again).toBe(content.byteLength - before * PART);
        expect(first - before * PART).toBeLessThanOrEqual(4 * PART);
        expect((await readFile(path.join(server.folder, 'large.bin'))).equals(content)).toBe(true);
      } finally {
        await session.close();
        await server.close();
        await rm(folder, { recursive: true, force: true });
      }
    });
  });
}
