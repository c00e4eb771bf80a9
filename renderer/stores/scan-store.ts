import { create } from 'zustand';
import type { ScanProgress } from '../../shared/contract/walk-calls.ts';
import { type ProblemData, problemOf } from '../../shared/model/problem.ts';
import { scanWords } from '../../shared/rules/scan-words.ts';
import { engine } from '../connection.ts';
import { showToast } from './toast-store.ts';

/** A scan that this window started and that goes on whichever room is open. */
export interface Scan {
  readonly progress: ScanProgress | null;
  readonly stop: () => void;
}

export interface Scans {
  /** By submission. */
  readonly running: Readonly<Record<string, Scan>>;
  readonly problems: Readonly<Record<string, ProblemData>>;
}

export function scanStarted(now: Scans, id: string, stop: () => void): Scans {
  const { [id]: _, ...problems } = now.problems;
  return { running: { ...now.running, [id]: { progress: null, stop } }, problems };
}

export function scanTold(now: Scans, id: string, progress: ScanProgress): Scans {
  const scan = now.running[id];
  return scan ? { ...now, running: { ...now.running, [id]: { ...scan, progress } } } : now;
}

export function scanEnded(now: Scans, id: string, problem: ProblemData | null): Scans {
  const { [id]: _, ...running } = now.running;
  const keep = problem !== null && problem.code !== 'cancelled';
  return { running, problems: keep ? { ...now.problems, [id]: problem } : now.problems };
}

export const useScans = create<Scans>()(() => ({ running: {}, problems: {} }));

/** Looks through all sources of a submission, or one. While one scan runs no second one starts. */
export async function scanSources(id: string, sourceId?: number): Promise<void> {
  if (useScans.getState().running[id]) return;
  const controller = new AbortController();
  useScans.setState((now) => scanStarted(now, id, () => controller.abort()));
  try {
    const input = sourceId === undefined ? { id } : { id, sourceId };
    const result = await engine.call('sources.scan', input, {
      signal: controller.signal,
      onProgress: (progress) => useScans.setState((now) => scanTold(now, id, progress)),
    });
    useScans.setState((now) => scanEnded(now, id, null));
    showToast({ message: 'Looked through the folders.', detail: scanWords(result) });
  } catch (thrown) {
    useScans.setState((now) => scanEnded(now, id, problemOf(thrown)));
  }
}
