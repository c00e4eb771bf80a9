/** Side of a tile when the file itself has none that suits. */
const SIDE = 512;
const LEAST = 256;
const MOST = 1024;

/**
 * The tiles in which an image is handed to the window: the file's own blocks where their size suits, several of small
 * ones together, else 512 × 512. Null for files stored in strips.
 */
export function viewTiles(block: { readonly blockWidth: number; readonly blockHeight: number } | null): {
  tileWidth: number;
  tileHeight: number;
} {
  return {
    tileWidth: block ? side(block.blockWidth) : SIDE,
    tileHeight: block ? side(block.blockHeight) : SIDE,
  };
}

function side(block: number): number {
  if (block > MOST) return SIDE;
  return block >= LEAST ? block : block * Math.ceil(LEAST / block);
}
