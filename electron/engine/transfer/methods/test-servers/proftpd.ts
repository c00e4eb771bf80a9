import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { debianProgram } from './debian-program.ts';
import type { FtpTestServer } from './ftp-test-server.ts';
import { cryptPassword, type TestCertificate } from './openssl.ts';
import { freePort, startProgram } from './started-program.ts';

const packages = [
  'proftpd-core',
  'proftpd-mod-crypto',
  'libhiredis0.14',
  'libmemcached11',
  'libmemcachedutil2',
  'libpcre2-posix3',
  'libhashkit2',
];

/** Starts ProFTPD: MLSD listings, REST and APPE, hashes of files it holds, TLS when a certificate is given. */
export async function startProftpd(certificate: TestCertificate | null): Promise<FtpTestServer | string> {
  if (process.getuid?.() !== 0) return 'ProFTPD needs the rights of root to close its root';
  const program = debianProgram('proftpd', 'usr/sbin/proftpd', packages);
  if (typeof program === 'string') return program;
  const password = cryptPassword('practice');
  if (password === null) return 'there is no openssl to keep a password with';
  const base = mkdtempSync(path.join(tmpdir(), 'slipway-proftpd-'));
  const root = path.join(base, 'root');
  const folder = path.join(root, 'in box');
  mkdirSync(folder, { recursive: true });
  for (const one of [base, root]) chmodSync(one, 0o755);
  chmodSync(folder, 0o777);
  writeFileSync(path.join(base, 'users'), `archive:${password}:65534:65534::${root}:/bin/sh\n`, {
    mode: 0o600,
  });
  const port = await freePort();
  const modules = path.resolve(path.dirname(program.path), '../lib/proftpd');
  const settings = [
    `ModulePath ${modules}`,
    'LoadModule mod_digest.c',
    ...(certificate === null ? [] : ['LoadModule mod_tls.c']),
    'ServerType standalone',
    'DefaultServer on',
    'UseIPv6 off',
    'UseReverseDNS off',
    'DefaultAddress 127.0.0.1',
    `Port ${port}`,
    'User nobody',
    'Group nogroup',
    'AuthOrder mod_auth_file.c',
    `AuthUserFile ${path.join(base, 'users')}`,
    'RequireValidShell off',
    'DefaultRoot ~',
    'AllowOverwrite on',
    'AllowStoreRestart on',
    'Umask 022',
    'WtmpLog off',
    `PidFile ${path.join(base, 'pid')}`,
    `ScoreboardFile ${path.join(base, 'scoreboard')}`,
    `DelayTable none`,
    'DelayEngine off',
    'TimeoutIdle 600',
    `SystemLog ${path.join(base, 'log')}`,
    'DigestAlgorithms sha256',
    ...(certificate === null
      ? []
      : [
          'TLSEngine on',
          `TLSRSACertificateFile ${certificate.certificateFile}`,
          `TLSRSACertificateKeyFile ${certificate.keyFile}`,
          'TLSRequired off',
          `TLSLog ${path.join(base, 'tls-log')}`,
        ]),
  ];
  const file = path.join(base, 'proftpd.conf');
  writeFileSync(file, settings.map((line) => `${line}\n`).join(''));
  const stop = await startProgram(program, ['-n', '-q', '-c', file], port);
  return {
    port,
    user: 'archive',
    password: 'practice',
    startFolder: '/in box',
    folder,
    async close() {
      await stop();
      rmSync(base, { recursive: true, force: true });
    },
  };
}
