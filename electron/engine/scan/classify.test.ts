import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { kindByFolders } from '../../../shared/rules/file-kinds.ts';
import { sharedData, temporaryFolder, writeFiles } from '../library/test-support.ts';
import { Classifier } from './classify.ts';

let folder: string;
let remove: () => void;
beforeEach(() => {
  ({ folder, remove } = temporaryFolder());
});
afterEach(() => remove());

const bytes = (...parts: readonly (string | number)[]) =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'number' ? [part] : [...Buffer.from(part, 'latin1')])),
  );
/** The local header of a ZIP's first member (APPNOTE.TXT 4.3.7). */
const zip = (member: string) => bytes('PK\x03\x04', '\0'.repeat(22), member.length, 0, 0, 0, member, 'x');

describe('first bytes', () => {
  test.each([
    ['RoiSet.zip', zip('0001-0281.roi'), 'imagej-roi-set', 'table'],
    ['more.zip', zip('readme.txt'), 'archive', 'other'],
    ['short.zip', bytes('PK\x03\x04'), 'archive', 'other'],
    ['volume', bytes('NRRD0004\n'), 'nrrd', 'image'],
    ['cells.tif', bytes('\x89PNG\r\n\x1a\n'), 'png', 'image'],
    ['cells_mask.tif', bytes('no image'), 'unknown', 'mask'],
    ['notes', bytes('hello'), 'unknown', 'other'],
  ])('%s is what it shows', (name, content, format, kind) => {
    writeFiles(folder, { [name]: content });
    expect(new Classifier(folder, null).classify(name, content.length)).toEqual({ format, kind });
  });

  it('are not read where the name decides, nor of an empty file or one that is gone', () => {
    writeFiles(folder, { 'a.json': bytes('\x89PNG\r\n\x1a\n') });
    const classifier = new Classifier(folder, null);
    expect(classifier.classify('a.json', 8).format).toBe('json');
    expect(classifier.classify('empty.tif', 0).format).toBe('tiff');
    expect(classifier.classify('gone.tif', 10).format).toBe('tiff');
  });

  it('are read of some files of a long series only', () => {
    const names = Array.from({ length: 40 }, (_, n) => `f${n}.tif`);
    writeFiles(folder, Object.fromEntries(names.map((name) => [name, bytes('\x89PNG\r\n\x1a\n')])));
    writeFiles(folder, { 'f39.tif': bytes('II*\0') });
    const classifier = new Classifier(folder, null);
    expect(names.map((name) => classifier.classify(name, 8).format)).toEqual(names.map(() => 'png'));
  });
});

describe.skipIf(!existsSync(sharedData))('real files', () => {
  test.each([
    ['vendor/CMU-1-Small-Region.svs', 'svs', 'image'],
    ['vendor/cluster.nd2', 'nd2', 'image'],
    ['vendor/s_1_t_1_c_1_z_1.czi', 'czi', 'image'],
    ['vendor/sample_ovule.h5', 'hdf5', 'image'],
    ['vendor/sm_image.dcm', 'dicom', 'image'],
    ['npy/chessboard_GRAY_U8.npy', 'npy', 'image'],
    ['npy/chessboard_GRAY_U8.npz', 'npz', 'image'],
    ['broken/actk.ome.tiff', 'git-lfs-pointer', 'image'],
    ['broken/test3.tif', 'png', 'image'],
    ['broken/seek_too_large.tif', 'tiff', 'image'],
    ['annotations/imagej-roi/RoiSet.zip', 'imagej-roi-set', 'table'],
    ['annotations/imagej-roi/roi/oval.roi', 'imagej-roi', 'table'],
    ['annotations/geojson/rois.geojson', 'geojson', 'table'],
    ['annotations/coco/blood-cells/_annotations.coco.json', 'json', 'table'],
    ['masks/stardist/mask2d.tif', 'tiff', 'mask'],
    ['ome-tiff/multifile/multifile-Z1.ome.tiff', 'ome-tiff', 'image'],
    ['models/unet2d_nuclei_broad/weights.onnx', 'model', 'other'],
  ])('%s', (path, format, kind) => {
    const full = join(sharedData, path);
    const classifier = new Classifier(dirname(full), kindByFolders(dirname(path)));
    expect(classifier.classify(basename(full), statSync(full).size)).toEqual({ format, kind });
  });
});
