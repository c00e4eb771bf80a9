import { formatRate } from '../../../shared/rules/format-quantities.ts';

export interface ChartShape {
  /** SVG paths: the line, and the area below it. Empty when there is nothing to draw. */
  readonly line: string;
  readonly area: string;
  /** The highest rate, bytes a second; what the top of the chart means. */
  readonly top: number;
}

/**
 * The line of a rate history in a box of `width` × `height`, zero at the bottom, the newest value at the
 * right edge. Rates are bytes a second.
 */
export function chartShape(rates: readonly number[], width: number, height: number): ChartShape {
  const top = Math.max(0, ...rates);
  if (rates.length < 2 || top <= 0) return { line: '', area: '', top };
  const step = width / (rates.length - 1);
  const points = rates.map((rate, index) => {
    const y = height - (Math.max(0, rate) / top) * height;
    return `${round(index * step)},${round(y)}`;
  });
  const line = `M${points.join('L')}`;
  return { line, area: `${line}L${round(width)},${round(height)}L0,${round(height)}Z`, top };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The chart in words, for those who cannot see it. */
export function chartWords(rates: readonly number[]): string {
  const last = rates.at(-1);
  if (last === undefined || rates.length < 2) return 'The rate chart fills once bytes are moving.';
  return `Rate over time: lowest ${formatRate(Math.min(...rates))}, highest ${formatRate(Math.max(...rates))}, last ${formatRate(last)}.`;
}
