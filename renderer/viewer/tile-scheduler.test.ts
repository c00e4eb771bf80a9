import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TileScheduler } from './tile-scheduler.ts';

/** A loader whose loads end when the test says so. */
function bench(concurrency: number) {
  const started: string[] = [];
  const stopped: string[] = [];
  const loaded: string[] = [];
  const failed: string[] = [];
  const running = new Map<string, { resolve: (v: string) => void; reject: (r: unknown) => void }>();
  let most = 0;
  const scheduler = new TileScheduler<string>(
    {
      load: (key, signal) =>
        new Promise((resolve, reject) => {
          started.push(key);
          running.set(key, { resolve, reject });
          most = Math.max(most, running.size);
          signal.addEventListener('abort', () => {
            stopped.push(key);
            running.delete(key);
            reject(signal.reason);
          });
        }),
      loaded: (key) => loaded.push(key),
      failed: (key) => failed.push(key),
    },
    concurrency,
  );
  const end = async (key: string, fails = false) => {
    const load = running.get(key);
    running.delete(key);
    if (fails) load?.reject(new Error('no'));
    else load?.resolve(key);
    await Promise.resolve();
    await Promise.resolve();
  };
  return { scheduler, started, stopped, loaded, failed, running, end, most: () => most };
}

describe('TileScheduler', () => {
  it('starts in the order wanted, a few at a time', async () => {
    const b = bench(2);
    b.scheduler.want(['a', 'b', 'c', 'd']);
    expect(b.started).toEqual(['a', 'b']);
    await b.end('b');
    expect(b.started).toEqual(['a', 'b', 'c']);
    expect(b.loaded).toEqual(['b']);
    expect(b.scheduler.open).toBe(3);
  });

  it('stops what is no longer wanted and lets the rest go on', async () => {
    const b = bench(2);
    b.scheduler.want(['a', 'b', 'c']);
    b.scheduler.want(['b', 'd']);
    expect(b.stopped).toEqual(['a']);
    expect(b.started).toEqual(['a', 'b', 'd']);
    await b.end('b');
    await b.end('d');
    expect(b.loaded).toEqual(['b', 'd']);
    expect(b.failed).toEqual([]);
    expect(b.scheduler.open).toBe(0);
  });

  it('loads again what was stopped and is wanted once more', async () => {
    const b = bench(1);
    b.scheduler.want(['a']);
    b.scheduler.want([]);
    b.scheduler.want(['a']);
    await b.end('a');
    expect(b.started).toEqual(['a', 'a']);
    expect(b.loaded).toEqual(['a']);
  });

  it('goes on after a failure', async () => {
    const b = bench(1);
    b.scheduler.want(['a', 'b']);
    await b.end('a', true);
    await b.end('b');
    expect(b.failed).toEqual(['a']);
    expect(b.loaded).toEqual(['b']);
  });

  it('ends with every wanted key loaded once and never runs too many', async () => {
    const keys = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(keys, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 3 }),
        async (lists, limit) => {
          const b = bench(limit);
          for (const list of lists) {
            b.scheduler.want(list.filter((key) => !b.loaded.includes(key)));
            const [first] = b.running.keys();
            if (first !== undefined) await b.end(first);
          }
          for (let i = 0; i < 20; i++) for (const key of [...b.running.keys()]) await b.end(key);
          expect(b.most()).toBeLessThanOrEqual(limit);
          expect(b.loaded).toEqual([...new Set(b.loaded)]);
          expect(b.loaded).toEqual(expect.arrayContaining(lists.at(-1) ?? []));
        },
      ),
    );
  });
});
