import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Makes sure that a program to be compared with is there: installs its Debian package when it is missing and this
 * runs as root. Throws, with what to do, when it cannot be had.
 */
export function ensurePeer(program: string, debianPackage: string): void {
  if (isInstalled(program)) return;
  if (process.getuid?.() !== 0) {
    throw new Error(
      `${program} is not installed. Install it (apt-get install ${debianPackage}) and try again.`,
    );
  }
  const install = () =>
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', debianPackage], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      encoding: 'utf8',
    });
  let run = install();
  if (run.status !== 0) {
    spawnSync('apt-get', ['update', '-qq']);
    run = install();
  }
  if (!isInstalled(program)) throw new Error(`${debianPackage} could not be installed.\n${run.stderr ?? ''}`);
}

function isInstalled(program: string): boolean {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
