import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { installationFolder } from './installation.ts';

const root = installationFolder();
const dist = join(root, 'dist');

/** Builds the window into dist/renderer. */
export async function buildWindow(): Promise<void> {
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'error' });
}

/**
 * Builds what the desktop program runs: the Node side compiled file by file (so that migrations and child
 * processes are found beside their modules as in the sources), and the preload as one CommonJS file, the only
 * form a sandboxed preload may have.
 */
export async function buildDesktop(): Promise<void> {
  for (const folder of ['electron', 'shared']) rmSync(join(dist, folder), { recursive: true, force: true });
  execFileSync(
    process.execPath,
    [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', join(root, 'tsconfig.build.json')],
    {
      stdio: 'inherit',
    },
  );
  const migrations = join('electron', 'engine', 'library', 'migrations');
  cpSync(join(root, migrations), join(dist, migrations), { recursive: true });
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: join(dist, 'electron'),
      emptyOutDir: false,
      target: 'node24',
      lib: { entry: join(root, 'electron', 'preload.ts'), formats: ['cjs'], fileName: () => 'preload.cjs' },
      rolldownOptions: { external: ['electron'] },
    },
  });
}

if (import.meta.main) {
  await buildWindow();
  await buildDesktop();
}
