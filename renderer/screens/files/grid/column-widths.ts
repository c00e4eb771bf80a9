import type { BuiltInColumn, ListColumn } from '../../../../shared/model/list-column.ts';
import { frozen } from './column-order.ts';

const builtIn: Record<BuiltInColumn, number> = {
  path: 280,
  name: 180,
  kind: 92,
  format: 92,
  size: 92,
  members: 92,
  modified: 124,
  state: 132,
  send: 68,
  remotePath: 216,
  annotationBlock: 168,
  pairedWith: 188,
  findings: 108,
};

/** The width of a column in pixels: as somebody set it, else by what stands in it. */
export function widthOf(column: ListColumn): number {
  if (column.width !== null) return column.width;
  const own = builtIn[column.key as BuiltInColumn];
  return own ?? (column.vocabulary === null ? 176 : 160);
}

export const tickWidth = 32;

/**
 * The columns as a CSS grid template. The frozen column takes the room that is left, unless somebody gave it a width;
 * then the rows end in an empty track.
 */
export function template(shown: readonly ListColumn[]): { readonly tracks: string; readonly least: number } {
  const tracks = shown.map((column) => {
    const width = widthOf(column);
    return column.key === frozen && column.width === null ? `minmax(${width}px, 1fr)` : `${width}px`;
  });
  const isSet = shown.some(({ key, width }) => key === frozen && width !== null);
  const least = shown.reduce((sum, column) => sum + widthOf(column), tickWidth);
  return { tracks: `${tickWidth}px ${tracks.join(' ')}${isSet ? ' minmax(0, 1fr)' : ''}`, least };
}
