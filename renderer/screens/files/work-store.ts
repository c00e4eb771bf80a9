import { create } from 'zustand';
import type { CountedProgress } from '../../../shared/contract/call.ts';

/** Something that the Files room does to many files and that takes its time. */
export interface Work {
  readonly what: string;
  readonly progress: CountedProgress | null;
  readonly stop: () => void;
}

export const useWork = create<{ readonly work: Work | null }>()(() => ({ work: null }));

/** What a long call of the contract is given. */
export interface WorkOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: CountedProgress) => void;
}

/** Runs something long: shows that it runs and how far it is, and lets it be stopped. Gives its answer. */
export async function runWork<T>(what: string, run: (options: WorkOptions) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const mine = Symbol(what);
  running = mine;
  useWork.setState({ work: { what, progress: null, stop: () => controller.abort() } });
  try {
    return await run({
      signal: controller.signal,
      onProgress: (progress) =>
        useWork.setState(({ work }) => (running === mine && work ? { work: { ...work, progress } } : {})),
    });
  } finally {
    if (running === mine) useWork.setState({ work: null });
  }
}

let running: symbol | null = null;
