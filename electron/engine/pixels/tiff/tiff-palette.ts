import { damaged } from '../pixel-problems.ts';
import type { PlaneValues } from '../pixel-source.ts';
import type { TiffDirectory } from './tiff-directory.ts';
import type { PageLayout } from './tiff-layout.ts';
import { tags } from './tiff-tags.ts';

/** Red, green, blue as bytes for every number of a palette. */
export type ColorMap = Uint8Array;

/** The colour table of a palette page (TIFF 6.0 section 5): 16 bits a part, all reds, then greens, then blues. */
export async function readColorMap(directory: TiffDirectory, layout: PageLayout): Promise<ColorMap> {
  const values = await directory.numbers(tags.colorMap);
  const size = 2 ** layout.bits;
  if (layout.samples !== 1 || layout.kind !== 'uint' || values.length !== 3 * size) {
    throw damaged(layout.name, `Its colour table has ${values.length} parts where ${3 * size} are needed.`);
  }
  // Some writers fill the table with 8-bit parts; libtiff recognises them by the same sign.
  const shift = values.every((value) => value < 256) ? 1 : 256;
  const map = new Uint8Array(3 * size);
  for (let index = 0; index < size; index++) {
    for (let part = 0; part < 3; part++) {
      map[index * 3 + part] = Math.floor((values[part * size + index] ?? 0) / shift);
    }
  }
  return map;
}

/** Replaces palette numbers by their colours, three bytes each. */
export function spreadPalette(numbers: PlaneValues, map: ColorMap, name: string): Uint8Array {
  const out = new Uint8Array(numbers.length * 3);
  for (let index = 0, at = 0; index < numbers.length; index++, at += 3) {
    const from = (numbers[index] ?? 0) * 3;
    if (from >= map.length) throw damaged(name, 'It uses a colour that its table does not have.');
    out[at] = map[from] ?? 0;
    out[at + 1] = map[from + 1] ?? 0;
    out[at + 2] = map[from + 2] ?? 0;
  }
  return out;
}
