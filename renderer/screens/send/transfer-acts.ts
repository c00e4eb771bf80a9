import { create } from 'zustand';
import type { CallInput } from '../../../shared/contract/contract.ts';
import { type ProblemData, problemOf } from '../../../shared/model/problem.ts';
import { engine } from '../../connection.ts';
import { showProblem } from '../../stores/toast-store.ts';

/** What a person asked for here and how it went; the transfer itself is told by its snapshots. */
export interface Asked {
  readonly what: 'upload' | 'pause' | 'submit' | null;
  /** Why the last request was refused; kept until the next. */
  readonly problem: ProblemData | null;
}

const nothing: Asked = { what: null, problem: null };
const useAskedOf = create<{ readonly of: Readonly<Record<string, Asked>> }>()(() => ({ of: {} }));

const set = (id: string, asked: Asked) => useAskedOf.setState(({ of }) => ({ of: { ...of, [id]: asked } }));

export function useAsked(id: string): Asked {
  return useAskedOf(({ of }) => of[id]) ?? nothing;
}

/** Starts sending, or joins what runs. It goes on when the room is left; a failure is kept for the room to show. */
export async function upload(id: string, existing?: CallInput<'send.upload'>['existing']): Promise<void> {
  await ask(id, 'upload', () =>
    engine.call('send.upload', existing === undefined ? { id } : { id, existing }),
  );
}

/** The irreversible step, after the person has confirmed it. */
export async function submit(id: string): Promise<void> {
  await ask(id, 'submit', () => engine.call('send.submit', { id, confirmed: true }));
}

export async function pause(id: string): Promise<void> {
  try {
    await engine.call('send.pause', { id });
  } catch (thrown) {
    showProblem(thrown);
  }
}

async function ask(id: string, what: 'upload' | 'submit', act: () => Promise<unknown>): Promise<void> {
  set(id, { what, problem: null });
  try {
    await act();
    set(id, nothing);
  } catch (thrown) {
    const problem = problemOf(thrown);
    set(id, { what: null, problem: problem.code === 'cancelled' ? null : problem });
  }
}
