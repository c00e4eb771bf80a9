import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runQueue } from './queue.ts';

const never = new AbortController().signal;
const soon = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

describe('queue', () => {
  it('does every piece once, with never more slots out than there are, however work settles', async () => {
    const piece = fc.record({ before: fc.nat(3), after: fc.nat(3), early: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 30 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 4 }),
        async (pieces, parallel, unsettled) => {
          const waiting = pieces.map((one, id) => ({ ...one, id }));
          const done: number[] = [];
          let held = 0;
          let running = 0;
          await runQueue({
            parallel,
            unsettled,
            signal: never,
            take: () => waiting.shift() ?? null,
            work: async ({ id, before, after, early }, slot) => {
              held += 1;
              running += 1;
              expect(held).toBeLessThanOrEqual(parallel);
              expect(running).toBeLessThanOrEqual(parallel + unsettled);
              await soon(before);
              held -= 1;
              if (early) slot.release();
              slot.release();
              await soon(early ? after : 0);
              running -= 1;
              done.push(id);
            },
          });
          expect(done.toSorted((a, b) => a - b)).toEqual(pieces.map((_, id) => id));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('takes what is put back while the last piece runs', async () => {
    const waiting = ['a'];
    const done: string[] = [];
    await runQueue({
      parallel: 2,
      unsettled: 0,
      signal: never,
      take: () => waiting.shift() ?? null,
      work: async (name) => {
        await soon(1);
        done.push(name);
        if (done.length < 3) waiting.push(name);
      },
    });
    expect(done).toEqual(['a', 'a', 'a']);
  });

  it('stops taking after a throw, waits for what runs, and throws the first', async () => {
    let taken = 0;
    let finished = 0;
    const run = runQueue({
      parallel: 2,
      unsettled: 0,
      signal: never,
      take: () => ++taken,
      work: async (n) => {
        await soon(n === 1 ? 2 : 20);
        if (n === 1) throw new Error('first');
        finished += 1;
      },
    });
    await expect(run).rejects.toThrow('first');
    expect([taken, finished]).toEqual([2, 1]);
  });

  it('ends with what take throws, and with the signal', async () => {
    const failing = runQueue({
      parallel: 1,
      unsettled: 0,
      signal: never,
      take: () => {
        throw new Error('disk full');
      },
      work: async () => {},
    });
    await expect(failing).rejects.toThrow('disk full');
    const stopping = new AbortController();
    const run = runQueue({
      parallel: 1,
      unsettled: 0,
      signal: stopping.signal,
      take: () => 1,
      work: async () => stopping.abort(),
    });
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
  });
});
