import type { Slices } from './in-slices.ts';

const DIGITS = 0x10000;
/** Ids looked at between two turns: some milliseconds, for memory is walked across. */
const IDS_AT_ONCE = 1 << 17;

/**
 * The ids in the order of their numbers, ids with the same number in the order given. `numbers` are by id. Sorted by
 * 16 bits at a time, the lowest first (radix sort), for a million comparisons in JavaScript would hold everybody up.
 */
export async function orderByNumber(
  ids: Uint32Array<ArrayBuffer>,
  numbers: Float64Array<ArrayBuffer>,
  slices: Slices,
): Promise<Uint32Array<ArrayBuffer>> {
  // Doubles compare as their bits do, once those of negative ones are turned over (IEEE 754). All hosts of Node that
  // Slipway has are little-endian: the lowest 16 bits come first.
  const bits = new Uint16Array(numbers.buffer, numbers.byteOffset, numbers.length * 4);
  let from = ids;
  for (let part = 0; part < 4; part++) {
    const starts = new Uint32Array(DIGITS);
    for (let at = 0; at < from.length; at++) {
      const value = digit(bits, from[at] ?? 0, part);
      starts[value] = (starts[value] ?? 0) + 1;
      if (at % IDS_AT_ONCE === 0) await slices.turn();
    }
    if (starts.includes(from.length)) continue;
    let before = 0;
    for (let value = 0; value < DIGITS; value++) {
      const count = starts[value] ?? 0;
      starts[value] = before;
      before += count;
    }
    const to = new Uint32Array(from.length);
    for (let row = 0; row < from.length; row++) {
      const id = from[row] ?? 0;
      const value = digit(bits, id, part);
      const at = starts[value] ?? 0;
      to[at] = id;
      starts[value] = at + 1;
      if (row % IDS_AT_ONCE === 0) await slices.turn();
    }
    from = to;
    await slices.turn();
  }
  return from;
}

function digit(bits: Uint16Array, id: number, part: number): number {
  const own = bits[id * 4 + part] ?? 0;
  const isNegative = (bits[id * 4 + 3] ?? 0) >= 0x8000;
  if (isNegative) return own ^ 0xffff;
  return part === 3 ? own ^ 0x8000 : own;
}

/**
 * The ids in the order of numbers of which few are different, ids with the same in the order given.
 * @param numberOf what an id is sorted by
 */
export function orderByFew(ids: Uint32Array, numberOf: (id: number) => number): Uint32Array<ArrayBuffer> {
  const slots = new Map<number, number>();
  const counts: number[] = [];
  const slotOf = new Uint32Array(ids.length);
  let last = Number.NaN;
  let slot = 0;
  for (let at = 0; at < ids.length; at++) {
    const value = numberOf(ids[at] ?? 0);
    if (value !== last) {
      slot = slots.get(value) ?? counts.push(0) - 1;
      slots.set(value, slot);
      last = value;
    }
    slotOf[at] = slot;
    counts[slot] = (counts[slot] ?? 0) + 1;
  }
  const starts = new Uint32Array(counts.length);
  let before = 0;
  for (const [, of] of [...slots].sort(([a], [b]) => a - b)) {
    starts[of] = before;
    before += counts[of] ?? 0;
  }
  const ordered = new Uint32Array(ids.length);
  for (let at = 0; at < ids.length; at++) {
    const of = slotOf[at] ?? 0;
    const place = starts[of] ?? 0;
    ordered[place] = ids[at] ?? 0;
    starts[of] = place + 1;
  }
  return ordered;
}
