import { labelColourOffset, labelColourTable } from './label-colours.ts';

/**
 * Labels with a rim of `pad` pixels on each side, so that outlines run on across tile borders. `width` and `height`
 * are those of the inner part; `values` has (width + 2 pad) × (height + 2 pad) of them.
 */
export interface PaddedLabels {
  readonly values: ArrayLike<number>;
  readonly width: number;
  readonly height: number;
  readonly pad: number;
  /**
   * True when the labels are colours (red × 65536 + green × 256 + blue) of a mask stored as a colour picture. They
   * keep their colour; greys, in which such pictures hold plain numbers, get the colour of that number.
   */
  readonly coloured?: boolean;
}

/** Alpha 0 to 255 of the two parts; `outlineWidth` in pixels of the labels. An alpha of 0 leaves the part out. */
export interface LabelPaint {
  readonly fillAlpha: number;
  readonly outlineAlpha: number;
  readonly outlineWidth: number;
}

/**
 * Paints labels into `out` (red, green, blue, alpha, not premultiplied; inner part only). 0 and what is not a
 * number is background and stays transparent. An outline lies inside its object: the pixels that have another
 * label within `outlineWidth` above, below, left or right. The rim of the plane itself is no outline.
 */
export function paintLabels(labels: PaddedLabels, paint: LabelPaint, out: Uint8ClampedArray): void {
  const { values, width, height, pad } = labels;
  const stride = width + 2 * pad;
  const outlined = paint.outlineAlpha > 0 && paint.outlineWidth > 0;
  out.fill(0);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const index = (y + pad) * stride + x + pad;
      const label = values[index] ?? 0;
      if (label === 0 || Number.isNaN(label)) continue;
      const edge =
        outlined && isEdge(values, index, x + pad, y + pad, stride, height + 2 * pad, paint.outlineWidth);
      const alpha = edge ? paint.outlineAlpha : paint.fillAlpha;
      if (alpha === 0) continue;
      const [red, green, blue] = [label >> 16, (label >> 8) & 255, label & 255];
      if (labels.coloured && !(red === green && green === blue)) {
        out[at] = red;
        out[at + 1] = green;
        out[at + 2] = blue;
      } else {
        const colour = labelColourOffset(labels.coloured ? blue : label);
        out[at] = labelColourTable[colour] ?? 0;
        out[at + 1] = labelColourTable[colour + 1] ?? 0;
        out[at + 2] = labelColourTable[colour + 2] ?? 0;
      }
      out[at + 3] = alpha;
    }
  }
}

function isEdge(
  values: ArrayLike<number>,
  index: number,
  x: number,
  y: number,
  stride: number,
  rows: number,
  reach: number,
): boolean {
  const label = values[index];
  for (let step = 1; step <= reach; step++) {
    if (x >= step && values[index - step] !== label) return true;
    if (x + step < stride && values[index + step] !== label) return true;
    if (y >= step && values[index - step * stride] !== label) return true;
    if (y + step < rows && values[index + step * stride] !== label) return true;
  }
  return false;
}
