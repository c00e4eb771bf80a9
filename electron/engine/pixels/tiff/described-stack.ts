import { toMicrometres } from '../lengths.ts';
import { inOrder, type StackFacts, type StackPlan, stackPages } from './stack-plan.ts';

type Fields = ReadonlyMap<string, string>;

/**
 * The plan of a file whose description is a list of `key=value` lines: ImageJ's (file format of ij.io.TiffEncoder,
 * planes in the order c, z, t) or SCIFIO's, which copies it. Null for other descriptions.
 */
export function planImageJ(facts: StackFacts): StackPlan | null {
  const { description } = facts;
  const isImageJ = description.startsWith('ImageJ=');
  if (!isImageJ && !description.startsWith('SCIFIO=')) return null;
  const fields: Fields = new Map(
    description
      .slice(0, 65_536)
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1).trim()]),
  );
  const count = (key: string) => {
    const value = Number(fields.get(key) ?? 1);
    return Number.isSafeInteger(value) && value >= 1 ? value : 1;
  };
  const pages = stackPages(facts.pages);
  const images = count('images');
  const contiguous = facts.pages.length === 1 && images > 1 && facts.contiguousRoom >= images;
  const available = contiguous ? images : pages.length;
  const notes: string[] = [];
  let sizes = { c: count('channels'), z: count('slices'), t: count('frames') };
  // ImageJ counts the three samples of a 48-bit colour image as channels.
  if (facts.samples > 1 && sizes.c === facts.samples) sizes = { ...sizes, c: 1 };
  if (sizes.c * sizes.z * sizes.t !== available) {
    if (sizes.c * sizes.z * sizes.t > 1 || images !== available) {
      notes.push(
        `Its description names ${Math.max(images, sizes.c * sizes.z * sizes.t)} planes, but ${available} are there. They are shown as z.`,
      );
    }
    sizes = { c: 1, z: available, t: 1 };
  }
  return {
    format: isImageJ ? 'ImageJ TIFF' : 'TIFF',
    name: null,
    sizes,
    channels: [],
    pixelSize: sizeInUnit(facts, unescapeJava(fields.get('unit') ?? ''), fields.get('spacing')),
    place: inOrder('czt', sizes, contiguous ? 'contiguous' : pages),
    notes,
  };
}

/** ImageJ writes `µm` as `\u00B5m`. */
function unescapeJava(text: string): string {
  return text.replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** Both programs store pixels per unit in the resolution fields, whatever ResolutionUnit says. */
function sizeInUnit(facts: StackFacts, unit: string, spacing: string | undefined): StackPlan['pixelSize'] {
  const { x, y } = facts.resolution;
  const size = {
    x: toMicrometres(1 / x, unit),
    y: toMicrometres(1 / y, unit),
    z: spacing === undefined ? null : toMicrometres(Math.abs(Number(spacing)), unit),
  };
  return size.x === null && size.y === null && size.z === null ? null : size;
}

/** The plan of a file by tifffile, whose description is JSON with `shape` and maybe `axes`; null for others. */
export function planShaped(facts: StackFacts): StackPlan | null {
  const described = parseShaped(facts.description);
  if (!described) return null;
  const { shape, axes, unit, spacing } = described;
  const pages = stackPages(facts.pages);
  const total = shape.slice(0, -2).reduce((product, size) => product * size, 1) / facts.samples;
  const planes = Number.isInteger(total) ? total : pages.length;
  const contiguous = facts.pages.length === 1 && planes > 1 && facts.contiguousRoom >= planes;
  const available = contiguous ? planes : pages.length;
  const named = axes === null ? null : axisSizes(axes, shape, facts.samples, available);
  const sizes = named?.sizes ?? { c: 1, z: available, t: 1 };
  return {
    format: 'TIFF',
    name: null,
    sizes,
    channels: [],
    pixelSize: unit ? sizeInUnit(facts, unit, spacing) : null,
    place: inOrder(named?.order ?? 'z', sizes, contiguous ? 'contiguous' : pages),
    notes:
      named || available === 1
        ? []
        : [`The file does not say what its ${available} planes are. They are shown as z.`],
  };
}

interface Shaped {
  readonly shape: readonly number[];
  readonly axes: string | null;
  readonly unit: string;
  readonly spacing: string | undefined;
}

function parseShaped(description: string): Shaped | null {
  if (!description.startsWith('{') || description.length > 1_000_000) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(description);
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null || !('shape' in parsed)) return null;
  const fields: Partial<Record<string, unknown>> = { ...parsed };
  const { shape, axes, unit, spacing } = fields;
  const isSize = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 1;
  if (!Array.isArray(shape) || shape.length < 2 || shape.length > 16 || !shape.every(isSize)) return null;
  return {
    shape: shape.map(Number),
    axes: typeof axes === 'string' && axes.length === shape.length ? axes.toUpperCase() : null,
    unit: typeof unit === 'string' ? unit : '',
    spacing: typeof spacing === 'number' ? String(spacing) : undefined,
  };
}

/** Which page axis is which, the last one fastest; null when the letters cannot be brought to c, z and t. */
function axisSizes(
  axes: string,
  shape: readonly number[],
  samples: number,
  planes: number,
): { sizes: StackPlan['sizes']; order: string } | null {
  const sizes = { c: 1, z: 1, t: 1 };
  let order = '';
  let samplesLeft = samples;
  for (let index = axes.length - 1; index >= 0; index--) {
    const letter = axes[index] ?? '';
    const size = shape[index] ?? 1;
    if (letter === 'Y' || letter === 'X') continue;
    if (samplesLeft > 1 && size === samplesLeft && (letter === 'S' || letter === 'C')) {
      samplesLeft = 1;
      continue;
    }
    if (size === 1) continue;
    const axis = letter === 'C' ? 'c' : letter === 'T' ? 't' : letter === 'Z' ? 'z' : null;
    if (axis === null || order.includes(axis)) return null;
    sizes[axis] = size;
    order += axis;
  }
  return sizes.c * sizes.z * sizes.t === planes ? { sizes, order } : null;
}
