import type { Profile } from '../../../shared/destinations/profile.ts';
import { imagePartOf } from '../../../shared/model/pair.ts';
import { isImageFormat } from '../../../shared/rules/file-kinds.ts';
import { localPathSql } from '../library/entry-sql.ts';
import type { NewFinding } from '../library/findings.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { type CheckedEntry, entryPages } from './checked-entries.ts';
import { ImageReadings, isUnread, type ReadFile, type ReadImage } from './image-readings.ts';
import { checkMask, checkPair, checkReading, pixelRules, type ReadEntry } from './pixel-rules.ts';
import { advice, found, placeOfEntry } from './rule.ts';

interface PairedImage extends ReadFile {
  readonly maskId: number;
  readonly maskPart: string;
  /** The pairing rule, `labels` or `manual`. */
  readonly by: string;
  readonly id: number;
  readonly path: string;
  readonly name: string;
  readonly format: string;
  readonly state: string;
}

export interface PixelChecks {
  readonly read: ReadImage;
  readonly signal: AbortSignal;
  /** Told before each mask is read. */
  readonly onMask: (path: string) => void;
}

const kept = new WeakMap<SubmissionFile, ImageReadings>();

/**
 * Reads the masks that will be sent and the images they are paired with, and says what does not fit. Files that end
 * or hang the decoder are findings like others. Works page by page; a mask is read once, however many pairs it is in.
 */
export async function* checkPixels(
  file: SubmissionFile,
  profile: Profile,
  work: PixelChecks,
): AsyncGenerator<NewFinding[]> {
  const readings = kept.get(file) ?? new ImageReadings();
  kept.set(file, readings);
  const noted = new NotedImages();
  for (const page of entryPages(file, profile, 'sent')) {
    const masks = page.filter(
      (entry) => entry.state === 'present' && entry.size > 0 && isImageFormat(entry.format),
    );
    const images = imagesOf(file, masks);
    for (const mask of masks) {
      work.signal.throwIfAborted();
      work.onMask(mask.path || mask.name);
      yield await checkOne(mask, images.get(mask.id) ?? [], readings, noted, work);
    }
  }
}

async function checkOne(
  entry: CheckedEntry,
  images: readonly PairedImage[],
  readings: ImageReadings,
  noted: NotedImages,
  { read, signal }: PixelChecks,
): Promise<NewFinding[]> {
  const findings = severalImages(entry, images);
  const note = async (image: ReadFile & Omit<ReadEntry, 'part'>, part = '') => {
    const imageIs = await readings.read(image, part, read, { look: false, signal });
    if (noted.isNew(image.id)) findings.push(...checkReading({ ...image, part }, imageIs));
    return imageIs;
  };
  const parts = new Set(images.map((image) => image.maskPart));
  if (entry.kind === 'mask' && images.length === 0) parts.add('');
  if (entry.kind !== 'mask') await note(entry);
  for (const part of parts) {
    const mask = { ...entry, part };
    const maskIs = await readings.read(entry, part, read, { look: true, signal });
    if (part !== '' || noted.isNew(entry.id)) findings.push(...checkReading(mask, maskIs));
    if (isUnread(maskIs)) continue;
    findings.push(...checkMask(mask, maskIs));
    for (const image of images.filter((candidate) => candidate.maskPart === part)) {
      if (image.state !== 'present' || !isImageFormat(image.format)) continue;
      const imageIs = await note(image, imagePartOf(part));
      if (!isUnread(imageIs)) {
        findings.push(...checkPair(mask, maskIs, { path: image.path || image.name }, imageIs));
      }
    }
  }
  return findings;
}

function severalImages(entry: CheckedEntry, images: readonly PairedImage[]): NewFinding[] {
  const count = new Set(images.map((image) => image.id)).size;
  // A rule gives several images to a mask only where it says so: one mask for a stack.
  const isByRule = images.every(({ by }) => by !== 'manual' && by === images[0]?.by);
  if (count < 2 || isByRule) return [];
  const message = `It is paired with ${count} images; the list will name ${entry.sourceImage}.`;
  return [
    found(pixelRules.several, placeOfEntry(entry), message, advice('Part the wrong pairs under Files')),
  ];
}

/** Images by the mask they are paired with. */
function imagesOf(file: SubmissionFile, masks: readonly CheckedEntry[]): Map<number, PairedImage[]> {
  const rows = file.all<PairedImage>(
    `SELECT p.mask_entry_id AS maskId, p.mask_part AS maskPart, p.by, e.id, e.path, e.name, ${localPathSql} AS localPath,
       e.format, e.size, e.modified_ms AS modifiedMs, e.state
     FROM pair p JOIN entry e ON e.id = p.image_entry_id JOIN source s ON s.id = e.source_id
     WHERE p.parted = 0 AND p.mask_entry_id IN (SELECT value FROM json_each(?)) ORDER BY p.id`,
    JSON.stringify(masks.map(({ id }) => id)),
  );
  const byMask = new Map<number, PairedImage[]>();
  for (const row of rows) byMask.set(row.maskId, [...(byMask.get(row.maskId) ?? []), row]);
  return byMask;
}

/** Images about which something was said; an image may have many masks. Forgets when it grows: saying it twice is no harm. */
class NotedImages {
  readonly #ids = new Set<number>();

  isNew(id: number): boolean {
    if (this.#ids.has(id)) return false;
    if (this.#ids.size > 100_000) this.#ids.clear();
    this.#ids.add(id);
    return true;
  }
}
