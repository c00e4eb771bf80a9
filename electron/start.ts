import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildDesktop, buildWindow } from './build.ts';
import { runCommandLine } from './cli.ts';
import { installationFolder } from './installation.ts';
import { interruption } from './terminal/interruption.ts';

const electronFolder = join(installationFolder(), 'node_modules', 'electron');

/** The Electron program where its package puts it; null when it is not there. Importing the package would fetch it. */
function electronProgram(): string | null {
  try {
    const name = readFileSync(join(electronFolder, 'path.txt'), 'utf8').trim();
    const program = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(electronFolder, 'dist'), name);
    return existsSync(program) ? program : null;
  } catch {
    return null;
  }
}

/** Electron's package fetches its program on first use; with no way to its server this ends quickly and quietly. */
function fetchElectron(): void {
  const install = join(electronFolder, 'install.js');
  if (!existsSync(install)) return;
  console.log('Fetching the Electron program, once…');
  spawnSync(process.execPath, [install], { stdio: 'ignore', timeout: 300_000 });
}

function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** `npm start`: the desktop window where it can open, else the browser entry with its address. */
async function start(argv: readonly string[]): Promise<number> {
  await buildWindow();
  if (hasDisplay() && electronProgram() === null) fetchElectron();
  const program = hasDisplay() ? electronProgram() : null;
  if (program !== null) {
    await buildDesktop();
    const child = spawn(program, [installationFolder(), ...argv], { stdio: 'inherit' });
    return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
  }
  const why = hasDisplay() ? 'the Electron program is not installed here' : 'there is no display';
  console.log(`Opening in the browser instead of a desktop window: ${why}.`);
  return runCommandLine(['serve', ...argv], interruption());
}

process.exitCode = await start(process.argv.slice(2));
