import { create } from 'zustand';
import { type ProblemData, problemOf } from '../../shared/model/problem.ts';

export interface Toast {
  readonly id: number;
  readonly tone: 'plain' | 'problem';
  readonly message: string;
  /** A second sentence: why, or what to do. */
  readonly detail?: string;
  /** Usually "Undo". */
  readonly action?: { readonly label: string; readonly run: () => void };
  /** Set when the action takes back the last change: with the next change it would take back another. */
  readonly ofLastChange?: boolean;
}

export type ToastInput = Omit<Toast, 'id' | 'tone'> & { readonly tone?: Toast['tone'] };

const most = 4;

/** Adds a toast at the end; the oldest leave when there are too many. Of news with the same words the newest stays. */
export function withToast(toasts: readonly Toast[], toast: Toast): readonly Toast[] {
  const rest = toast.ofLastChange ? afterChange(toasts) : toasts;
  const others = rest.filter(
    (one) => one.message !== toast.message || (one.tone === 'problem' && one.detail !== toast.detail),
  );
  return [...others, toast].slice(-most);
}

/** Something was changed: what offered to take back the change before is gone. */
export function afterChange(toasts: readonly Toast[]): readonly Toast[] {
  return toasts.some((toast) => toast.ofLastChange) ? toasts.filter((toast) => !toast.ofLastChange) : toasts;
}

export function withoutToast(toasts: readonly Toast[], id: number): readonly Toast[] {
  return toasts.filter((toast) => toast.id !== id);
}

/** A problem as a toast: what happened, then why and what to do. */
export function problemToast(problem: ProblemData): ToastInput {
  const detail = [problem.cause, problem.advice].filter(Boolean).join(' ');
  return { tone: 'problem', message: problem.message, ...(detail ? { detail } : {}) };
}

export const useToasts = create<{ readonly toasts: readonly Toast[] }>()(() => ({ toasts: [] }));
let lastId = 0;

/** Shows a short note for a while, with an action such as Undo if given. */
export function showToast(input: ToastInput): void {
  const toast: Toast = { tone: 'plain', ...input, id: ++lastId };
  useToasts.setState(({ toasts }) => ({ toasts: withToast(toasts, toast) }));
}

export function dismissToast(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: withoutToast(toasts, id) }));
}

/** To be called when something is changed, see {@link afterChange}. */
export function forgetLastChange(): void {
  useToasts.setState((now) => {
    const toasts = afterChange(now.toasts);
    return toasts === now.toasts ? now : { toasts };
  });
}

/** Shows what was thrown; a stop that the person asked for is no news. */
export function showProblem(thrown: unknown): void {
  const problem = problemOf(thrown);
  if (problem.code !== 'cancelled') showToast(problemToast(problem));
}
