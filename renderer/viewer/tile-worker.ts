import '../schemas-without-eval.ts';
import { Problem } from '../../shared/model/problem.ts';
import type { FromWorker, ToWorker } from './tile-messages.ts';
import { TileWorkshop } from './tile-workshop.ts';

// The worker's own globals: this project is compiled for windows, which have other ones.
const scope = globalThis as unknown as {
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
};

let base = '';

// A timer of 0 waits 4 ms once nested; a message to oneself does not.
const bell = new MessageChannel();
const breathers: (() => void)[] = [];
bell.port1.onmessage = () => breathers.shift()?.();
const breathe = () =>
  new Promise<void>((resolve) => {
    breathers.push(resolve);
    bell.port2.postMessage(null);
  });

const workshop = new TileWorkshop({
  async fetchBytes(address, signal) {
    const answer = await fetch(new URL(address, base), { signal }).catch((reason: unknown) => {
      if (signal.aborted) throw reason;
      throw new Problem('engine-gone', 'This part of the image did not come: the engine does not answer.', {
        advice: 'It is asked again as soon as the engine is back.',
      });
    });
    if (answer.ok) return answer.arrayBuffer();
    throw await problemIn(answer);
  },
  async tile(key, { rgba, width, height }) {
    const bitmap = await createImageBitmap(new ImageData(rgba, width, height));
    scope.postMessage({ type: 'tile', key, bitmap }, [bitmap]);
  },
  failed: (key, problem) => scope.postMessage({ type: 'failed', key, problem }),
  breathe,
});

/** The problem that an answer tells: its text is the message and, below it, cause and advice. */
async function problemIn(answer: Response): Promise<Problem> {
  const words = answer.headers.get('content-type')?.startsWith('text/plain') ? await answer.text() : '';
  const [message, ...rest] = words.split('\n').filter((line) => line !== '');
  return new Problem('no-tile', message ?? 'This part of the image could not be read.', {
    cause: rest.join(' ') || `The engine answered ${answer.status}.`,
  });
}

scope.onmessage = ({ data }) => {
  if (data.type === 'start') base = data.base;
  else if (data.type === 'frame') workshop.show(data.frame);
  else if (data.type === 'retry') workshop.retry();
  else scope.postMessage({ type: 'probed', answer: workshop.probe(data.probe) });
};
