import type { Browser, Page } from '@playwright/test';

/** The longest time that a window did not hear anybody, in milliseconds. */
export interface LongestTask {
  /** What its thread itself worked: what it would be with a processor of its own. */
  readonly cpuMs: number;
  /** By the clock: also while other programs had the processor. */
  readonly wallMs: number;
  readonly tasks: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds by the clock and of the thread. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * Has Chromium note every task of every thread with its time by the clock and the processor time of its thread, which
 * does not go on while others have the processor. Returns what ends that and tells of the window's main thread.
 */
export async function watchTasks(browser: Browser, page: Page): Promise<() => Promise<LongestTask>> {
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
  return async () => {
    const trace = JSON.parse((await browser.stopTracing()).toString('utf8')) as { traceEvents: TraceEvent[] };
    return longest(trace.traceEvents);
  };
}

function longest(events: readonly TraceEvent[]): LongestTask {
  const key = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const isMain = ({ name, args }: TraceEvent) => name === 'thread_name' && args?.name === 'CrRendererMain';
  const mains = new Set(events.filter(isMain).map(key));
  const tasks = events.filter(
    (event) => event.ph === 'X' && event.tdur !== undefined && mains.has(key(event)),
  );
  if (tasks.length === 0) throw new Error('Chromium noted no task of the window.');
  const most = (of: 'dur' | 'tdur') => tasks.reduce((most, task) => Math.max(most, task[of] ?? 0), 0) / 1000;
  return { cpuMs: most('tdur'), wallMs: most('dur'), tasks: tasks.length };
}
