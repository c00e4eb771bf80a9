import { rmSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { ImageInfo, PlaneFacts } from '../../../shared/imaging/image-info.ts';
import { Problem } from '../../../shared/model/problem.ts';
import { eachFinding } from '../library/findings.ts';
import { profileOfFile } from '../library/submission-row.ts';
import { scanSources } from '../scan/scan.ts';
import type { ReadImage, ReadPlane } from './image-readings.ts';
import { submissionWith } from './submission-for-tests.ts';

interface Fake {
  readonly sizes?: Partial<ImageInfo['sizes']>;
  readonly storedType?: string;
  readonly rgb?: boolean;
  readonly notes?: string[];
  /** Highest value of a plane. */
  readonly max?: (plane: ReadPlane) => number;
}

/** A reader that finds by name what is in an image. */
function reader(fakes: Readonly<Record<string, Fake | Problem>>) {
  const asked: string[] = [];
  const read: ReadImage = async (path, part, _signal, plane = { c: 0, z: 0, t: 0 }) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    asked.push(part === '' ? name : `${name}#${part}`);
    const fake = fakes[part === '' ? name : part] ?? {};
    if (fake instanceof Problem) throw fake;
    const sizes = { t: 1, c: 1, z: 1, y: 20, x: 30, ...fake.sizes };
    const max = fake.max?.(plane) ?? 5;
    const facts: PlaneFacts = { min: 0, max, low: 0, high: max, bins: [], distinct: 2, zeroShare: 0.5 };
    const info = {
      name,
      format: 'tiff',
      storedType: fake.storedType ?? 'uint16',
      pixelType: 'uint16' as const,
      sizes,
      levels: [{ width: sizes.x, height: sizes.y, tileWidth: 10, tileHeight: 10 }],
      channels: [],
      rgb: fake.rgb ?? false,
      pixelSize: null,
      labels: [],
      notes: fake.notes ?? [],
    };
    return { info, facts };
  };
  return { read, asked };
}

const tiff = 'II*\0 not really';
let submission: Awaited<ReturnType<typeof submissionWith>> | undefined;
afterEach(() => {
  submission?.remove();
  submission = undefined;
});
const pixelFindings = async (
  fakes: Readonly<Record<string, Fake | Problem>>,
  files = ['a.tif', 'a_mask.tif'],
) => {
  submission = await submissionWith(Object.fromEntries(files.map((name) => [name, tiff])));
  await submission.check({ readImage: reader(fakes).read });
  const about = /^(pair|mask|image)-/;
  return submission.found().filter((line) => about.test(line));
};

describe('images and masks', () => {
  it('says nothing of a pair that fits', async () => {
    expect(await pixelFindings({})).toEqual([]);
  });

  it.each<[string, Record<string, Fake | Problem>, string]>([
    ['other size', { 'a_mask.tif': { sizes: { x: 15 } } }, 'pair-size a_mask.tif'],
    ['other number of planes', { 'a.tif': { sizes: { z: 9 } } }, 'pair-planes a_mask.tif'],
    [
      'numbers with fractions',
      { 'a_mask.tif': { storedType: 'float32' } },
      'mask-not-whole-numbers a_mask.tif',
    ],
    ['colours', { 'a_mask.tif': { rgb: true, sizes: { c: 3 } } }, 'mask-in-colours a_mask.tif'],
    ['no label', { 'a_mask.tif': { max: () => 0 } }, 'mask-empty a_mask.tif'],
    [
      'missing chunks',
      { 'a.tif': { notes: ['Level 0: 3 of 3 chunk files are missing.'] } },
      'image-incomplete a.tif',
    ],
    ['a note', { 'a.tif': { notes: ['Its planes are shown as z.'] } }, 'image-note a.tif'],
    [
      'a file that ends the decoder',
      { 'a_mask.tif': new Problem('decoder-crashed', 'm', { cause: 'It ended.' }) },
      'image-damaged a_mask.tif',
    ],
    [
      'a damaged image',
      { 'a.tif': new Problem('damaged-image', 'm', { cause: 'Cut.' }) },
      'image-damaged a.tif',
    ],
    [
      'an unknown kind',
      { 'a.tif': new Problem('cannot-read-image', 'm', { cause: 'Kind.' }) },
      'image-not-read a.tif',
    ],
  ])('%s', async (_, fakes, expected) => expect(await pixelFindings(fakes)).toEqual([expected]));

  it('does not take depth for time and does not mind 64-bit whole numbers', async () => {
    expect(
      await pixelFindings({
        'a.tif': { sizes: { z: 4 } },
        'a_mask.tif': { sizes: { t: 4 }, storedType: 'int64' },
      }),
    ).toEqual([]);
  });

  it('looks at several planes before it calls a stack empty', async () => {
    const stack = { sizes: { z: 40 } };
    const inTheMiddle = { ...stack, max: ({ z }: ReadPlane) => (z === 20 ? 7 : 0) };
    expect(await pixelFindings({ 'a.tif': stack, 'a_mask.tif': inTheMiddle })).toEqual([]);
    submission?.remove();
    expect(await pixelFindings({ 'a.tif': stack, 'a_mask.tif': { ...stack, max: () => 0 } })).toEqual([
      'mask-empty a_mask.tif',
    ]);
    const [finding] = submission ? eachFinding(submission.file, { rule: 'mask-empty' }) : [];
    expect(finding?.message).toContain('looked at');
  });

  it('reads each image once, and again only when it has changed', async () => {
    submission = await submissionWith({
      'a.tif': tiff,
      'a_mask.tif': tiff,
      'b.tif': tiff,
      'b_mask.tif': tiff,
    });
    const { read, asked } = reader({});
    await submission.check({ readImage: read });
    await submission.check({ readImage: read });
    expect(asked.toSorted()).toEqual(['a.tif', 'a_mask.tif', 'b.tif', 'b_mask.tif']);
    submission.file.run("UPDATE entry SET modified_ms = modified_ms + 5000 WHERE path = 'b.tif'");
    await submission.check({ readImage: read });
    expect(asked.slice(4)).toEqual(['b.tif']);
  });

  it('goes on after a file that cannot be read, and says so once for an image with two masks', async () => {
    const broken = new Problem('decoder-crashed', 'm', { cause: 'It ended the reader.' });
    const found = await pixelFindings({ 'a.tif': broken, 'b_mask.tif': { max: () => 0 } }, [
      'a.tif',
      'a_mask.tif',
      'a_seg.tif',
      'b.tif',
      'b_mask.tif',
    ]);
    expect(found.filter((line) => line.startsWith('image-damaged'))).toEqual(['image-damaged a.tif']);
    expect(found).toContain('mask-empty b_mask.tif');
  });

  it('stops at once when told to, and keeps the findings there were', async () => {
    submission = await submissionWith({ 'a.tif': tiff, 'a_mask.tif': tiff });
    const { file } = submission;
    await submission.check();
    const before = submission.found();
    rmSync(submission.data, { recursive: true });
    const { runChecks } = await import('./run-checks.ts');
    const stop = new AbortController();
    const readImage: ReadImage = () => {
      stop.abort();
      return Promise.reject(new Error('stopped'));
    };
    file.run('UPDATE entry SET modified_ms = modified_ms + 1');
    await expect(
      runChecks(file, { readImage }, { signal: stop.signal, progress: () => {} }),
    ).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(submission.found()).toEqual(before);
  });

  it('reads label images inside an OME-Zarr that is sent', async () => {
    submission = await submissionWith({
      'a.zarr/.zgroup': '{"zarr_format":2}',
      'a.zarr/.zattrs': '{"multiscales":[]}',
      'a.zarr/labels/.zattrs': '{"labels":["nuclei"]}',
      'a.zarr/labels/nuclei/.zgroup': '{"zarr_format":2}',
    });
    submission.file.run('UPDATE entry SET send_chosen = 1');
    await scanSources(submission.file, { settleMs: 0 });
    expect(profileOfFile(submission.file).id).toBe('bia-annotations');
    const { read, asked } = reader({ 'labels/nuclei': { sizes: { x: 3 } } });
    await submission.check({ readImage: read });
    expect(asked).toEqual(['a.zarr', 'a.zarr#labels/nuclei']);
    expect(submission.found()).toContain('pair-size a.zarr');
  });
});
