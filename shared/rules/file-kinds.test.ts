import { describe, expect, it } from 'vitest';
import { formatByName, formatOf, kindByFolders, kindOf, namesMask, splitExtension } from './file-kinds.ts';

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe('extensions', () => {
  it.each([
    ['a.ome.tif', 'a', 'ome.tif'],
    ['a.nii.gz', 'a', 'nii.gz'],
    ['a.ome.zarr.zip', 'a', 'ome.zarr.zip'],
    ['a.b.zarr.zip', 'a.b', 'zarr.zip'],
    ['x.y.tif', 'x.y', 'tif'],
    ['README', 'README', ''],
    ['.hidden', '.hidden', ''],
    ['ends.', 'ends.', ''],
  ])('cuts %s into %s and %s', (name, stem, extension) => {
    expect(splitExtension(name)).toEqual({ stem, extension });
  });

  it.each([
    ['A.TIF', 'tiff'],
    ['a.ome.tiff', 'ome-tiff'],
    ['a.companion.ome', 'ome-xml'],
    ['a.tsv', 'tsv'],
    ['RoiSet.zip', 'archive'],
    ['A.OZX', 'ome-zarr-zip'],
    ['a.ome.zarr.zip', 'ome-zarr-zip'],
    ['a.zarr.zip', 'ome-zarr-zip'],
    ['nothing', 'unknown'],
  ])('takes %s for %s', (name, format) => {
    expect(formatByName(name)).toBe(format);
  });
});

describe('words that say mask', () => {
  it.each([
    'mask2d',
    'a_mask',
    'cellMask01',
    'DAPIMask',
    'blobs_sparse_labels',
    'x.segmentations',
    'a-gt',
    'ground_truth',
    'voronoi_otsu_labeling_crop',
    'b outlines',
    'Simple Segmentation',
    'nuclei_cp_masks',
    'Masken',
  ])('hears it in %s', (name) => {
    expect(namesMask(name)).toBe(true);
  });

  it.each([
    'unmasked',
    'photomask',
    'immunolabeled',
    'label-free_01',
    'GTPase_3',
    'segment',
    'img2d',
    'usage',
    'target',
    'maskedit',
    'background',
    'grounded',
  ])('does not hear it inside other words: %s', (name) => {
    expect(namesMask(name)).toBe(false);
  });

  it('lets the nearest folder speak', () => {
    expect(kindByFolders('masks/plate1')).toBe('mask');
    expect(kindByFolders('masks/raw')).toBe('image');
    expect(kindByFolders('images/labels')).toBe('mask');
    expect(kindByFolders('plate1/A01')).toBeNull();
  });
});

describe('kinds', () => {
  it.each([
    ['tiff', 'a.tif', null, 'image'],
    ['tiff', 'a_mask.tif', null, 'mask'],
    ['tiff', 'a.tif', 'mask', 'mask'],
    ['csv', 'mask_sizes.csv', 'mask', 'table'],
    ['text', 'labels.txt', null, 'other'],
    ['json', '_annotations.coco.json', null, 'table'],
    ['json', 'settings.json', null, 'other'],
    ['git-lfs-pointer', 'a.ome.tiff', null, 'image'],
    ['unknown', 'a.tif', null, 'image'],
    ['unknown', 'a.xyz', null, 'other'],
  ] as const)('%s named %s in folders that say %s is %s', (format, name, folders, kind) => {
    expect(kindOf(format, name, folders)).toBe(kind);
  });
});

describe('first bytes', () => {
  it('win over the name where the two cannot both be right', () => {
    expect(formatOf('a.tif', bytes('\x89PNG\r\n\x1a\n....'))).toBe('png');
    expect(formatOf('a.ome.tiff', bytes('version https://git-lfs.github.com/spec/v1\noid'))).toBe(
      'git-lfs-pointer',
    );
    expect(formatOf('a.tif', bytes('hello, this is text'))).toBe('unknown');
    expect(formatOf('noname', bytes('II*\0'))).toBe('tiff');
    expect(formatOf('BigTIFF', bytes('MM\0+'))).toBe('tiff');
  });

  it('agree with formats that are another inside', () => {
    expect(formatOf('a.ome.tif', bytes('MM\0*'))).toBe('ome-tiff');
    expect(formatOf('a.svs', bytes('II*\0'))).toBe('svs');
    expect(formatOf('a.xlsx', bytes('PK\x03\x04'))).toBe('xlsx');
    expect(formatOf('a.nii.gz', bytes('\x1f\x8b'))).toBe('nifti');
    expect(formatOf('a.ozx', bytes('PK\x03\x04'))).toBe('ome-zarr-zip');
    expect(formatOf('a.dcm', bytes(`${'\0'.repeat(128)}DICM`))).toBe('dicom');
    expect(formatOf('BMP_notes.txt', bytes('BM is what it begins with'))).toBe('text');
  });

  it('leave an empty file what its name promises', () => {
    expect(formatOf('a.tif', new Uint8Array())).toBe('tiff');
  });
});
