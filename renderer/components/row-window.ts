/**
 * Tallest scrolled content, in pixels. Browsers lay out up to 33 million, but place what is drawn with 32-bit
 * floats, which are off by more than a pixel above 2^24.
 */
export const tallest = 15_000_000;

export interface RowWindow {
  /** Height of the scrolled content, in pixels. */
  readonly height: number;
  /** First row to draw and the one after the last. */
  readonly first: number;
  readonly end: number;
  /** Where the first drawn row begins, in pixels from the top of the content. */
  readonly offset: number;
}

/**
 * Which rows of equal height are in sight. Content taller than a browser can lay out is squeezed: the scroll bar
 * then stands for more rows than pixels, and rows are drawn where the eye is.
 */
export function rowWindow(
  count: number,
  rowHeight: number,
  viewHeight: number,
  scrollTop: number,
  spare = 8,
): RowWindow {
  const whole = count * rowHeight;
  const height = Math.min(whole, tallest);
  const travel = Math.max(1, height - viewHeight);
  const top = Math.min(Math.max(0, scrollTop), Math.max(0, height - viewHeight));
  const virtualTop = whole > tallest ? (top / travel) * (whole - viewHeight) : top;
  const first = Math.max(0, Math.floor(virtualTop / rowHeight) - spare);
  const end = Math.min(count, Math.ceil((virtualTop + viewHeight) / rowHeight) + spare);
  return { height, first, end, offset: top - (virtualTop - first * rowHeight) };
}

/** The scroll position that brings a row into sight with the least movement. */
export function scrollToShow(
  row: number,
  count: number,
  rowHeight: number,
  viewHeight: number,
  scrollTop: number,
): number {
  const whole = count * rowHeight;
  const height = Math.min(whole, tallest);
  const scale = whole > tallest ? (whole - viewHeight) / Math.max(1, height - viewHeight) : 1;
  const virtualTop = scrollTop * scale;
  const start = row * rowHeight;
  if (start < virtualTop) return start / scale;
  if (start + rowHeight > virtualTop + viewHeight) return (start + rowHeight - viewHeight) / scale;
  return scrollTop;
}
