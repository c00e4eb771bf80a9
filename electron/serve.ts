import { runCommandLine } from './cli.ts';
import { interruption } from './terminal/interruption.ts';

// The browser entry by itself: `node electron/serve.ts --root DIR --port N`.
process.exitCode = await runCommandLine(['serve', ...process.argv.slice(2)], interruption());
