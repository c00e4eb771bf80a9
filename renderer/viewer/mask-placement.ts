import type { ImageInfo } from '../../shared/imaging/image-info.ts';
import { maskPlane, type Scene } from './scene.ts';
import type { Rect, Size, Viewport } from './viewport.ts';

/** Where a mask lies over its image, in image pixels, and what must be said about it. */
export interface MaskPlacement {
  readonly rect: Rect;
  /** A sentence when mask and image do not have the same pixels; else null. */
  readonly note: string | null;
}

/**
 * A mask of the same size lies over its image pixel by pixel. One of the same proportions is stretched over it, as
 * a mask made at a lower resolution wants to be; any other lies at the upper left corner, pixel by pixel.
 */
export function placeMask(image: Size, mask: Size): MaskPlacement {
  if (image.width === mask.width && image.height === mask.height) {
    return { rect: { x: 0, y: 0, ...image }, note: null };
  }
  const sizes = `The mask has ${sizeText(mask)} pixels, the image ${sizeText(image)}`;
  const [across, down] = [image.width / mask.width, image.height / mask.height];
  // Rounding when a level was made may cost up to one pixel on either axis.
  const tolerance = Math.max(1 / mask.width, 1 / mask.height) * Math.max(across, down);
  if (Math.abs(across - down) <= tolerance) {
    return {
      rect: { x: 0, y: 0, ...image },
      note: `${sizes}: the mask is stretched over the image.`,
    };
  }
  return {
    rect: { x: 0, y: 0, ...mask },
    note: `${sizes}, with other proportions: the mask is laid at the upper left corner and may not fit.`,
  };
}

export function sizeText({ width, height }: Size): string {
  return `${width.toLocaleString('en')} × ${height.toLocaleString('en')}`;
}

/** What the mask shows of planes and frames where it has another number of them than its image; null when equal. */
export function planesNote(image: ImageInfo, mask: ImageInfo): string | null {
  const parts = (['z', 't'] as const).flatMap((axis) => {
    const [theirs, own] = [image.sizes[axis], mask.sizes[axis]];
    if (own === theirs || own === 1) return [];
    const word = axis === 'z' ? 'planes (Z)' : 'frames (T)';
    return [`${own} ${word} where the image has ${theirs}`];
  });
  return parts.length === 0 ? null : `The mask has ${parts.join(' and ')}.`;
}

/** What people should know while they look: what the reader says of the image, and where the mask does not fit. */
export function sceneNotes({ info, mask, plane }: Scene): string[] {
  const notes: (string | null)[] = [...info.notes];
  const [size, maskSize] = [info.levels[0], mask?.info.levels[0]];
  if (mask && size && maskSize) {
    notes.push(placeMask(size, maskSize).note, planesNote(info, mask.info));
    if (!maskPlane(mask.info, plane)) notes.push('The mask ends before this plane: nothing is drawn here.');
  }
  return notes.filter((note) => note !== null);
}

/** The viewport in pixels of the mask that shows the same part of the world. */
export function maskViewport(viewport: Viewport, placement: MaskPlacement, mask: Size): Viewport {
  const across = mask.width / placement.rect.width;
  const down = mask.height / placement.rect.height;
  return {
    centreX: (viewport.centreX - placement.rect.x) * across,
    centreY: (viewport.centreY - placement.rect.y) * down,
    scale: viewport.scale / across,
  };
}
