import { formatRate } from '../../../shared/rules/format-quantities.ts';
import styles from './rate-chart.module.css';
import { chartShape, chartWords } from './rate-chart-shape.ts';

const width = 300;
const height = 64;

/** The rate of the last minute as a line; its words say the same. */
export function RateChart({ rates }: { readonly rates: readonly number[] }) {
  const { line, area, top } = chartShape(rates, width, height);
  if (line === '') return <p className={styles.words}>{chartWords(rates)}</p>;
  return (
    <figure className={styles.chart}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={chartWords(rates)}
      >
        <path className={styles.area} d={area} />
        <path className={styles.line} d={line} vectorEffect="non-scaling-stroke" />
      </svg>
      <figcaption className={styles.words}>
        <span>Last {rates.length} s</span>
        <span>top {formatRate(top)}</span>
      </figcaption>
    </figure>
  );
}
