import { describe, expect, it } from 'vitest';
import { biaAnnotations } from '../../../shared/destinations/bia-annotations.ts';
import { checkCells } from './cell-rules.ts';
import type { CheckedEntry } from './checked-entries.ts';
import { checkFile } from './file-rules.ts';
import { rules } from './rules.ts';

const entry = (more: Partial<CheckedEntry>): CheckedEntry => ({
  id: 1,
  path: 'masks/a.tif',
  name: 'a.tif',
  localPath: '/data/masks/a.tif',
  kind: 'mask',
  format: 'tiff',
  size: 100,
  members: 1,
  modifiedMs: 0,
  state: 'present',
  stateReason: '',
  wanted: true,
  send: true,
  remotePath: 'data/masks/a.tif',
  annotationType: '',
  sourceImage: 'images/a.tif',
  annotationBlock: '',
  columns: {},
  paired: true,
  isZip: false,
  ...more,
});
const files = (more: Partial<CheckedEntry>) =>
  checkFile(entry(more)).map(({ rule, level, fix }) => [rule, level, fix?.safe ? fix.id : null]);
const cells = (more: Partial<CheckedEntry>) =>
  checkCells(entry(more), biaAnnotations, new Set(['a'])).map(({ rule, level, fix }) => [
    rule,
    level,
    fix?.safe ? fix.after : null,
  ]);

describe('a file by what the index knows', () => {
  it.each<[string, Partial<CheckedEntry>, unknown[]]>([
    ['nothing wrong', {}, []],
    ['empty mask', { size: 0 }, [['file-empty', 'must', 'leave-out']]],
    ['empty table', { size: 0, kind: 'table' }, [['file-empty', 'must', 'leave-out']]],
    ['other empty file', { size: 0, kind: 'other' }, [['file-empty-other', 'should', 'leave-out']]],
    ['pointer of git-lfs', { format: 'git-lfs-pointer' }, [['file-git-lfs', 'must', 'leave-out']]],
    ['mask without image', { sourceImage: '' }, [['mask-without-image', 'must', 'leave-out']]],
    ['table without image', { sourceImage: ' ', kind: 'table' }, [['source-image-missing', 'must', null]]],
    ['mask as JPEG', { format: 'jpeg' }, [['mask-jpeg', 'should', null]]],
    ['huge OME-Zarr', { format: 'ome-zarr', members: 100_000 }, [['zarr-many-files', 'may', null]]],
    ['unreadable', { send: false, state: 'unreadable' }, [['file-unreadable', 'must', 'leave-out']]],
    ['vanished', { send: false, state: 'vanished' }, [['file-vanished', 'must', 'leave-out']]],
    [
      'worked on, and skipped since',
      { send: false, state: 'vanished', stateReason: 'left out: hidden' },
      [['file-left-out', 'may', null]],
    ],
    [
      'unreadable and not wanted',
      { send: false, wanted: false, state: 'unreadable' },
      [['file-unreadable-other', 'should', null]],
    ],
    [
      'closed folder',
      { send: false, wanted: false, state: 'unreadable', format: 'folder', kind: 'other' },
      [['source-trouble', 'should', null]],
    ],
    ['path of 260', { remotePath: 'x'.repeat(260) }, []],
    ['path of 261', { remotePath: 'x'.repeat(261) }, [['path-long-for-windows', 'may', null]]],
    ['still being written', { send: false, state: 'changing' }, [['file-changing', 'must', null]]],
    ['left out', { send: false, wanted: false, state: 'vanished' }, []],
    [
      'image without mask',
      { send: false, wanted: false, kind: 'image', paired: false },
      [['image-without-mask', 'may', null]],
    ],
    ['image with mask', { send: false, wanted: false, kind: 'image' }, []],
    ['vanished, but every byte at the archive', { state: 'vanished', size: 0 }, []],
  ])('%s', (_, more, expected) => expect(files(more)).toEqual(expected));
});

describe('cells of a file list (BioStudies backend, file-list reader; BIA ingest)', () => {
  it.each<[string, Partial<CheckedEntry>, unknown[]]>([
    [
      'nothing wrong',
      {
        columns: { Dose: '5', 'Annotation Creation Time': '2026-11-20' },
        annotationType: 'tracks',
        annotationBlock: 'a',
      },
      [],
    ],
    ['tab in the source', { sourceImage: 'a\tb' }, [['cell-characters', 'must', 'a b']]],
    ['line end in a column', { columns: { Dose: '5\n6' } }, [['cell-characters', 'must', '5 6']]],
    ['second source column', { columns: { source_image: 'x' } }, [['column-name', 'must', null]]],
    ['column of our own name in other letters', { columns: { FILES: 'x' } }, [['column-name', 'must', null]]],
    [
      'type in other words',
      { annotationType: 'Segmentation mask' },
      [['annotation-type-unknown', 'must', 'segmentation_mask']],
    ],
    ['unknown type', { annotationType: 'painting' }, [['annotation-type-unknown', 'must', null]]],
    [
      'time in words',
      { columns: { 'Annotation Creation Time': 'last May' } },
      [['creation-time', 'should', null]],
    ],
    ['path of Windows', { sourceImage: 'D:\\images\\a.tif' }, [['source-image-local', 'should', null]]],
    ['path of Linux', { sourceImage: '/home/ada/a.tif' }, [['source-image-local', 'should', null]]],
    ['annotation that is gone', { annotationBlock: 'old' }, [['annotation-gone', 'should', '']]],
    ['not sent', { send: false, sourceImage: 'a\tb' }, []],
  ])('%s', (_, more, expected) => expect(cells(more)).toEqual(expected));
});

describe('rules', () => {
  it('each have an id of their own, a reason in a sentence, and a source', () => {
    expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length);
    for (const rule of rules) {
      expect(rule.id).toMatch(/^[a-z-]+$/);
      expect(rule.reason).toMatch(/[^.]\.$/);
      expect(rule.source.length).toBeGreaterThan(10);
      expect(rule.title.one).not.toMatch(/[.!]$|^\d/);
      for (const words of [rule.title.one, rule.title.many, rule.reason])
        expect(words).not.toMatch(/invalid|oops|!$/i);
    }
  });
});
