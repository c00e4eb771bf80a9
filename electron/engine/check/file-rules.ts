import { formatBytes, formatCount } from '../../../shared/rules/format-quantities.ts';
import type { NewFinding } from '../library/findings.ts';
import { LEFT_OUT } from '../scan/left-out.ts';
import type { CheckedEntry } from './checked-entries.ts';
import { advice, found, leaveOut, placeOfEntry, type Rule } from './rule.ts';
import { walkRules } from './walk-findings.ts';

const PRACTICE = 'Experience with uploads of images';
const LIST_GUIDE = 'BioImage Archive, Submit Annotations page: Source Image is mandatory';

export const fileRules = {
  unreadable: {
    id: 'file-unreadable',
    level: 'must',
    title: { one: 'file cannot be read', many: 'files cannot be read' },
    reason: 'What cannot be read cannot be sent.',
    source: 'The file system of this computer',
    fixTitle: 'Leave them out',
  },
  unreadableOther: {
    id: 'file-unreadable-other',
    level: 'should',
    title: { one: 'further file cannot be read', many: 'further files cannot be read' },
    reason: 'It would not be sent, but pairs and checks may need it.',
    source: 'The file system of this computer',
    fixTitle: null,
  },
  leftOut: {
    id: 'file-left-out',
    level: 'may',
    title: {
      one: 'file that was worked on is skipped now',
      many: 'files that were worked on are skipped now',
    },
    reason: 'A rule leaves them out. What was said of them is kept for the case that they come back.',
    source: 'The rules of this submission for what is skipped',
    fixTitle: null,
  },
  longPath: {
    id: 'path-long-for-windows',
    level: 'may',
    title: {
      one: 'path is longer than 260 characters',
      many: 'paths are longer than 260 characters',
    },
    reason:
      'Many programs on Windows cannot open such a path, so people there cannot unpack or use the file.',
    source: 'Windows, maximum path length (MAX_PATH)',
    fixTitle: null,
  },
  vanished: {
    id: 'file-vanished',
    level: 'must',
    title: { one: 'file is no longer on disk', many: 'files are no longer on disk' },
    reason: 'They were there when the folder was looked through and cannot be sent now.',
    source: 'The file system of this computer',
    fixTitle: 'Leave them out',
  },
  changing: {
    id: 'file-changing',
    level: 'must',
    title: { one: 'file was still being written', many: 'files were still being written' },
    reason: 'Half a file would arrive at the archive, so these are held back until they rest.',
    source: PRACTICE,
    fixTitle: null,
  },
  changed: {
    id: 'file-changed',
    level: 'should',
    title: {
      one: 'file has changed since it was looked at',
      many: 'files have changed since they were looked at',
    },
    reason: 'Pairs, sizes and these checks rest on what was there before.',
    source: PRACTICE,
    fixTitle: null,
  },
  empty: {
    id: 'file-empty',
    level: 'must',
    title: { one: 'file is empty', many: 'files are empty' },
    reason: 'A file of 0 bytes holds no annotation. It is nearly always what a copy left that was cut off.',
    source: PRACTICE,
    fixTitle: 'Leave them out',
  },
  emptyOther: {
    id: 'file-empty-other',
    level: 'should',
    title: { one: 'further file is empty', many: 'further files are empty' },
    reason:
      'Neither mask nor table, but a file of 0 bytes is nearly always what a copy left that was cut off.',
    source: PRACTICE,
    fixTitle: 'Leave them out',
  },
  pointer: {
    id: 'file-git-lfs',
    level: 'must',
    title: { one: 'file is only a pointer to data', many: 'files are only pointers to data' },
    reason: 'git-lfs left a short text in place of the data, which is still on the git server.',
    source: 'Git LFS pointer file specification, version 1',
    fixTitle: 'Leave them out',
  },
  jpegMask: {
    id: 'mask-jpeg',
    level: 'should',
    title: { one: 'mask is a JPEG', many: 'masks are JPEGs' },
    reason: 'JPEG blurs values: labels near a border get numbers of objects that do not exist.',
    source: 'BioImage Archive annotation types: in a segmentation mask the pixel value is the identity',
    fixTitle: null,
  },
  maskAlone: {
    id: 'mask-without-image',
    level: 'must',
    title: { one: 'mask has no image', many: 'masks have no image' },
    reason: 'The file list must name the source image of every annotation; without it a mask means nothing.',
    source: LIST_GUIDE,
    fixTitle: 'Leave them out',
  },
  noSource: {
    id: 'source-image-missing',
    level: 'must',
    title: {
      one: 'file does not say which image it annotates',
      many: 'files do not say which image they annotate',
    },
    reason: 'The file list must name the source image in every row, for tables and other files too.',
    source: LIST_GUIDE,
    fixTitle: null,
  },
  imageAlone: {
    id: 'image-without-mask',
    level: 'may',
    title: { one: 'image has no mask', many: 'images have no mask' },
    reason: 'It need not have one. If it should, the pairing rules missed it.',
    source: 'The pairing rules of this submission',
    fixTitle: null,
  },
  manyMembers: {
    id: 'zarr-many-files',
    level: 'may',
    title: { one: 'OME-Zarr has very many files', many: 'OME-Zarrs have very many files' },
    reason: 'Every chunk is a file of its own to the archive, sent and listed one by one.',
    source: 'BioImage Archive file-list guide: a word first above 0.5 million files',
    fixTitle: null,
  },
} as const satisfies Record<string, Rule>;

const MANY_MEMBERS = 20_000;
const MAX_PATH = 260;

/** What is wrong with a file by what the index knows of it. */
export function checkFile(entry: CheckedEntry): NewFinding[] {
  const place = placeOfEntry(entry);
  if (entry.state === 'unreadable' && entry.format === 'folder') {
    const fix = advice('Ask for the right to read it, or rename it, then look through the folder again');
    return [found(walkRules.closed, place, `Not readable: ${entry.stateReason}.`, fix)];
  }
  if (!entry.send) {
    if (entry.wanted) return [held(entry)];
    if (entry.state === 'unreadable') {
      const fix = advice('Ask for the right to read it, or rename it, then look through the folder again');
      return [found(fileRules.unreadableOther, place, `Not readable: ${entry.stateReason}.`, fix)];
    }
    const lonely = entry.kind === 'image' && !entry.paired && entry.state === 'present';
    return lonely
      ? [
          found(
            fileRules.imageAlone,
            place,
            'No mask was found for it.',
            advice('Join it with its mask under Files'),
          ),
        ]
      : [];
  }
  // Every byte of it is at the archive already: what is left here does not matter.
  if (entry.state === 'vanished') return sourceOf(entry);
  const findings = sourceOf(entry);
  if (entry.remotePath.length > MAX_PATH) {
    const fix = advice('Give it a shorter path at the archive under Files');
    findings.push(found(fileRules.longPath, place, `It has ${entry.remotePath.length} characters.`, fix));
  }
  if (entry.size === 0) {
    const rule = entry.kind === 'mask' || entry.kind === 'table' ? fileRules.empty : fileRules.emptyOther;
    findings.push(found(rule, place, 'It has 0 bytes.', leaveOut));
  } else if (entry.format === 'git-lfs-pointer') {
    findings.push(
      found(fileRules.pointer, place, `It has ${formatBytes(entry.size)} and holds no data.`, leaveOut),
    );
  }
  if (entry.kind === 'mask' && entry.format === 'jpeg') {
    const fix = advice('Export it again as TIFF or PNG, then look through the folder again');
    findings.push(found(fileRules.jpegMask, place, 'A mask that was saved as JPEG.', fix));
  }
  if (entry.members > MANY_MEMBERS && !entry.isZip) {
    const fix = advice('Send it as one ZIP, or save it with larger chunks or with shards');
    findings.push(found(fileRules.manyMembers, place, `It has ${formatCount(entry.members)} files.`, fix));
  }
  return findings;
}

function held(entry: CheckedEntry): NewFinding {
  const place = placeOfEntry(entry);
  switch (entry.state) {
    case 'unreadable':
      return found(
        fileRules.unreadable,
        place,
        `Not readable: ${entry.stateReason || 'no rights'}.`,
        leaveOut,
      );
    case 'vanished':
      if (entry.stateReason.startsWith(LEFT_OUT)) {
        const fix = advice('Change under Files what is skipped, if it belongs to the submission');
        return found(fileRules.leftOut, place, `It is ${entry.stateReason}.`, fix);
      }
      return found(fileRules.vanished, place, 'It is no longer where it was.', leaveOut);
    default:
      return found(
        fileRules.changing,
        place,
        entry.stateReason === ''
          ? 'It was still being written when it was looked at.'
          : `It was ${entry.stateReason}.`,
        advice('Wait until it is written, then look through the folder again'),
      );
  }
}

function sourceOf(entry: CheckedEntry): NewFinding[] {
  if (entry.sourceImage.trim() !== '') return [];
  const place = placeOfEntry(entry);
  return entry.kind === 'mask'
    ? [found(fileRules.maskAlone, place, 'No image was found for it.', leaveOut)]
    : [
        found(
          fileRules.noSource,
          place,
          'Its source image is empty.',
          advice('Type its source image under Files'),
        ),
      ];
}
