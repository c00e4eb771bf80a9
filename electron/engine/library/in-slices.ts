import { setImmediate } from 'node:timers/promises';

/** Work goes on this long before others get their turn: well below what a person feels. */
const SLICE_MS = 12;

/** Gives others a turn whenever work has gone on for long; call it between pieces of a few milliseconds. */
export class Slices {
  #began = performance.now();

  async turn(): Promise<void> {
    if (performance.now() - this.#began < SLICE_MS) return;
    await setImmediate();
    this.#began = performance.now();
  }
}
