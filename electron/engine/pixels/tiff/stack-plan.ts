import type { ImageInfo } from '../../../../shared/imaging/image-info.ts';
import type { ChannelHint } from '../channel-defaults.ts';
import type { PageSummary } from './tiff-pages.ts';

/** Where the pixels of one plane are: a page by its number, and for planes behind one directory which of them. */
export interface PlanePlace {
  readonly page: number;
  readonly contiguous: number;
}

/** How the pages of a file make up an image. `c` counts pages, not the samples inside one page. */
export interface StackPlan {
  readonly format: string;
  readonly name: string | null;
  readonly sizes: { readonly z: number; readonly c: number; readonly t: number };
  /** One for each delivered channel, samples counted; may be shorter. */
  readonly channels: readonly ChannelHint[];
  readonly pixelSize: ImageInfo['pixelSize'];
  place(c: number, z: number, t: number): PlanePlace;
  readonly notes: readonly string[];
}

/** What the planners know of a file. */
export interface StackFacts {
  readonly fileName: string;
  readonly pages: readonly PageSummary[];
  /** Samples delivered of each pixel, transparency left out. */
  readonly samples: number;
  readonly description: string;
  readonly software: string;
  /** Pixels per unit of ResolutionUnit, 0 when not said. */
  readonly resolution: { readonly x: number; readonly y: number; readonly unit: number };
  /** Planes that follow each other behind the first directory, by the file's size; 1 when there is no room for more. */
  readonly contiguousRoom: number;
  /** Number of planes by MetaMorph's own field, 0 when absent. */
  readonly stkPlanes: number;
  readonly isLsm: boolean;
}

/** Numbers of the pages that have the size and kind of the first one and are no smaller copies. */
export function stackPages(pages: readonly PageSummary[]): number[] {
  const first = pages[0];
  const same: number[] = [];
  pages.forEach((page, index) => {
    const fits = page.width === first?.width && page.height === first.height && page.kind === first.kind;
    if (index === 0 || (fits && !page.reduced)) same.push(index);
  });
  return same;
}

/**
 * Places of planes in file order with one axis after the other, the first fastest: `order` as in `czt`. Planes are
 * pages, or follow each other behind the first directory.
 */
export function inOrder(
  order: string,
  sizes: StackPlan['sizes'],
  pages: readonly number[] | 'contiguous',
): StackPlan['place'] {
  return (c, z, t) => {
    const index = { c, z, t };
    let plane = 0;
    let step = 1;
    for (const axis of order) {
      if (axis !== 'c' && axis !== 'z' && axis !== 't') continue;
      plane += index[axis] * step;
      step *= sizes[axis];
    }
    return pages === 'contiguous'
      ? { page: 0, contiguous: plane }
      : { page: pages[plane] ?? 0, contiguous: 0 };
  };
}

/** A count for people: "1 page", "1,200 pages". */
export function pagesInWords(count: number): string {
  return count === 1 ? '1 page' : `${count.toLocaleString('en')} pages`;
}
