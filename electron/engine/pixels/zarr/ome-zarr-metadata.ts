import { z } from 'zod';
import type { ImageInfo } from '../../../../shared/imaging/image-info.ts';
import type { ChannelHint } from '../channel-defaults.ts';
import { toMicrometres } from '../lengths.ts';
import { damaged } from '../pixel-problems.ts';
import type { ZarrFolder } from './zarr-folder.ts';

const transformSchema = z.object({
  type: z.string(),
  scale: z.array(z.number()).optional().catch(undefined),
});
const axisSchema = z.union([
  z.object({
    name: z.string(),
    type: z.string().optional().catch(undefined),
    unit: z.string().optional().catch(undefined),
  }),
  z.string().transform((name) => ({ name, type: undefined, unit: undefined })),
]);
const multiscaleSchema = z.object({
  version: z.string().optional().catch(undefined),
  name: z.string().optional().catch(undefined),
  axes: z.array(axisSchema).max(16).optional(),
  datasets: z
    .array(
      z.object({
        path: z.string(),
        coordinateTransformations: z.array(transformSchema).optional().catch(undefined),
      }),
    )
    .min(1)
    .max(64),
  coordinateTransformations: z.array(transformSchema).optional().catch(undefined),
});
const channelSchema = z.object({
  label: z.string().optional().catch(undefined),
  color: z.string().optional().catch(undefined),
  window: z.object({ start: z.number(), end: z.number() }).optional().catch(undefined),
});
const omeroSchema = z.object({ channels: z.array(channelSchema).max(4096).optional().catch(undefined) });
const plateSchema = z.object({ wells: z.array(z.object({ path: z.string() })).min(1) });
const wellSchema = z.object({ images: z.array(z.object({ path: z.string() })).min(1) });

export type Multiscale = z.infer<typeof multiscaleSchema>;

/** What the attributes of a group say, by OME-NGFF 0.1 to 0.5. Absent parts are null. */
export interface OmeGroup {
  readonly version: string;
  readonly multiscales: readonly unknown[] | null;
  readonly omero: z.infer<typeof omeroSchema> | null;
  readonly wells: readonly string[] | null;
  readonly fields: readonly string[] | null;
  readonly bioformats2raw: boolean;
  readonly labels: readonly string[] | null;
}

/** Reads the attributes of a group; null when there is no group at the path. */
export async function readOmeGroup(folder: ZarrFolder, path: string): Promise<OmeGroup | null> {
  const attributes = await readAttributes(folder, path);
  if (!attributes) return null;
  // Since 0.5 everything is inside "ome".
  const inner = attributes.ome;
  const ome = isRecord(inner) ? inner : attributes;
  const plate = plateSchema.safeParse(ome.plate);
  const well = wellSchema.safeParse(ome.well);
  const labels = z.array(z.string()).max(1000).safeParse(ome.labels);
  const omero = omeroSchema.safeParse(ome.omero);
  return {
    version: typeof ome.version === 'string' ? ome.version : '',
    multiscales: Array.isArray(ome.multiscales) ? ome.multiscales : null,
    omero: omero.success ? omero.data : null,
    wells: plate.success ? plate.data.wells.map(({ path: wellPath }) => wellPath) : null,
    fields: well.success ? well.data.images.map(({ path: fieldPath }) => fieldPath) : null,
    bioformats2raw: ome['bioformats2raw.layout'] !== undefined,
    labels: labels.success ? labels.data : null,
  };
}

async function readAttributes(folder: ZarrFolder, path: string): Promise<Record<string, unknown> | null> {
  const v3 = await folder.json(`${path}/zarr.json`);
  if (isRecord(v3)) {
    if (v3.node_type !== 'group') return null;
    return isRecord(v3.attributes) ? v3.attributes : {};
  }
  const v2 = await folder.json(`${path}/.zattrs`);
  if (isRecord(v2)) return v2;
  return (await folder.exists(`${path}/.zgroup`)) ? {} : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first image description of a group. */
export function parseMultiscale(group: OmeGroup, name: string): Multiscale {
  const parsed = multiscaleSchema.safeParse(group.multiscales?.[0]);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = issue?.path.join('.');
  throw damaged(
    name,
    `Its image description is not OME-Zarr (multiscales${place ? `.${place}` : ''}: ${issue?.message}).`,
  );
}

/** Which axis of the arrays is which; null for those that are missing. */
export interface Axes {
  readonly t: number | null;
  readonly c: number | null;
  readonly z: number | null;
  readonly y: number;
  readonly x: number;
  /** Names of axes that are none of these. */
  readonly others: readonly { readonly name: string; readonly axis: number }[];
}

const byCount: Readonly<Record<number, string>> = { 2: 'yx', 3: 'zyx', 4: 'czyx', 5: 'tczyx' };

/** Finds the axes by name, by type where the name is free, and by number of axes where nothing is said. */
export function findAxes(
  named: readonly { name: string; type?: string | undefined }[] | null,
  count: number,
  name: string,
): Axes {
  const list = named ?? [...(byCount[count] ?? '')].map((letter) => ({ name: letter, type: undefined }));
  if (list.length !== count) {
    throw damaged(name, `It describes ${list.length} axes, but its array has ${count}.`);
  }
  const found: { t: number | null; c: number | null; z: number | null; y: number | null; x: number | null } =
    {
      t: null,
      c: null,
      z: null,
      y: null,
      x: null,
    };
  const others: { name: string; axis: number }[] = [];
  list.forEach((entry, axis) => {
    const letter = entry.name.toLowerCase();
    const key =
      letter === 't' || letter === 'c' || letter === 'z' || letter === 'y' || letter === 'x'
        ? letter
        : entry.type === 'channel'
          ? 'c'
          : entry.type === 'time'
            ? 't'
            : null;
    if (key !== null && found[key] === null) found[key] = axis;
    else others.push({ name: entry.name, axis });
  });
  const { y, x } = found;
  if (y === null || x === null) throw damaged(name, 'It does not say which of its axes are y and x.');
  return { ...found, y, x, others };
}

/** Size of a pixel of the finest level, from the scales of the level and of the whole, where the unit is a length. */
export function pixelSizeOf(multiscale: Multiscale, axes: Axes): ImageInfo['pixelSize'] {
  const scales = [
    multiscale.datasets[0]?.coordinateTransformations,
    multiscale.coordinateTransformations,
  ].flatMap((list) => list?.filter(({ type }) => type === 'scale').map(({ scale }) => scale ?? []) ?? []);
  const along = (axis: number | null) => {
    if (axis === null || scales.length === 0) return null;
    const length = scales.reduce((product, scale) => product * (scale[axis] ?? Number.NaN), 1);
    return toMicrometres(length, multiscale.axes?.[axis]?.unit ?? '');
  };
  const size = { x: along(axes.x), y: along(axes.y), z: along(axes.z) };
  return size.x === null && size.y === null && size.z === null ? null : size;
}

/** Names, colours and windows of the OMERO block. */
export function omeroChannels(group: OmeGroup): ChannelHint[] {
  return (group.omero?.channels ?? []).map(({ label, color, window }) => ({
    name: label,
    color: color && /^#?[0-9a-f]{6}$/i.test(color) ? `#${color.replace('#', '').toLowerCase()}` : undefined,
    window: window && window.end > window.start ? { low: window.start, high: window.end } : null,
  }));
}
