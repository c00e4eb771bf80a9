import type { NewFinding } from '../library/findings.ts';
import { isUnread, type Reading, type Unread } from './image-readings.ts';
import { advice, found, placeOfEntry, type Rule } from './rule.ts';

const MASK =
  'BioImage Archive annotation types: a segmentation mask is as large as its source, pixel value = identity';

export const pixelRules = {
  size: {
    id: 'pair-size',
    level: 'should',
    title: { one: 'mask has another size than its image', many: 'masks have another size than their images' },
    reason:
      'Laid over the image it would not fit. Often it belongs to another image, or one of them was scaled.',
    source: MASK,
    fixTitle: null,
  },
  planes: {
    id: 'pair-planes',
    level: 'may',
    title: { one: 'mask has other planes than its image', many: 'masks have other planes than their images' },
    reason: 'Right for a mask of a projection or of one plane; say so in the column Transformations then.',
    source: MASK,
    fixTitle: null,
  },
  floating: {
    id: 'mask-not-whole-numbers',
    level: 'should',
    title: { one: 'mask does not hold whole numbers', many: 'masks do not hold whole numbers' },
    reason:
      'Labels are whole numbers. Numbers with fractions are probabilities, or come from scaling with interpolation.',
    source: MASK,
    fixTitle: null,
  },
  colours: {
    id: 'mask-in-colours',
    level: 'should',
    title: { one: 'mask is saved in colours', many: 'masks are saved in colours' },
    reason: 'Programs read labels from one number a pixel; three colours are most often a picture of a mask.',
    source: MASK,
    fixTitle: null,
  },
  zero: {
    id: 'mask-empty',
    level: 'should',
    title: { one: 'mask holds no label', many: 'masks hold no label' },
    reason:
      'Every pixel is 0. Right if nothing was to be seen in the image, else the labels got lost on saving.',
    source: 'Experience with masks',
    fixTitle: null,
  },
  damaged: {
    id: 'image-damaged',
    level: 'should',
    title: { one: 'image is damaged', many: 'images are damaged' },
    reason: 'Nobody who downloads it would be able to open it.',
    source: 'The image itself, read by Slipway',
    fixTitle: null,
  },
  notShown: {
    id: 'image-not-read',
    level: 'may',
    title: { one: 'image could not be looked into', many: 'images could not be looked into' },
    reason: 'It can be sent, but Slipway could not compare image and mask.',
    source: 'Formats and sizes that this version reads',
    fixTitle: null,
  },
  incomplete: {
    id: 'image-incomplete',
    level: 'should',
    title: { one: 'image lacks parts', many: 'images lack parts' },
    reason: 'Missing chunks read as 0 without any sign: often a copy that was cut off.',
    source: 'Zarr specification: a chunk that is not there has the fill value',
    fixTitle: null,
  },
  note: {
    id: 'image-note',
    level: 'may',
    title: { one: 'image has something worth knowing', many: 'images have something worth knowing' },
    reason: 'What the reader noticed while it looked into the file.',
    source: 'The image itself, read by Slipway',
    fixTitle: null,
  },
  several: {
    id: 'mask-of-several-images',
    level: 'should',
    title: { one: 'mask is paired with several images', many: 'masks are paired with several images' },
    reason: 'The column Source Image holds one image a row; the first one found is written.',
    source: 'BIA ingest, file_reference: the source is a single value',
    fixTitle: null,
  },
} as const satisfies Record<string, Rule>;

/** The entry, or the label image inside one, that a reading is of. */
export interface ReadEntry {
  readonly id: number;
  readonly path: string;
  readonly name: string;
  readonly part: string;
}

/** Problems by which the decoder says that a file is broken rather than unknown to it. */
const BROKEN = new Set(['damaged-image', 'decoder-crashed', 'unsafe-image']);
/** Said by the checks of the file itself. */
const SAID_ELSEWHERE = new Set(['file-gone', 'file-unreadable']);

/** A reader's note that pixels are not there. */
const LACKING = /chunk|incomplete|missing/i;

/** What one image or mask says by itself. */
export function checkReading(entry: ReadEntry, reading: Reading | Unread): NewFinding[] {
  const place = placeOfEntry(entry);
  const where = entry.part === '' ? '' : `${entry.part}: `;
  if (isUnread(reading)) {
    if (SAID_ELSEWHERE.has(reading.code)) return [];
    const rule = BROKEN.has(reading.code) ? pixelRules.damaged : pixelRules.notShown;
    const fix = advice(
      rule === pixelRules.damaged
        ? 'Compare it with the original, and copy or export it again'
        : 'Look at it in the program that made it',
    );
    return [found(rule, place, `${where}${reading.why}`, fix)];
  }
  const lacking = reading.notes.filter((note) => LACKING.test(note));
  const others = reading.notes.filter((note) => !LACKING.test(note));
  const say = (rule: Rule, notes: readonly string[], fix: string) =>
    notes.length === 0 ? [] : [found(rule, place, `${where}${notes.join(' ')}`, advice(fix))];
  return [
    ...say(pixelRules.incomplete, lacking, 'Copy it again from where it was made, and compare'),
    ...say(pixelRules.note, others, 'Nothing to do if this is as you want it'),
  ];
}

/** What is wrong with a mask by itself. */
export function checkMask(entry: ReadEntry, reading: Reading): NewFinding[] {
  const place = placeOfEntry(entry);
  const where = entry.part === '' ? 'It' : entry.part;
  const findings: NewFinding[] = [];
  if (reading.rgb) {
    findings.push(
      found(
        pixelRules.colours,
        place,
        `${where} holds red, green and blue.`,
        advice('Export the labels as whole numbers, one channel'),
      ),
    );
  } else if (reading.floating) {
    findings.push(
      found(
        pixelRules.floating,
        place,
        `${where} is stored as ${reading.storedType}.`,
        advice('Export the labels as 8, 16 or 32 bit whole numbers'),
      ),
    );
  }
  if (reading.zero !== 'no') {
    const message =
      reading.zero === 'all'
        ? `${where} is 0 everywhere.`
        : `${where} is 0 in every plane and pixel looked at.`;
    findings.push(
      found(pixelRules.zero, place, message, advice('Look at it; export it again, or leave it out')),
    );
  }
  return findings;
}

/** What is wrong between a mask and its image. */
export function checkPair(
  mask: ReadEntry,
  maskIs: Reading,
  image: { readonly path: string },
  imageIs: Reading,
): NewFinding[] {
  const place = placeOfEntry(mask);
  const [m, i] = [maskIs.sizes, imageIs.sizes];
  if (m.x !== i.x || m.y !== i.y) {
    const message = `${m.x} × ${m.y} pixels, its image ${image.path} has ${i.x} × ${i.y}.`;
    return [
      found(pixelRules.size, place, message, advice('Look at the two; join the mask with its own image')),
    ];
  }
  // Some files do not say whether planes are depth or time.
  if (m.z * m.t === i.z * i.t) return [];
  const message = `${planes(m)}, its image ${image.path} has ${planes(i)}.`;
  return [
    found(
      pixelRules.planes,
      place,
      message,
      advice('Look at the two, and say in Transformations how the one came from the other'),
    ),
  ];
}

function planes({ z, t }: Reading['sizes']): string {
  return t === 1 ? `${z} in depth` : z === 1 ? `${t} in time` : `${z} in depth and ${t} in time`;
}
