import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { debianProgram } from './debian-program.ts';
import type { FtpTestServer } from './ftp-test-server.ts';
import type { TestCertificate } from './openssl.ts';
import { freePort, startProgram } from './started-program.ts';

/**
 * Starts vsftpd with the shape of an archive's upload host: everybody signs in with one name, the root can neither be
 * listed nor written to, and a folder whose name is the secret takes the files.
 */
export async function startVsftpd(
  certificate: TestCertificate | null,
  more: Readonly<Record<string, string>> = {},
): Promise<FtpTestServer | string> {
  if (process.getuid?.() !== 0) return 'vsftpd needs the rights of root to give them up';
  const program = debianProgram('vsftpd', 'usr/sbin/vsftpd', ['vsftpd', 'libwrap0']);
  if (typeof program === 'string') return program;
  const base = mkdtempSync(path.join(tmpdir(), 'slipway-vsftpd-'));
  const root = path.join(base, 'root');
  const folder = path.join(root, 'secret');
  mkdirSync(folder, { recursive: true });
  mkdirSync(path.join(base, 'empty'));
  chmodSync(base, 0o755);
  chmodSync(root, 0o555);
  chmodSync(folder, 0o777);
  const port = await freePort();
  const settings = {
    listen: 'YES',
    listen_address: '127.0.0.1',
    listen_port: port,
    background: 'NO',
    anonymous_enable: 'YES',
    no_anon_password: 'NO',
    anon_root: root,
    anon_umask: '022',
    write_enable: 'YES',
    anon_upload_enable: 'YES',
    anon_mkdir_write_enable: 'YES',
    anon_other_write_enable: 'YES',
    secure_chroot_dir: path.join(base, 'empty'),
    seccomp_sandbox: 'NO',
    max_per_ip: '0',
    // Name spaces of its own, which containers do not give.
    isolate: 'NO',
    isolate_network: 'NO',
    // One whose home exists, which it insists on.
    ftp_username: 'daemon',
    nopriv_user: 'nobody',
    ...(certificate === null
      ? {}
      : {
          ssl_enable: 'YES',
          allow_anon_ssl: 'YES',
          rsa_cert_file: certificate.certificateFile,
          rsa_private_key_file: certificate.keyFile,
          require_ssl_reuse: 'YES',
          ssl_ciphers: 'HIGH',
        }),
    ...more,
  };
  const file = path.join(base, 'vsftpd.conf');
  writeFileSync(
    file,
    Object.entries(settings)
      .map(([key, value]) => `${key}=${value}\n`)
      .join(''),
  );
  const stop = await startProgram(program, [file], port);
  return {
    port,
    user: 'anonymous',
    password: 'anybody',
    startFolder: '/secret',
    folder,
    async close() {
      await stop();
      rmSync(base, { recursive: true, force: true });
    },
  };
}
