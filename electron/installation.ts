import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The version in package.json, which lies one folder up in the sources and two up when built. */
export function slipwayVersion(): string {
  return String(manifest().version ?? '0');
}

/** Where submissions, the practice archive and sample data are kept: SLIPWAY_HOME, else `Slipway` in the home folder. */
export function slipwayHome(): string {
  return resolve(process.env.SLIPWAY_HOME || join(homedir(), 'Slipway'));
}

/** The project or the packaged app: the folder of package.json. */
export function installationFolder(): string {
  const here = fileURLToPath(new URL('.', import.meta.url));
  return isBuilt() ? resolve(here, '..', '..') : resolve(here, '..');
}

/** The built window. */
export function rendererFolder(): string {
  return join(installationFolder(), 'dist', 'renderer');
}

/** True when this code runs compiled from dist/ and not from its sources. */
export function isBuilt(): boolean {
  return import.meta.url.endsWith('.js');
}

function manifest(): { version?: unknown } {
  return JSON.parse(readFileSync(join(installationFolder(), 'package.json'), 'utf8')) as {
    version?: unknown;
  };
}
