/** A scale bar: how long it is on the screen, and what it stands for. */
export interface ScaleBar {
  readonly pixels: number;
  readonly micrometres: number;
  readonly text: string;
}

const numbers = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** A length with the unit that keeps its number short: `500 nm`, `20 µm`, `1 mm`. */
export function lengthText(micrometres: number): string {
  if (micrometres < 1) return `${numbers.format(micrometres * 1000)} nm`;
  if (micrometres < 1000) return `${numbers.format(micrometres)} µm`;
  if (micrometres < 10_000) return `${numbers.format(micrometres / 1000)} mm`;
  return `${numbers.format(micrometres / 10_000)} cm`;
}

/**
 * The longest bar of 1, 2 or 5 times a power of ten that is at most `longest` screen pixels. Null when the size of
 * a pixel makes no sense.
 */
export function chooseScaleBar(micrometresPerPixel: number, longest: number): ScaleBar | null {
  const most = micrometresPerPixel * longest;
  if (!Number.isFinite(most) || most <= 0) return null;
  const power = 10 ** Math.floor(Math.log10(most));
  const micrometres = ([5, 2, 1].find((step) => step * power <= most * (1 + 1e-9)) ?? 1) * power;
  return { pixels: micrometres / micrometresPerPixel, micrometres, text: lengthText(micrometres) };
}
