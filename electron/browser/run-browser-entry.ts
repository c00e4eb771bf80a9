import { createEngine } from '../engine/engine.ts';
import { nodeDecoderLauncher } from '../engine/pixels/node-decoder-launcher.ts';
import { memorySecretStore } from '../engine/secret-store.ts';
import { slipwayHome, slipwayVersion } from '../installation.ts';
import { builtWindow } from './built-window.ts';
import { startWindowServer } from './window-server.ts';

export interface BrowserEntryOptions {
  /** Folders the window may show and take data from. */
  readonly roots: readonly string[];
  /** 0 for any free port. */
  readonly port: number;
  readonly say: (line: string, address: string) => void;
  /** Ends it: connections are closed, transfers pause, submissions are folded into their files. */
  readonly signal: AbortSignal;
}

/** The browser entry: the same window as the desktop's, for a browser on this computer or at the end of a tunnel. */
export async function runBrowserEntry(options: BrowserEntryOptions): Promise<void> {
  const rendererFolder = await builtWindow();
  const engine = createEngine({
    host: 'browser',
    version: slipwayVersion(),
    home: slipwayHome(),
    roots: options.roots,
    secrets: memorySecretStore(),
    launchDecoder: nodeDecoderLauncher,
  });
  try {
    const server = await startWindowServer({
      engine,
      rendererFolder,
      port: options.port,
      onWindow: (next) => options.say(`For another window: ${next}`, next),
    });
    options.say(`Slipway is open at ${server.address()}`, server.address());
    await new Promise<void>((resolve) => {
      if (options.signal.aborted) resolve();
      options.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await server.close();
  } finally {
    await engine.close();
  }
}
