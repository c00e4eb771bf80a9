import type { TiffFile } from './tiff-directory.ts';
import { readDirectory } from './tiff-directory.ts';
import { type PageSummary, summarise } from './tiff-pages.ts';
import { tags } from './tiff-tags.ts';

/** A pyramid has one level a halving; more SubIFDs than this are something else. */
const MAX_LEVELS = 32;

/** Smaller copies of the pages of a stack, finest first. */
export interface Pyramid {
  readonly levels: readonly { readonly width: number; readonly height: number }[];
  /** Offset of the directory of a level (1 is the first smaller copy) of a page. */
  offset(page: number, level: number): Promise<number | null>;
  /** Pages of the main chain that are levels. */
  readonly pagesUsed: ReadonlySet<number>;
}

const none: Pyramid = { levels: [], offset: async () => null, pagesUsed: new Set() };

/**
 * Finds the smaller copies of a stack: in SubIFDs of each page (OME-TIFF), or, for a single plane, as further pages of
 * the main chain (most slide scanners, GDAL).
 */
export async function findPyramid(
  tiff: TiffFile,
  pages: readonly PageSummary[],
  stack: readonly number[],
): Promise<Pyramid> {
  const first = pages[stack[0] ?? 0];
  if (!first) return none;
  const inside = await smallerCopies(tiff, first);
  if (inside.length > 0) return subIfdPyramid(tiff, pages, inside);
  if (stack.length !== 1) return none;
  const further: { index: number; page: PageSummary }[] = [];
  pages.forEach((page, index) => {
    const last = further.at(-1)?.page ?? first;
    if (
      index !== stack[0] &&
      page.tiled === first.tiled &&
      isSmallerCopy(page, first) &&
      page.width < last.width
    ) {
      further.push({ index, page });
    }
  });
  return {
    levels: further.map(({ page }) => page),
    offset: async (_, level) => further[level - 1]?.page.offset ?? null,
    pagesUsed: new Set(further.map(({ index }) => index)),
  };
}

function subIfdPyramid(
  tiff: TiffFile,
  pages: readonly PageSummary[],
  levels: readonly PageSummary[],
): Pyramid {
  const known = new Map<number, Promise<readonly PageSummary[]>>();
  const copies = (page: number) => {
    const summary = pages[page];
    const found = known.get(page) ?? (summary ? smallerCopies(tiff, summary) : Promise.resolve([]));
    known.set(page, found);
    if (known.size > 256) known.delete(known.keys().next().value ?? page);
    return found;
  };
  return {
    levels,
    async offset(page, level) {
      const wanted = levels[level - 1];
      const found = (await copies(page)).find(
        (copy) => copy.width === wanted?.width && copy.height === wanted.height,
      );
      return found?.offset ?? null;
    },
    pagesUsed: new Set(),
  };
}

async function smallerCopies(tiff: TiffFile, page: PageSummary): Promise<readonly PageSummary[]> {
  const directory = await readDirectory(tiff, page.offset);
  const count = directory.count(tags.subIfds);
  if (count === 0 || count > MAX_LEVELS) return [];
  const copies: PageSummary[] = [];
  for (const offset of await directory.numbers(tags.subIfds)) {
    const copy = await summarise(await readDirectory(tiff, offset));
    const last = copies.at(-1) ?? page;
    if (isSmallerCopy(copy, page) && copy.width < last.width) copies.push(copy);
  }
  return copies;
}

/** Same kind of numbers, smaller, and the same shape up to what rounding of the sides can do. */
function isSmallerCopy(copy: PageSummary, page: PageSummary): boolean {
  if (copy.kind !== page.kind || copy.width < 1 || copy.height < 1) return false;
  if (copy.width >= page.width || copy.height > page.height) return false;
  const factor = page.width / copy.width;
  return Math.abs(page.height / factor - copy.height) <= 1.5;
}
