import type { ValueRange } from '../../../../shared/imaging/contrast.ts';
import type { PlaneFacts } from '../../../../shared/imaging/image-info.ts';
import { valueText } from '../../../viewer/describe-view.ts';
import { histogramPath } from './histogram-shape.ts';
import styles from './panels.module.css';

const WIDTH = 256;
const HEIGHT = 48;

/** How often each value is met on this plane (logarithmic), with the range that is shown. */
export function Histogram({
  facts,
  control,
  range,
  colour,
}: {
  readonly facts: PlaneFacts;
  /** What the width stands for. */
  readonly control: ValueRange;
  readonly range: ValueRange;
  readonly colour: string;
}) {
  const at = (value: number) => ((value - control.low) / (control.high - control.low)) * WIDTH;
  const [low, high] = [at(range.low), at(range.high)];
  return (
    <svg
      className={styles.histogram}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Values of this plane from ${valueText(facts.min)} to ${valueText(facts.max)}; half a per cent lies below ${valueText(facts.low)}, half a per cent above ${valueText(facts.high)}`}
    >
      <rect x={low} width={Math.max(0, high - low)} height={HEIGHT} className={styles.shown} />
      <path d={histogramPath(facts, control, WIDTH, HEIGHT)} className={styles.bars} />
      <line x1={low} x2={high} y1={HEIGHT} y2={0} stroke={colour} className={styles.ramp} />
    </svg>
  );
}
