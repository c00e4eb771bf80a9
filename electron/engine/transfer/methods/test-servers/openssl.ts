import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A certificate for 127.0.0.1 that only its own test trusts. */
export interface TestCertificate {
  readonly certificateFile: string;
  readonly keyFile: string;
  /** PEM. */
  readonly certificate: string;
}

let made: TestCertificate | string | null = null;

/** Makes the certificate once; or says why it cannot be had. */
export function testCertificate(): TestCertificate | string {
  made ??= make();
  return made;
}

function make(): TestCertificate | string {
  const folder = mkdtempSync(path.join(tmpdir(), 'slipway-certificate-'));
  const certificateFile = path.join(folder, 'certificate.pem');
  const keyFile = path.join(folder, 'key.pem');
  const subject = ['-subj', '/CN=slipway test', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
  const output = openssl([
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    ...subject,
    '-keyout',
    keyFile,
    '-out',
    certificateFile,
  ]);
  if (output === null) return 'there is no openssl to make a certificate with';
  return { certificateFile, keyFile, certificate: readFileSync(certificateFile, 'utf8') };
}

/** A password as crypt(3) keeps it; null when there is no openssl. */
export function cryptPassword(password: string): string | null {
  return openssl(['passwd', '-6', password])?.trim() ?? null;
}

function openssl(args: readonly string[]): string | null {
  const { status, stdout } = spawnSync('openssl', args, { encoding: 'utf8' });
  return status === 0 ? stdout : null;
}
