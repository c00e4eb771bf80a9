import type { ImageChannel, PixelType, PlaneFacts } from './image-info.ts';

/** Values shown as black and as full colour. `low` is below `high`. */
export interface ValueRange {
  readonly low: number;
  readonly high: number;
}

/**
 * What a type can hold. `storedType` as the file names it (`uint12`, `int64`, `bool`); floating point counts from
 * 0 to 1, the usual meaning of colour stored as floating point.
 */
export function typeRange(pixelType: PixelType, storedType: string): ValueRange {
  if (storedType === 'bool' || storedType === 'bit') return { low: 0, high: 1 };
  const match = /^(u?)int(\d{1,2})$/.exec(storedType) ?? /^(u?)int(\d{1,2})$/.exec(pixelType);
  if (!match) return { low: 0, high: 1 };
  const bits = Number(match[2]);
  return match[1] === 'u'
    ? { low: 0, high: 2 ** bits - 1 }
    : { low: -(2 ** (bits - 1)), high: 2 ** (bits - 1) - 1 };
}

/** A range that is safe to divide by: `high` is above `low`, both finite. */
export function widen(low: number, high: number): ValueRange {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return { low: 0, high: 1 };
  if (high > low) return { low, high };
  const least = Math.abs(low) * 2 ** -16;
  return { low, high: low + (Number.isInteger(low) ? Math.max(1, least) : Math.max(least, Number.EPSILON)) };
}

/** The range in which 99 per cent of a plane lie; of a nearly constant plane its whole range. */
export function automaticRange(facts: PlaneFacts): ValueRange {
  return facts.high > facts.low ? widen(facts.low, facts.high) : widen(facts.min, facts.max);
}

/**
 * The range to start with. Colour stored as red, green, blue is shown as it is. Else the window stored with the
 * image is used, unless it would show a black or blank picture: many writers store the whole range of the type,
 * of which a dim image fills a hundredth. Then, and without one, the range of the plane.
 */
export function startingRange(
  image: { readonly pixelType: PixelType; readonly storedType: string; readonly rgb: boolean },
  channel: Pick<ImageChannel, 'window'>,
  facts: PlaneFacts | null,
): ValueRange {
  const whole = typeRange(image.pixelType, image.storedType);
  if (image.rgb) return whole;
  const stored = channel.window && channel.window.high > channel.window.low ? channel.window : null;
  if (facts === null) return stored ?? whole;
  if (stored === null) return automaticRange(facts);
  const filled =
    (Math.min(facts.high, stored.high) - Math.max(facts.low, stored.low)) / (stored.high - stored.low);
  return filled < 0.05 && facts.max > facts.min ? automaticRange(facts) : stored;
}

/** What a contrast control spans: the values met and the range chosen, whichever reaches further. */
export function controlRange(chosen: ValueRange, facts: PlaneFacts | null): ValueRange {
  if (facts === null) return widen(chosen.low, chosen.high);
  return widen(Math.min(facts.min, chosen.low), Math.max(facts.max, chosen.high));
}

/** Brightness 0 to 1 of a value; `gamma` 1 is linear, above 1 lifts dark values. Not a number counts as dark. */
export function brightness(value: number, range: ValueRange, gamma: number): number {
  const share = (value - range.low) / (range.high - range.low);
  if (!(share > 0)) return 0;
  if (share >= 1) return 1;
  return gamma === 1 ? share : share ** (1 / gamma);
}

/** Number of values of a type small enough to be looked up, and the smallest of them; null for larger types. */
export function tableSpan(pixelType: PixelType): { readonly size: number; readonly first: number } | null {
  if (pixelType === 'uint8') return { size: 256, first: 0 };
  if (pixelType === 'int8') return { size: 256, first: -128 };
  if (pixelType === 'uint16') return { size: 65_536, first: 0 };
  if (pixelType === 'int16') return { size: 65_536, first: -32_768 };
  return null;
}

/** Brightness 0 to 255 of every value of an 8- or 16-bit type, by `value - first`. */
export function brightnessTable(
  span: { readonly size: number; readonly first: number },
  range: ValueRange,
  gamma: number,
): Uint8Array {
  const table = new Uint8Array(span.size);
  for (let index = 0; index < span.size; index++) {
    table[index] = Math.round(brightness(index + span.first, range, gamma) * 255);
  }
  return table;
}
