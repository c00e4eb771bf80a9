/**
 * Tallest scrolled content, in pixels. Browsers lay out up to 33 million, but place what is drawn with 32-bit
 * floats, which are off by more than a pixel above 2^24.
 */
export const tallest = 15_000_000;

/** A list of rows of equal height and the window through which it is seen. Heights in pixels. */
export interface RowList {
  readonly count: number;
  readonly rowHeight: number;
  readonly viewHeight: number;
}

/**
 * Where a list is scrolled to. `scrollTop` is what the browser's scroll bar says, `top` the pixel of the whole list
 * that is at the upper edge; they differ for a list taller than a browser can lay out, whose scroll bar is squeezed.
 */
export interface ScrollPlace {
  readonly scrollTop: number;
  readonly top: number;
}

export interface RowWindow {
  /** Height of the scrolled content, in pixels. */
  readonly height: number;
  /** First row to draw and the one after the last. */
  readonly first: number;
  readonly end: number;
  /** Where the first drawn row begins, in pixels from the top of the content. */
  readonly offset: number;
}

function whole({ count, rowHeight }: RowList): number {
  return count * rowHeight;
}

function lastTop(list: RowList): number {
  return Math.max(0, whole(list) - list.viewHeight);
}

function lastScrollTop(list: RowList): number {
  return Math.max(0, Math.min(whole(list), tallest) - list.viewHeight);
}

/** Pixels of the list for one pixel of its scroll bar. */
function scale(list: RowList): number {
  return whole(list) > tallest ? lastTop(list) / Math.max(1, lastScrollTop(list)) : 1;
}

const within = (value: number, most: number) => Math.min(most, Math.max(0, value));

/** The place at which a pixel of the list is at the upper edge; the last rows stay at the lower edge. */
export function placeAt(list: RowList, top: number): ScrollPlace {
  const exact = within(top, lastTop(list));
  return { top: exact, scrollTop: exact / scale(list) };
}

/**
 * Where a list is after the browser scrolled it. In a squeezed list small steps, as a wheel makes them, move the rows
 * by as many pixels, and long ones, as dragging the scroll bar makes them, by as much of the list. Small steps let the
 * two parts of the place drift apart; {@link placeAt} brings them together when the scrolling rests.
 */
export function placeAfterScroll(list: RowList, before: ScrollPlace, scrollTop: number): ScrollPlace {
  const now = within(scrollTop, lastScrollTop(list));
  const step = now - before.scrollTop;
  const isSmall = Math.abs(step) <= 2 * list.viewHeight;
  if (scale(list) === 1 || !isSmall) return { scrollTop: now, top: now * scale(list) };
  return { scrollTop: now, top: within(before.top + step, lastTop(list)) };
}

/** Which rows are in sight, with some to spare above and below, and where to draw them. */
export function rowWindow(list: RowList, place: ScrollPlace, spare = 8): RowWindow {
  const { count, rowHeight, viewHeight } = list;
  const top = within(place.top, lastTop(list));
  const first = Math.max(0, Math.floor(top / rowHeight) - spare);
  const end = Math.min(count, Math.ceil((top + viewHeight) / rowHeight) + spare);
  const scrollTop = within(place.scrollTop, lastScrollTop(list));
  const height = Math.min(whole(list), tallest);
  return { height, first, end, offset: scrollTop - (top - first * rowHeight) };
}

/** The place that brings a row into sight with the least movement. */
export function placeToShow(list: RowList, place: ScrollPlace, row: number): ScrollPlace {
  const start = row * list.rowHeight;
  if (start < place.top) return placeAt(list, start);
  const end = start + list.rowHeight;
  if (end > place.top + list.viewHeight) return placeAt(list, end - list.viewHeight);
  return place;
}
