import type { ValueRange } from '../../../../shared/imaging/contrast.ts';
import type { PlaneFacts } from '../../../../shared/imaging/image-info.ts';

/**
 * The outline of a histogram as an SVG path: one step a bin, heights logarithmic so that few bright pixels beside a
 * large background can be seen. The bins cover `facts.low` to `facts.high`; the width stands for `control`.
 */
export function histogramPath(facts: PlaneFacts, control: ValueRange, width: number, height: number): string {
  const { bins, low, high } = facts;
  const most = Math.max(...bins);
  if (bins.length === 0 || most <= 0 || high <= low) return '';
  const scale = width / (control.high - control.low);
  const step = ((high - low) / bins.length) * scale;
  const left = (low - control.low) * scale;
  const round = (value: number) => Number(value.toFixed(2));
  const parts = [`M${round(left)} ${height}`];
  for (const [index, count] of bins.entries()) {
    const top = height * (1 - Math.log1p(count) / Math.log1p(most));
    parts.push(`V${round(top)}H${round(left + (index + 1) * step)}`);
  }
  parts.push(`V${height}Z`);
  return parts.join('');
}
