import { createHash } from 'node:crypto';
import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import ssh2 from 'ssh2';
import { debianProgram } from './debian-program.ts';
import { freePort, startProgram } from './started-program.ts';

/** An OpenSSH server that runs for a test. */
export interface SshTestServer {
  readonly port: number;
  readonly user: string;
  readonly privateKey: string;
  /** As OpenSSH shows it. */
  readonly hostKey: string;
  /** The folder that takes files, also as a path of the server. */
  readonly folder: string;
  close(): Promise<void>;
}

/** Debian's user of nothing, for a server that is started by root: as root it would want a user of its own. */
const NOBODY = { uid: 65534, gid: 65534, name: 'nobody' };

/** Starts OpenSSH's sshd with its own SFTP server; the user it runs as signs in with a key. */
export async function startOpenSsh(): Promise<SshTestServer | string> {
  const program = debianProgram('openssh', 'usr/sbin/sshd', ['openssh-server', 'libwrap0']);
  if (typeof program === 'string') return program;
  const base = mkdtempSync(path.join(tmpdir(), 'slipway-sshd-'));
  const folder = path.join(base, 'in box');
  mkdirSync(folder);
  const asRoot = process.getuid?.() === 0;
  const user = asRoot ? NOBODY.name : userInfo().username;
  const host = ssh2.utils.generateKeyPairSync('ed25519');
  const person = ssh2.utils.generateKeyPairSync('ed25519');
  const keep = (name: string, text: string) => {
    const file = path.join(base, name);
    writeFileSync(file, text, { mode: 0o600 });
    if (asRoot) chownSync(file, NOBODY.uid, NOBODY.gid);
    return file;
  };
  const port = await freePort();
  const settings = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${keep('host-key', host.private)}`,
    `AuthorizedKeysFile ${keep('authorized-keys', `${person.public}\n`)}`,
    'StrictModes no',
    // Without it a user that has no password counts as locked.
    'UsePAM yes',
    'PasswordAuthentication no',
    'MaxStartups 100',
    'UseDNS no',
    'PidFile none',
    'Subsystem sftp internal-sftp',
  ];
  const file = keep('sshd.conf', settings.map((line) => `${line}\n`).join(''));
  if (asRoot) for (const one of [base, folder]) chownSync(one, NOBODY.uid, NOBODY.gid);
  const stop = await startProgram(program, ['-D', '-e', '-f', file], port, asRoot ? NOBODY : {});
  const blob = Buffer.from(host.public.split(' ')[1] ?? '', 'base64');
  return {
    port,
    user,
    privateKey: person.private,
    hostKey: `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`,
    folder,
    async close() {
      await stop();
      rmSync(base, { recursive: true, force: true });
    },
  };
}
