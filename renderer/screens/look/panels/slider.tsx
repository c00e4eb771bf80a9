import { Slider as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import styles from './panels.module.css';

/** A slider with one handle, its label and its value above it. */
export function ValueSlider({
  label,
  value,
  text,
  min,
  max,
  step,
  onValue,
  action,
}: {
  readonly label: string;
  readonly value: number;
  /** The value as people read it. */
  readonly text: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly onValue: (value: number) => void;
  /** A button beside the value. */
  readonly action?: ReactNode;
}) {
  return (
    <div className={styles.control}>
      <div className={styles.line}>
        <span aria-hidden="true">{label}</span>
        <span className={styles.value}>{text}</span>
        {action}
      </div>
      <Primitive.Root
        className={styles.slider}
        value={[value]}
        min={min}
        max={max}
        step={step}
        onValueChange={([next]) => next !== undefined && onValue(next)}
      >
        <Primitive.Track className={styles.track}>
          <Primitive.Range className={styles.range} />
        </Primitive.Track>
        <Primitive.Thumb className={styles.thumb} aria-label={label} aria-valuetext={text} />
      </Primitive.Root>
    </div>
  );
}

/** A slider with a handle for the lower and one for the upper end. */
export function RangeSlider({
  labels,
  low,
  high,
  min,
  max,
  step,
  onRange,
}: {
  readonly labels: readonly [low: string, high: string];
  readonly low: number;
  readonly high: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly onRange: (low: number, high: number) => void;
}) {
  return (
    <Primitive.Root
      className={styles.slider}
      value={[low, high]}
      min={min}
      max={max}
      step={step}
      minStepsBetweenThumbs={1}
      onValueChange={([nextLow, nextHigh]) => {
        if (nextLow !== undefined && nextHigh !== undefined && nextHigh > nextLow) onRange(nextLow, nextHigh);
      }}
    >
      <Primitive.Track className={styles.track}>
        <Primitive.Range className={styles.range} />
      </Primitive.Track>
      <Primitive.Thumb className={styles.thumb} aria-label={labels[0]} />
      <Primitive.Thumb className={styles.thumb} aria-label={labels[1]} />
    </Primitive.Root>
  );
}
