import { describe, expect, test } from 'vitest';
import { ByteCache } from './byte-cache.ts';
import { SharedWork } from './shared-work.ts';

describe('the cache of decoded pixels', () => {
  test('keeps within its bytes, the last used longest', () => {
    const cache = new ByteCache<string>(100);
    for (const key of ['a', 'b', 'c']) cache.set(key, key, 30);
    expect(cache.get('a')).toBe('a');
    cache.set('d', 'd', 30);
    expect(['a', 'b', 'c', 'd'].map((key) => cache.get(key))).toEqual(['a', undefined, 'c', 'd']);
    expect(cache.bytes).toBe(90);
    cache.set('huge', 'huge', 101);
    expect(cache.get('huge')).toBeUndefined();
    cache.forget('c');
    expect(cache.bytes).toBe(60);
  });

  test('makes a value once for all who ask, and not again', async () => {
    let made = 0;
    const work = new SharedWork<number>(100, () => 1);
    const ask = () => work.get('key', async () => ++made);
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
    expect(await ask()).toBe(1);
  });

  test('stops the making when everyone has given up, and only then', async () => {
    const work = new SharedWork<number>(100, () => 1);
    let stopped = false;
    let finish: (value: number) => void = () => undefined;
    const make = (signal: AbortSignal) =>
      new Promise<number>((resolve, reject) => {
        finish = resolve;
        signal.addEventListener('abort', () => {
          stopped = true;
          reject(signal.reason);
        });
      });
    const [first, second] = [new AbortController(), new AbortController()];
    const answers = [work.get('key', make, first.signal), work.get('key', make, second.signal)];
    first.abort();
    await expect(answers[0]).rejects.toMatchObject({ name: 'AbortError' });
    expect(stopped).toBe(false);
    finish(5);
    expect(await answers[1]).toBe(5);

    const third = new AbortController();
    const last = work.get('other', make, third.signal);
    third.abort();
    await expect(last).rejects.toMatchObject({ name: 'AbortError' });
    expect(stopped).toBe(true);
  });

  test('does not keep a failure', async () => {
    const work = new SharedWork<number>(100, () => 1);
    await expect(work.get('key', () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
    expect(await work.get('key', async () => 3)).toBe(3);
  });
});
