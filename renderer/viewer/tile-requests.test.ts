import { describe, expect, it } from 'vitest';
import type { Frame, TileJob } from './tile-messages.ts';
import { TileRequests } from './tile-requests.ts';

const plane = { z: 0, t: 0 };
const layer = {
  imageId: 'im',
  pixelType: 'uint8',
  storedType: 'uint8',
  levels: [],
  plane,
  channels: [],
} as const;
const job = (key: string): TileJob => ({
  key,
  layer: 'image',
  tile: { level: 0, reduce: 1, x: 0, y: 0 },
  plane,
  painted: true,
});
const frame = (...keys: string[]): Frame => ({ image: layer, mask: null, jobs: keys.map(job) });
const version = (image: string) => ({ image, mask: '' });

function bench() {
  const shown: string[] = [];
  const again: number[] = [];
  let clock = 0;
  const requests = new TileRequests(
    ({ jobs }) => shown.push(jobs.map(({ key }) => key).join()),
    (wait) => again.push(wait),
    () => clock,
  );
  return { requests, shown, again, pass: (ms: number) => (clock += ms) };
}

describe('TileRequests', () => {
  it('does not ask for the same twice, unless reset', () => {
    const b = bench();
    b.requests.ask(frame('a'), version('1'));
    b.requests.ask(frame('a'), version('1'));
    expect(b.shown).toEqual(['a']);
    b.requests.reset();
    b.requests.ask(frame('a'), version('1'));
    expect(b.shown).toEqual(['a', 'a']);
  });

  it('holds a change of settings back until something was finished or some time has passed', () => {
    const b = bench();
    b.requests.ask(frame('a1'), version('1'));
    b.pass(50);
    b.requests.ask(frame('a2'), version('2'));
    expect(b.shown).toEqual(['a1']);
    expect(b.again).toEqual([70]);
    b.pass(70);
    b.requests.ask(frame('a2'), version('2'));
    expect(b.shown).toEqual(['a1', 'a2']);
    b.requests.arrived('a2');
    b.requests.ask(frame('a3'), version('3'));
    expect(b.shown).toEqual(['a1', 'a2', 'a3']);
  });

  it('never holds a move of the view back', () => {
    const b = bench();
    b.requests.ask(frame('a'), version('1'));
    b.requests.ask(frame('b'), version('1'));
    expect(b.shown).toEqual(['a', 'b']);
  });

  it('knows tiles of this and the last frame, and no older ones', () => {
    const b = bench();
    for (const key of ['a', 'b', 'c']) b.requests.ask(frame(key), version('1'));
    expect(b.requests.arrived('a')).toBeUndefined();
    expect(b.requests.arrived('b')).toMatchObject({ imageId: 'im', layer: 'image', version: '1' });
    expect(b.requests.arrived('c')).toBeDefined();
  });
});
