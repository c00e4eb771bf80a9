import { readDirectory, type TiffDirectory, type TiffFile } from './tiff-directory.ts';
import { tags } from './tiff-tags.ts';

/** A microscope writes one page a plane; longer lists than this are cut. */
const MAX_PAGES = 100_000;

/** What is known of every page without reading its pixels. */
export interface PageSummary {
  readonly offset: number;
  readonly width: number;
  readonly height: number;
  /** Bits, sample format, samples and colour model in one word: pages of one stack have the same. */
  readonly kind: string;
  readonly tiled: boolean;
  /** The page says that it is a smaller copy of another one (NewSubfileType, bit 0). */
  readonly reduced: boolean;
}

export interface PageList {
  readonly pages: readonly PageSummary[];
  readonly notes: readonly string[];
}

/**
 * Follows the chain of pages, each visited once. A chain that loops or breaks off ends there with a note; only a
 * first page that cannot be read is an error, the reader's own.
 */
export async function listPages(tiff: TiffFile): Promise<PageList> {
  const seen = new Set<number>();
  const pages: PageSummary[] = [];
  const notes: string[] = [];
  for (let offset = tiff.firstDirectory; offset !== 0; ) {
    if (seen.has(offset)) {
      notes.push(`The list of pages leads back to itself; ${count(pages.length)} can be shown.`);
      break;
    }
    if (pages.length >= MAX_PAGES) {
      notes.push(`Only the first ${MAX_PAGES.toLocaleString('en')} pages are shown.`);
      break;
    }
    seen.add(offset);
    try {
      const directory = await readDirectory(tiff, offset);
      pages.push(await summarise(directory));
      offset = directory.next;
    } catch (problem) {
      if (pages.length === 0) throw problem;
      notes.push(
        `The list of pages breaks off after ${count(pages.length)}. The file may have been cut short while copying.`,
      );
      break;
    }
  }
  return { pages, notes };
}

/** What is known of a page from its fields. */
export async function summarise(directory: TiffDirectory): Promise<PageSummary> {
  const [width, height, samples, photometric, subfile, bits, format] = await Promise.all([
    directory.number(tags.imageWidth),
    directory.number(tags.imageLength),
    directory.number(tags.samplesPerPixel),
    directory.number(tags.photometric),
    directory.number(tags.newSubfileType),
    directory.number(tags.bitsPerSample),
    directory.number(tags.sampleFormat),
  ]);
  return {
    offset: directory.offset,
    width: width ?? 0,
    height: height ?? 0,
    kind: [bits ?? 1, format ?? 1, samples ?? 1, photometric ?? -1].join('/'),
    tiled: directory.has(tags.tileOffsets),
    reduced: ((subfile ?? 0) & 1) === 1,
  };
}

function count(pages: number): string {
  return pages === 1 ? 'one page' : `${pages.toLocaleString('en')} pages`;
}
