import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { editEntries, entry } from './entries.ts';
import { undo } from './history.ts';
import { fillSourceImages, previewSourceImages } from './source-pattern.ts';
import type { SubmissionFile } from './submission-file.ts';
import { newSubmissionFile, temporaryFolder, writeIndex } from './test-support.ts';

let remove: () => void;
let file: SubmissionFile;
let ids: Record<string, number>;
const id = (path: string) => ids[path] ?? -1;
const source = (path: string) => entry(file, id(path)).sourceImage;
beforeEach(() => {
  const made = temporaryFolder();
  remove = made.remove;
  file = newSubmissionFile(made.folder);
  ids = writeIndex(file, {
    'images/a.ome.tif': 'image',
    'masks/a_mask.tif': 'mask',
    'masks/z.tif': 'mask',
    'sizes.csv': 'table',
  });
  file.run(
    "INSERT INTO pair (image_entry_id, mask_entry_id, by) VALUES (?, ?, 'folders')",
    id('images/a.ome.tif'),
    id('masks/a_mask.tif'),
  );
});
afterEach(() => {
  file.close();
  remove();
});

describe('source images by a pattern', () => {
  it('take their parts from the paired image and leave what has none', () => {
    const by = { pattern: 'S-BIAD1/{stem}.ome.zarr', of: 'pair' as const };
    expect(previewSourceImages(file, { kind: 'mask' }, by)).toEqual([
      { entryId: id('masks/a_mask.tif'), path: 'masks/a_mask.tif', after: 'S-BIAD1/a.ome.zarr' },
    ]);
    expect(source('masks/a_mask.tif')).toBe('set/images/a.ome.tif');
    expect(fillSourceImages(file, { kind: 'mask' }, by)).toEqual({ changed: 1, without: 1 });
    expect(source('masks/a_mask.tif')).toBe('S-BIAD1/a.ome.zarr');
    expect(source('masks/z.tif')).toBe('');
  });

  it('take them from the file itself, and are taken back as one step', () => {
    const by = { pattern: 'images/{folder}/{name}', of: 'file' as const };
    const but = { filter: {}, except: [id('images/a.ome.tif')] };
    expect(fillSourceImages(file, but, by)).toEqual({ changed: 3, without: 0 });
    expect(['masks/z.tif', 'sizes.csv', 'images/a.ome.tif'].map(source)).toEqual([
      'images/masks/z.tif',
      'images/sizes.csv',
      '',
    ]);
    expect(undo(file)).toBe('Fill the source image of 3 files');
    expect(source('masks/z.tif')).toBe('');
    expect(undo(file)).toBeNull();
  });

  it('are filled for every one of more than are read at a time', () => {
    const many = writeIndex(
      file,
      Object.fromEntries(Array.from({ length: 2500 }, (_, n) => [`many/${n}.tif`, 'mask' as const])),
      '/data/many',
    );
    const by = { pattern: '{stem}', of: 'file' as const };
    expect(fillSourceImages(file, { text: 'many/' }, by)).toEqual({ changed: 2500, without: 0 });
    expect(entry(file, many['many/2499.tif'] ?? -1).sourceImage).toBe('2499');
  });

  it('are refused for a part that there is none of, and nothing is changed', () => {
    const by = { pattern: 'a/{stm}.tif', of: 'file' as const };
    expect(() => previewSourceImages(file, {}, by)).toThrow('There is no part “{stm}”');
    expect(() => fillSourceImages(file, {}, by)).toThrow('There is no part “{stm}”');
    editEntries(file, [id('sizes.csv')], { sourceImage: 'x' });
    expect(undo(file)).toBe('Change the source image of 1 file');
    expect(undo(file)).toBeNull();
  });
});
