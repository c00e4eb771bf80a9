import { Problem } from '../../../shared/model/problem.ts';

/** 64-bit whole numbers as float64. A number that would not stay exact is refused: two labels could become one. */
export function exactNumbers(values: BigInt64Array | BigUint64Array, name: string): Float64Array {
  const out = new Float64Array(values.length);
  for (let index = 0; index < values.length; index++) {
    const value = Number(values[index] ?? 0n);
    if (!Number.isSafeInteger(value)) {
      throw new Problem('number-too-large', `"${name}" holds numbers too large to be shown.`, {
        cause: `It stores 64-bit numbers and one of them is ${values[index]}.`,
        advice: 'Number its labels from 1 upwards and save it as 32-bit.',
      });
    }
    out[index] = value;
  }
  return out;
}

/** IEEE 754 binary16. */
export function halfToNumber(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
