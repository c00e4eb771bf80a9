import { create } from 'zustand';

/** `connecting` before the first answer; `lost` when the engine was there and is gone. */
export interface ConnectionState {
  readonly state: 'connecting' | 'open' | 'lost';
  /** Attempts since it was lost. */
  readonly attempt: number;
  /** When the next attempt starts, in milliseconds since 1970; null while one runs. */
  readonly retryAt: number | null;
  /** Grows with each connection, so that what is shown can be read again. */
  readonly generation: number;
}

export const initialConnection: ConnectionState = {
  state: 'connecting',
  attempt: 0,
  retryAt: null,
  generation: 0,
};

export function opened(now: ConnectionState): ConnectionState {
  return { state: 'open', attempt: 0, retryAt: null, generation: now.generation + 1 };
}

export function closed(now: ConnectionState, at: number): ConnectionState {
  const attempt = now.attempt + 1;
  return {
    ...now,
    state: now.generation === 0 && attempt < 3 ? 'connecting' : 'lost',
    attempt,
    retryAt: at + backOff(attempt),
  };
}

export function trying(now: ConnectionState): ConnectionState {
  return { ...now, retryAt: null };
}

/** Milliseconds to wait before the n-th attempt: 0.5 s, doubled each time, at most 10 s. */
export function backOff(attempt: number): number {
  return Math.min(10_000, 500 * 2 ** Math.max(0, attempt - 1));
}

export const useConnection = create<ConnectionState>()(() => initialConnection);
