import { bytesPerPixel, type PlaneFacts } from '../../../shared/imaging/image-info.ts';
import type { PixelSource, Plane, PlaneValues } from './pixel-source.ts';

/** A plane up to this size is read whole. */
const WHOLE_BYTES = 64 * 1024 * 1024;
const BINS = 256;
const FINE_BINS = 65_536;
/** More different values are not counted. */
const MAX_DISTINCT = 65_537;

/** Facts of the finest level of a plane that is small enough to be read whole. */
export async function readPlaneFacts(
  source: PixelSource,
  plane: Plane,
  signal?: AbortSignal,
): Promise<PlaneFacts> {
  const { levels, pixelType } = source.info;
  const small = levels.findIndex(
    (level) => level.width * level.height * bytesPerPixel[pixelType] <= WHOLE_BYTES,
  );
  const index = small < 0 ? levels.length - 1 : small;
  const level = levels[index];
  if (!level) throw new RangeError('An image has at least one level.');
  const whole = { x: 0, y: 0, width: level.width, height: level.height };
  return planeFacts(await source.read(plane, index, whole, signal));
}

/**
 * Range, histogram from `low` to `high`, different values and share of zeros. Numbers that are not finite count for nothing but the total;
 * a plane without a finite number has range 0 to 0.
 */
export function planeFacts(values: PlaneValues): PlaneFacts {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let zeros = 0;
  let finite = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0;
    if (!Number.isFinite(value)) continue;
    finite++;
    if (value === 0) zeros++;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const zeroShare = values.length === 0 ? 0 : zeros / values.length;
  if (finite === 0) {
    return { min: 0, max: 0, low: 0, high: 0, bins: [], distinct: 0, zeroShare };
  }
  const whole = !(values instanceof Float32Array || values instanceof Float64Array);
  // Whole numbers that span no more get a bin each, so that their percentiles are exact.
  const exact = whole && max - min < FINE_BINS;
  const counts = fineHistogram(values, min, max, exact);
  const first = percentileBin(counts, finite * 0.005);
  const last = percentileBin(counts, finite * 0.995);
  // Weighted, not added up: the span of float64 values may be too large for a float64.
  const edge = (bin: number) => {
    const share = bin / FINE_BINS;
    return exact ? min + bin : Math.min(max, Math.max(min, min * (1 - share) + max * share));
  };
  return {
    min,
    max,
    low: edge(first),
    high: edge(exact ? last : last + 1),
    bins: gather(counts.subarray(first, last + 1)),
    distinct: exact ? counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0) : countDistinct(values),
    zeroShare,
  };
}

function fineHistogram(values: PlaneValues, min: number, max: number, exact: boolean): Float64Array {
  const counts = new Float64Array(FINE_BINS);
  // Halves, because the range of float64 values may itself be too large for a float64.
  const half = max / 2 - min / 2;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0;
    if (!Number.isFinite(value)) continue;
    const bin = exact
      ? value - min
      : half > 0
        ? Math.min(FINE_BINS - 1, Math.floor(((value / 2 - min / 2) / half) * FINE_BINS))
        : 0;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

function percentileBin(counts: Float64Array, below: number): number {
  let sum = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    sum += counts[bin] ?? 0;
    if (sum > below) return bin;
  }
  return counts.length - 1;
}

/** Brings fine bins together into at most {@link BINS} equal ones, so that no bin is empty for want of values. */
function gather(counts: Float64Array): number[] {
  const size = Math.min(BINS, counts.length);
  const bins = new Array<number>(size).fill(0);
  counts.forEach((count, fine) => {
    const bin = Math.floor((fine / counts.length) * size);
    bins[bin] = (bins[bin] ?? 0) + count;
  });
  return bins;
}

function countDistinct(values: PlaneValues): number {
  const seen = new Set<number>();
  let last = Number.NaN;
  for (let index = 0; index < values.length && seen.size < MAX_DISTINCT; index++) {
    const value = values[index] ?? 0;
    if (value === last) continue;
    last = value;
    if (Number.isFinite(value)) seen.add(value);
  }
  return seen.size;
}
