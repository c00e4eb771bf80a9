import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identityOf } from '../../local-file.ts';
import type { OutgoingFile } from '../../method.ts';
import { patientPolicy } from '../../retry.ts';
import { Trouble } from '../../trouble.ts';
import type { FtpTestServer } from '../test-servers/ftp-test-server.ts';
import { testCertificate } from '../test-servers/openssl.ts';
import { startProftpd } from '../test-servers/proftpd.ts';
import { startVsftpd } from '../test-servers/vsftpd.ts';
import { ftp } from './ftp.ts';
import type { FtpTarget } from './ftp-target.ts';

const policy = { ...patientPolicy, answerMs: 10_000 };
const certificate = testCertificate();
const vsftpd = await start(() => startVsftpd(null));
const proftpd = await start(() => startProftpd(typeof certificate === 'string' ? null : certificate));

async function start(begin: () => Promise<FtpTestServer | string>): Promise<string | null> {
  const server = await begin();
  if (typeof server === 'string') return server;
  await server.close();
  return null;
}

let folder: string;
let server: FtpTestServer | null = null;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'slipway-ftp-'));
});
afterEach(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

async function run(begin: () => Promise<FtpTestServer | string>): Promise<FtpTestServer> {
  const one = await begin();
  if (typeof one === 'string') throw new Error(one);
  server = one;
  return one;
}

async function outgoing(remotePath: string, size = 2000): Promise<OutgoingFile> {
  const localPath = path.join(folder, randomBytes(6).toString('hex'));
  await writeFile(localPath, randomBytes(size));
  return { localPath, remotePath, ...identityOf(await stat(localPath, { bigint: true })) };
}

const targetOf = (at: FtpTestServer, more: Partial<FtpTarget> = {}): FtpTarget => ({
  ...at,
  host: '127.0.0.1',
  encryption: 'if-offered',
  largestFile: null,
  ...more,
});

async function send(target: FtpTarget, file: OutgoingFile) {
  const session = ftp(target, policy).open();
  try {
    return await session.send(file, {
      signal: new AbortController().signal,
      onBytes: () => {},
      onSaving: () => {},
    });
  } finally {
    await session.close();
  }
}

async function trouble(sending: Promise<unknown>): Promise<Trouble> {
  const thrown = await sending.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(thrown instanceof Trouble)) throw new Error(`Not a trouble: ${String(thrown)}`);
  return thrown;
}

describe.skipIf(vsftpd !== null)(`access to vsftpd${vsftpd === null ? '' : `: ${vsftpd}`}`, () => {
  it('says nothing of the account where encryption is asked for and not offered', async () => {
    const at = await run(() => startVsftpd(null));
    const file = await outgoing('x.tif');
    const said = await trouble(send(targetOf(at, { encryption: 'required' }), file));
    expect(said).toMatchObject({ kind: 'stop', code: 'no-encryption' });
    expect(said.advice).toContain('plain FTP');
  });

  it('makes do with fewer connections than it would like', async () => {
    const at = await run(() => startVsftpd(null, { max_clients: '2' }));
    const session = ftp(targetOf(at), policy).open();
    const files = await Promise.all(Array.from({ length: 6 }, (_, n) => outgoing(`few/${n}.tif`, 40_000)));
    const sent = await Promise.all(
      files.map((file) =>
        session.send(file, { signal: new AbortController().signal, onBytes: () => {}, onSaving: () => {} }),
      ),
    );
    expect(sent).toHaveLength(6);
    await session.close();
  });

  it('does not let a name begin another command', async () => {
    const at = await run(() => startVsftpd(null));
    const file = await outgoing('a\r\nDELE b.tif');
    expect(await trouble(send(targetOf(at), file))).toMatchObject({ kind: 'file', code: 'refused' });
  });

  it('calls a folder that may not be written to by its name', async () => {
    const at = await run(() => startVsftpd(null));
    const said = await trouble(send(targetOf(at, { startFolder: '/' }), await outgoing('x.tif')));
    expect(said).toMatchObject({ kind: 'file', code: 'refused' });
  });
});

describe.skipIf(proftpd !== null)(`access to ProFTPD${proftpd === null ? '' : `: ${proftpd}`}`, () => {
  it('stops at a password that is wrong', async () => {
    const at = await run(() => startProftpd(null));
    const said = await trouble(send(targetOf(at, { password: 'wrong' }), await outgoing('x.tif')));
    expect(said).toMatchObject({ kind: 'stop', code: 'ftp-sign-in' });
    expect(`${said.message} ${said.why} ${said.advice}`).not.toContain('wrong"');
  });

  it("compares the server's own hash with that of what was sent", async () => {
    const at = await run(() => startProftpd(null));
    const { proof } = await send(targetOf(at), await outgoing('with a hash.tif'));
    expect(proof).toBe("the server's SHA-256 is the same");
  });

  it.skipIf(typeof certificate === 'string')(
    'sends nothing to a server that cannot show who it is',
    async () => {
      if (typeof certificate === 'string') return;
      const at = await run(() => startProftpd(certificate));
      const said = await trouble(send(targetOf(at, { encryption: 'required' }), await outgoing('x.tif')));
      expect(said).toMatchObject({ kind: 'stop', code: 'certificate' });
      // Nor where plain FTP would do: a broken promise of encryption is not the same as none.
      const other = await trouble(send(targetOf(at), await outgoing('x.tif')));
      expect(other).toMatchObject({ kind: 'stop', code: 'certificate' });
    },
  );
});
