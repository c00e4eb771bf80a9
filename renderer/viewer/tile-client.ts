import type { ProblemData } from '../../shared/model/problem.ts';
import type { Frame, FromWorker, Probe, ProbeAnswer, ToWorker } from './tile-messages.ts';

export interface TileListeners {
  tile(key: string, bitmap: ImageBitmap): void;
  failed(key: string, problem: ProblemData): void;
  probed(answer: ProbeAnswer): void;
  /** The worker itself ended; nothing more will come. */
  broken(problem: ProblemData): void;
}

/** The window's end of the worker that paints tiles. */
export interface TileClient {
  show(frame: Frame): void;
  probe(probe: Probe): void;
  retry(): void;
  close(): void;
}

/** Starts a worker of its own for one viewer. */
export function startTileClient(listeners: TileListeners): TileClient {
  const worker = new Worker(new URL('./tile-worker.ts', import.meta.url), { type: 'module' });
  const post = (message: ToWorker) => worker.postMessage(message);
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    if (data.type === 'tile') listeners.tile(data.key, data.bitmap);
    else if (data.type === 'failed') listeners.failed(data.key, data.problem);
    else listeners.probed(data.answer);
  };
  worker.onerror = (event) => {
    listeners.broken({
      code: 'viewer-stopped',
      message: 'The part of Slipway that draws images has stopped.',
      cause: event.message || 'It could not be started.',
      advice: 'Leave this room and come back. Your files and what you typed are not touched.',
    });
  };
  post({ type: 'start', base: new URL('.', document.baseURI).href });
  return {
    show: (frame) => post({ type: 'frame', frame }),
    probe: (probe) => post({ type: 'probe', probe }),
    retry: () => post({ type: 'retry' }),
    close: () => worker.terminate(),
  };
}
