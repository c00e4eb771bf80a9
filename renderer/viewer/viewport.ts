/** A width and a height in the same unit. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** `x` and `y` of the upper left corner. */
export interface Rect extends Point, Size {}

/**
 * What part of an image is seen: the image point in the middle of the view and the zoom. Image points are in pixels
 * of the finest level, 0,0 at the upper left corner of the first pixel. `scale` is screen pixels an image pixel.
 */
export interface Viewport {
  readonly centreX: number;
  readonly centreY: number;
  readonly scale: number;
}

const LARGEST_SCALE = 64;

/** The whole image in the middle of the view with `margin` screen pixels around it, at most 32 times enlarged. */
export function wholeImage(image: Size, view: Size, margin = 16): Viewport {
  const room = (length: number) => Math.max(1, length - 2 * margin);
  const scale = Math.min(room(view.width) / image.width, room(view.height) / image.height, 32);
  return { centreX: image.width / 2, centreY: image.height / 2, scale };
}

/** How far one may zoom: out to a quarter of the fitted size, in to 64 screen pixels an image pixel. */
export function scaleLimits(
  image: Size,
  view: Size,
): { readonly smallest: number; readonly largest: number } {
  const fitted = wholeImage(image, view).scale;
  return { smallest: Math.min(fitted / 4, 1), largest: Math.max(LARGEST_SCALE, fitted) };
}

export function toScreen(viewport: Viewport, view: Size, point: Point): Point {
  return {
    x: view.width / 2 + (point.x - viewport.centreX) * viewport.scale,
    y: view.height / 2 + (point.y - viewport.centreY) * viewport.scale,
  };
}

export function toImage(viewport: Viewport, view: Size, point: Point): Point {
  return {
    x: viewport.centreX + (point.x - view.width / 2) / viewport.scale,
    y: viewport.centreY + (point.y - view.height / 2) / viewport.scale,
  };
}

/** Zooms by a factor so that the image point under the screen point `about` stays where it is. */
export function zoomAbout(
  viewport: Viewport,
  view: Size,
  about: Point,
  factor: number,
  limits: { readonly smallest: number; readonly largest: number },
): Viewport {
  const scale = Math.min(limits.largest, Math.max(limits.smallest, viewport.scale * factor));
  const held = toImage(viewport, view, about);
  return {
    centreX: held.x - (about.x - view.width / 2) / scale,
    centreY: held.y - (about.y - view.height / 2) / scale,
    scale,
  };
}

/** Moves the picture by screen pixels: with a positive `dx` it goes to the right. */
export function panBy(viewport: Viewport, dx: number, dy: number): Viewport {
  return {
    ...viewport,
    centreX: viewport.centreX - dx / viewport.scale,
    centreY: viewport.centreY - dy / viewport.scale,
  };
}

/** Moves no further than the rim of the image to the middle of the view, so that it cannot be lost. */
export function keepInReach(viewport: Viewport, image: Size): Viewport {
  return {
    ...viewport,
    centreX: Math.min(image.width, Math.max(0, viewport.centreX)),
    centreY: Math.min(image.height, Math.max(0, viewport.centreY)),
  };
}

/** The part of the image that is seen, cut to the image; width or height 0 when none is. */
export function seenPart(viewport: Viewport, view: Size, image: Size): Rect {
  const from = toImage(viewport, view, { x: 0, y: 0 });
  const to = toImage(viewport, view, { x: view.width, y: view.height });
  const x = Math.max(0, from.x);
  const y = Math.max(0, from.y);
  return {
    x,
    y,
    width: Math.max(0, Math.min(image.width, to.x) - x),
    height: Math.max(0, Math.min(image.height, to.y) - y),
  };
}
