import { hierarchy, treemap, treemapSquarify } from 'd3-hierarchy';
import type { SpaceArea, SpacePart } from '../../../../shared/contract/tree-calls.ts';

/** A rectangle of a space map, in pixels from its upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface AreaBox extends Box {
  readonly area: SpaceArea;
  /** What lies in a folder that is large enough to show it. */
  readonly parts: readonly (Box & { readonly part: SpacePart })[];
}

/** Height of the line with a folder's name. */
export const headHeight = 18;
/** Folders smaller than this show no inside. */
const leastInside = { width: 56, height: 44 };
const gap = 2;

/**
 * Places areas in a rectangle so that each is as large as its share of the bytes and none is longer than it must be
 * (Bruls, Huizing, van Wijk: Squarified Treemaps). Where nothing has a byte, the number of files counts.
 */
export function spaceLayout(areas: readonly SpaceArea[], width: number, height: number): AreaBox[] {
  const boxes = squarified(areas, { x: 0, y: 0, width, height });
  return boxes.map(({ one, ...box }) => {
    const roomy = box.width >= leastInside.width && box.height >= leastInside.height;
    const inside = {
      ...{ x: box.x + gap + 1, y: box.y + headHeight },
      ...{ width: box.width - 2 * (gap + 1), height: box.height - headHeight - gap - 1 },
    };
    const parts = roomy ? squarified(one.parts, inside) : [];
    return { ...box, area: one, parts: parts.map(({ one: part, ...rest }) => ({ ...rest, part })) };
  });
}

/** The plain layout: all areas fill the box together, each by its share. */
export function squarified<T extends SpacePart>(
  parts: readonly T[],
  { x, y, width, height }: Box,
): (Box & { readonly one: T })[] {
  const byBytes = parts.some(({ bytes }) => bytes > 0);
  const weight = (part: SpacePart) => (byBytes ? part.bytes : part.files);
  const shown = parts.filter((part) => weight(part) > 0);
  if (shown.length === 0 || width <= 0 || height <= 0) return [];
  const root = hierarchy<{ readonly one: T | null; readonly below: readonly T[] }>(
    { one: null, below: shown },
    (node) => node.below.map((one) => ({ one, below: [] })),
  )
    .sum(({ one }) => (one === null ? 0 : weight(one)))
    // The rest comes last, however much it is: it leads nowhere.
    .sort((a, b) => isRest(a.data.one) - isRest(b.data.one) || (b.value ?? 0) - (a.value ?? 0));
  const placed = treemap<{ readonly one: T | null; readonly below: readonly T[] }>()
    .size([width, height])
    .tile(treemapSquarify)(root);
  return placed.leaves().flatMap(({ data, x0, y0, x1, y1 }) => {
    return data.one === null
      ? []
      : [{ one: data.one, x: x + x0, y: y + y0, width: x1 - x0, height: y1 - y0 }];
  });
}

function isRest(part: SpacePart | null): number {
  return part?.what === 'rest' ? 1 : 0;
}
