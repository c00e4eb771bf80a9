import { create } from 'zustand';
import type { CountedProgress } from '../../../shared/contract/call.ts';
import { type ProblemData, problemOf } from '../../../shared/model/problem.ts';
import { engine } from '../../connection.ts';

/** A check that runs or has run in this window. It goes on while other rooms are looked at. */
export interface CheckRun {
  readonly running: boolean;
  readonly progress: CountedProgress | null;
  /** Why the last one ended early; the code is `cancelled` when a person stopped it. */
  readonly problem: ProblemData | null;
  /** How long the last whole one took, in milliseconds. */
  readonly took: number | null;
}

export const noRun: CheckRun = { running: false, progress: null, problem: null, took: null };

const useRuns = create<{ readonly runs: Readonly<Record<string, CheckRun>> }>()(() => ({ runs: {} }));
const controllers = new Map<string, AbortController>();

function update(id: string, change: Partial<CheckRun>): void {
  useRuns.setState(({ runs }) => ({ runs: { ...runs, [id]: { ...(runs[id] ?? noRun), ...change } } }));
}

export function useCheckRun(id: string): CheckRun {
  return useRuns(({ runs }) => runs[id]) ?? noRun;
}

/** Starts a check unless one runs. How it ends is told by {@link useCheckRun}. */
export async function startCheck(id: string): Promise<void> {
  if (controllers.has(id)) return;
  const controller = new AbortController();
  controllers.set(id, controller);
  update(id, { running: true, progress: null, problem: null });
  const started = performance.now();
  try {
    await engine.call(
      'check.run',
      { id },
      { signal: controller.signal, onProgress: (progress) => update(id, { progress }) },
    );
    update(id, { took: performance.now() - started });
  } catch (thrown) {
    update(id, { problem: problemOf(thrown) });
  } finally {
    controllers.delete(id);
    update(id, { running: false });
  }
}

export function stopCheck(id: string): void {
  controllers.get(id)?.abort();
}
