import { describe, expect, it } from 'vitest';
import type { ImageInfo } from '../../../shared/imaging/image-info.ts';
import { OpenedImages } from './opened-images.ts';

function bench(kept: number, fails: (entryId: number) => boolean = () => false) {
  const log: string[] = [];
  const images = new OpenedImages(
    {
      async open({ entryId }) {
        log.push(`open ${entryId}`);
        if (fails(entryId)) throw new Error('no');
        return { imageId: `im${entryId}` } as ImageInfo;
      },
      close: (imageId) => log.push(`close ${imageId}`),
    },
    kept,
  );
  const ref = (entryId: number) => ({ submissionId: 's', entryId, part: '', modifiedMs: 1 });
  const tick = () => new Promise((resolve) => setTimeout(resolve, 0));
  return { images, log, ref, tick };
}

describe('OpenedImages', () => {
  it('opens once what is used twice', async () => {
    const b = bench(0);
    const [first, second] = [b.images.acquire(b.ref(1)), b.images.acquire(b.ref(1))];
    expect(await first.info).toBe(await second.info);
    first.release();
    first.release();
    await b.tick();
    expect(b.log).toEqual(['open 1']);
    second.release();
    await b.tick();
    expect(b.log).toEqual(['open 1', 'close im1']);
  });

  it('keeps the last few open and closes the longest unused', async () => {
    const b = bench(2);
    for (const entryId of [1, 2, 3]) b.images.acquire(b.ref(entryId)).release();
    b.images.acquire(b.ref(2)).release();
    b.images.acquire(b.ref(4)).release();
    await b.tick();
    expect(b.log.filter((line) => line.startsWith('close'))).toEqual(['close im1', 'close im3']);
    expect(b.log.filter((line) => line === 'open 2')).toHaveLength(1);
  });

  it('tries again what could not be opened', async () => {
    let broken = true;
    const b = bench(2, () => broken);
    const first = b.images.acquire(b.ref(1));
    await expect(first.info).rejects.toThrow('no');
    first.release();
    broken = false;
    expect(await b.images.acquire(b.ref(1)).info).toEqual({ imageId: 'im1' });
  });

  it('does not close what a gone engine had open', async () => {
    const b = bench(0);
    const held = b.images.acquire(b.ref(1));
    b.images.forget();
    held.release();
    await b.tick();
    expect(b.log).toEqual(['open 1']);
  });
});
