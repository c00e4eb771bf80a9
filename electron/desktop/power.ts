import { powerMonitor, powerSaveBlocker } from 'electron';
import type { EngineLink } from './engine-link.ts';

/** Keeps the computer awake while bytes are sent, and tells the engine when it woke up all the same. */
export function watchPower(engine: EngineLink): void {
  let blocker: number | null = null;
  engine.onBusy((busy) => {
    if (busy && blocker === null) blocker = powerSaveBlocker.start('prevent-app-suspension');
    if (!busy && blocker !== null) {
      powerSaveBlocker.stop(blocker);
      blocker = null;
    }
  });
  powerMonitor.on('resume', () => engine.woken());
}
