import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteCache } from './byte-cache.ts';

describe('ByteCache', () => {
  it('drops what was used longest ago', () => {
    const dropped: string[] = [];
    const cache = new ByteCache<string>(30, (value) => dropped.push(value));
    for (const key of ['a', 'b', 'c']) cache.set(key, key, 10);
    cache.get('a');
    cache.set('d', 'd', 10);
    expect(dropped).toEqual(['b']);
    expect(cache.get('a')).toBe('a');
    expect(cache.get('b')).toBeUndefined();
  });

  it('does not take a look for use', () => {
    const cache = new ByteCache<string>(20);
    cache.set('a', 'a', 10);
    cache.set('b', 'b', 10);
    cache.peek('a');
    cache.set('c', 'c', 10);
    expect(cache.peek('a')).toBeUndefined();
  });

  it('keeps the last item even when it is too large, and says what was replaced', () => {
    const dropped: string[] = [];
    const cache = new ByteCache<string>(5, (value) => dropped.push(value));
    cache.set('a', 'first', 100);
    expect(cache.peek('a')).toBe('first');
    cache.set('a', 'second', 1);
    expect(dropped).toEqual(['first']);
    expect(cache.bytes).toBe(1);
  });

  it('stays within its bound and counts its bytes right, whatever is done', () => {
    const command = fc.record({
      key: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      bytes: fc.nat(40),
      what: fc.constantFrom('set', 'get', 'delete'),
    });
    fc.assert(
      fc.property(fc.array(command), (commands) => {
        const alive = new Set<object>();
        const cache = new ByteCache<{ bytes: number }>(100, (value) => alive.delete(value));
        for (const { key, bytes, what } of commands) {
          if (what === 'get') cache.get(key);
          else if (what === 'delete') cache.delete(key);
          else {
            const value = { bytes };
            alive.add(value);
            cache.set(key, value, bytes);
          }
          const held = [...cache.entries()].map(([, value]) => value);
          expect(cache.bytes).toBe(held.reduce((sum, value) => sum + value.bytes, 0));
          expect(cache.bytes).toBeLessThanOrEqual(100);
          expect(new Set(held)).toEqual(alive);
        }
        cache.clear();
        expect(alive.size).toBe(0);
      }),
    );
  });
});
