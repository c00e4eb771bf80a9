import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

/** A program of a Debian package that lies unpacked in a folder of its own, and how to start it there. */
export interface DebianProgram {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

const cache = path.resolve(import.meta.dirname, '../../../../../node_modules/.cache/debian');

/**
 * Fetches a server for tests from Debian and unpacks it beside the project: nothing is installed, no service starts,
 * and packages that exclude each other can be tried side by side.
 * @param name of the folder; `program` lies below it as in the package, `packages` are those it needs
 * @returns the program, or why it cannot be had here
 */
export function debianProgram(
  name: string,
  program: string,
  packages: readonly string[],
): DebianProgram | string {
  if (process.platform !== 'linux') return `${name} is fetched from Debian, and this is ${process.platform}`;
  const folder = path.join(cache, name);
  if (!existsSync(path.join(folder, program))) {
    const trouble = unpack(folder, packages);
    if (trouble !== null) return `${name} could not be fetched from Debian: ${trouble}`;
  }
  const libraries = libraryFolders(folder).join(':');
  return {
    path: path.join(folder, program),
    env: { PATH: process.env.PATH ?? '/usr/sbin:/usr/bin:/sbin:/bin', LD_LIBRARY_PATH: libraries },
  };
}

/** Unpacks beside and renames at the end, so that half a folder is never taken for a whole one. */
function unpack(folder: string, packages: readonly string[]): string | null {
  const beside = `${folder}.${process.pid}`;
  mkdirSync(path.join(beside, 'packages'), { recursive: true });
  try {
    const fetched =
      run('apt-get', ['download', '-qq', ...packages], path.join(beside, 'packages')) === null ||
      (process.getuid?.() === 0 &&
        run('apt-get', ['update', '-qq'], beside) === null &&
        run('apt-get', ['download', '-qq', ...packages], path.join(beside, 'packages')) === null);
    if (!fetched) return 'apt-get download failed';
    for (const name of readdirSync(path.join(beside, 'packages'))) {
      const trouble = run('dpkg-deb', ['-x', path.join('packages', name), '.'], beside);
      if (trouble !== null) return trouble;
    }
    // Another test may have been faster, and runs it already.
    if (!existsSync(folder)) renameSync(beside, folder);
    return null;
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

function run(command: string, args: readonly string[], cwd: string): string | null {
  const { status, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', timeout: 40_000 });
  if (error) return error.message;
  return status === 0 ? null : stderr.trim().split('\n').at(-1) || `${command} ended with ${status}`;
}

function libraryFolders(folder: string): string[] {
  return ['lib', 'usr/lib'].flatMap((part) => {
    const base = path.join(folder, part);
    if (!existsSync(base)) return [];
    return [
      base,
      ...readdirSync(base, { withFileTypes: true })
        .filter((one) => one.isDirectory())
        .map((one) => path.join(base, one.name)),
    ];
  });
}
