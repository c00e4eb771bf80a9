import { describe, expect, it } from 'vitest';
import { jobKey, type LayerView, mergePlans, planLayer, prefetchJobs } from './frame-plan.ts';
import { wholeImage } from './viewport.ts';

const levels = [
  { width: 1024, height: 1024, tileWidth: 256, tileHeight: 256 },
  { width: 512, height: 512, tileWidth: 256, tileHeight: 256 },
  { width: 256, height: 256, tileWidth: 256, tileHeight: 256 },
];
const view = { width: 1056, height: 1056 };
const layer: LayerView = {
  name: 'image',
  levels,
  plane: { z: 3, t: 0 },
  viewport: wholeImage(levels[0]!, view),
  view,
  density: 1,
  version: 'v',
};

describe('planLayer', () => {
  it('starts with the coarsest level where nothing can be seen', () => {
    const plan = planLayer(layer, () => 'none');
    expect(plan.target).toEqual({ level: 0, reduce: 1 });
    expect(plan.coarse.map(({ tile }) => tile)).toEqual([{ level: 2, reduce: 1, x: 0, y: 0 }]);
    expect(plan.fine).toHaveLength(16);
    expect(plan.fine[0]).toMatchObject({ layer: 'image', plane: { z: 3, t: 0 }, painted: true });
  });
  it('paints what has other settings again, without going coarse first', () => {
    const plan = planLayer(layer, () => 'dated');
    expect(plan.coarse).toEqual([]);
    expect(plan.fine).toHaveLength(16);
  });
  it('wants nothing when all is fresh', () => {
    const plan = planLayer(layer, () => 'fresh');
    expect([plan.coarse, plan.fine]).toEqual([[], []]);
    expect(plan.seen).toHaveLength(16);
  });
  it('takes a finer level on a denser screen', () => {
    const half = { ...layer, viewport: { ...layer.viewport, scale: 0.5 } };
    expect(planLayer(half, () => 'none').target.level).toBe(1);
    expect(planLayer({ ...half, density: 2 }, () => 'none').target.level).toBe(0);
  });
});

describe('mergePlans', () => {
  it('puts coarse before fine and lets layers take turns', () => {
    const image = planLayer(layer, () => 'none');
    const mask = planLayer({ ...layer, name: 'mask' }, () => 'none');
    const jobs = mergePlans([image, mask]);
    expect(jobs.map(({ layer: name }) => name).slice(0, 6)).toEqual([
      'image',
      'mask',
      'image',
      'mask',
      'image',
      'mask',
    ]);
    expect(jobs.map(({ tile }) => tile.level).slice(0, 3)).toEqual([2, 2, 0]);
    expect(jobs).toHaveLength(34);
    expect(new Set(jobs.map(({ key }) => key)).size).toBe(34);
  });
});

describe('prefetchJobs', () => {
  it('brings other planes near without painting them', () => {
    const [job, ...rest] = prefetchJobs(layer, [{ level: 0, reduce: 1, x: 1, y: 2 }], [{ z: 4, t: 0 }]);
    expect(rest).toEqual([]);
    expect(job).toMatchObject({ painted: false, plane: { z: 4, t: 0 } });
    expect(job?.key).not.toBe(jobKey(layer, { level: 0, reduce: 1, x: 1, y: 2 }, { z: 4, t: 0 }));
  });
});
