import type { Locator } from '@playwright/test';

/** What a canvas really shows, read back from its pixels. Colours are 0 to 255. */
export interface CanvasFacts {
  readonly width: number;
  readonly height: number;
  /** Means over every pixel that was painted. */
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  /** How far pixels spread about their mean brightness: near 0 for an empty picture. */
  readonly spread: number;
  /** Share of painted pixels that are coloured, not grey. */
  readonly coloured: number;
  /** Different colours met, at most 4096 counted. */
  readonly colours: number;
  /** Changes with any pixel. */
  readonly fingerprint: string;
}

/** Reads a canvas back. */
export function canvasFacts(canvas: Locator): Promise<CanvasFacts> {
  return canvas.evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) throw new Error('not a canvas');
    const context = element.getContext('2d');
    if (!context) throw new Error('the canvas has no 2d context');
    const { width, height } = element;
    const { data } = context.getImageData(0, 0, width, height);
    let [count, red, green, blue, brightness, squares, coloured, hash] = [0, 0, 0, 0, 0, 0, 0, 2166136261];
    const colours = new Set<number>();
    for (let at = 0; at < data.length; at += 4) {
      const [r = 0, g = 0, b = 0, alpha = 0] = data.subarray(at, at + 4);
      hash = Math.imul(hash ^ ((r << 16) | (g << 8) | b), 16777619);
      if (alpha === 0) continue;
      count += 1;
      red += r;
      green += g;
      blue += b;
      const light = (r + g + b) / 3;
      brightness += light;
      squares += light * light;
      if (Math.max(r, g, b) - Math.min(r, g, b) > 12) coloured += 1;
      if (colours.size < 4096) colours.add((r << 16) | (g << 8) | b);
    }
    const mean = (sum: number) => sum / Math.max(1, count);
    return {
      width,
      height,
      red: mean(red),
      green: mean(green),
      blue: mean(blue),
      spread: Math.sqrt(Math.max(0, mean(squares) - mean(brightness) ** 2)),
      coloured: mean(coloured),
      colours: colours.size,
      fingerprint: (hash >>> 0).toString(16),
    };
  });
}
