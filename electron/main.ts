import { fileURLToPath } from 'node:url';
import { runDesktop } from './desktop/run-desktop.ts';
import { rendererFolder, slipwayHome } from './installation.ts';

void runDesktop({
  program: fileURLToPath(new URL('.', import.meta.url)),
  renderer: rendererFolder(),
  home: slipwayHome(),
});
