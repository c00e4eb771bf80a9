import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../../shared/model/problem.ts';
import { installationFolder, rendererFolder } from '../installation.ts';

/** The folder of the built window. In a checkout it is built when it is missing; a packaged Slipway carries it. */
export async function builtWindow(): Promise<string> {
  const folder = rendererFolder();
  const index = join(folder, 'index.html');
  if (existsSync(index)) return folder;
  try {
    const { build } = await import('vite');
    await build({ configFile: join(installationFolder(), 'vite.config.ts'), logLevel: 'error' });
  } catch (error) {
    throw new Problem('window-not-built', 'The window has not been built and could not be built now.', {
      cause: error instanceof Error ? error.message : String(error),
      advice: 'In a checkout, run: npm ci && npm start',
    });
  }
  return folder;
}
