import { readdir, readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { kindByFolders, namesMask } from '../../../shared/rules/file-kinds.ts';
import { fieldsOfPlate } from './plate-labels.ts';
import { type FoundFile, walk } from './walk.ts';
import { lostToZarr } from './walk-rules.ts';

/** What the index keeps of a Zarr folder. */
export interface ZarrFacts {
  readonly format: 'ome-zarr' | 'zarr';
  readonly kind: 'image' | 'mask' | 'other';
  readonly size: number;
  readonly members: number;
  /** Of the member changed last. */
  readonly modifiedMs: number;
  readonly inode: string;
  /** Label images inside, such as `labels/nuclei`. */
  readonly labels: readonly string[];
  /** Why it cannot be read whole; '' when it can. */
  readonly trouble: string;
}

/** Metadata files are small; one above this size is no metadata. */
const MOST_METADATA_BYTES = 16e6;

const labelsSchema = z.array(z.string().min(1).max(500)).max(10_000);
const attributesSchema = z.looseObject({
  multiscales: z.unknown().optional(),
  plate: z.unknown().optional(),
  well: z.unknown().optional(),
  'bioformats2raw.layout': z.unknown().optional(),
  'image-label': z.unknown().optional(),
  labels: labelsSchema.optional().catch(undefined),
});
type Attributes = z.infer<typeof attributesSchema>;

/** The files of a Zarr store, in batches, by the same rules as the index: hidden files but its own are left out. */
export async function* zarrMembers(folder: string, signal?: AbortSignal): AsyncGenerator<FoundFile[]> {
  for await (const batch of walk(folder, { insideZarr: true, ...(signal ? { signal } : {}) })) {
    const files = batch.filter((found) => found.what === 'file');
    if (files.length > 0) yield files;
  }
}

/** What the members of a Zarr folder come to. */
export interface ZarrSums {
  readonly size: number;
  readonly members: number;
  readonly modifiedMs: number;
  readonly trouble: string;
}

/**
 * Sums up a Zarr folder: members, bytes, kind and labels. Reads only its metadata files (OME-Zarr 0.4 `.zattrs`,
 * 0.5 `zarr.json`). `path` is where it lies in the added folder, for the words in its name.
 */
export async function readZarr(folder: string, path: string, signal?: AbortSignal): Promise<ZarrFacts> {
  const sums = { size: 0, members: 0, modifiedMs: 0, trouble: '' };
  for await (const batch of walk(folder, { insideZarr: true, ...(signal ? { signal } : {}) })) {
    for (const found of batch) {
      const lost = lostToZarr(found);
      if (lost !== '') sums.trouble ||= `${found.path}: ${lost}`;
      if (found.what !== 'file') continue;
      sums.members++;
      sums.size += found.size;
      sums.modifiedMs = Math.max(sums.modifiedMs, found.modifiedMs);
      if (found.trouble !== '') sums.trouble ||= `${found.path}: ${found.trouble}`;
    }
  }
  return describeZarr(folder, path, sums);
}

/** What the metadata of a Zarr folder says, joined with the sums of its members. */
export async function describeZarr(folder: string, path: string, sums: ZarrSums): Promise<ZarrFacts> {
  const inode = String((await stat(folder)).ino);
  const root = await attributesOf(folder);
  const labels = await labelsOf(folder, root);
  const isOme =
    root.multiscales !== undefined ||
    root.plate !== undefined ||
    root.well !== undefined ||
    root['bioformats2raw.layout'] !== undefined ||
    labels.length > 0;
  const isArray = await hasArrayAtRoot(folder);
  return {
    ...sums,
    inode,
    labels,
    format: isOme ? 'ome-zarr' : 'zarr',
    kind: kindOf(path, root, isOme || isArray),
  };
}

/** The facts of a Zarr folder that cannot be read. */
export function unreadableZarr(trouble: string): ZarrFacts {
  const nothing = { size: 0, members: 0, modifiedMs: 0, inode: '', labels: [] };
  return { ...nothing, format: 'zarr', kind: 'image', trouble };
}

function kindOf(path: string, root: Attributes, hasPixels: boolean): ZarrFacts['kind'] {
  if (!hasPixels) return 'other';
  const slash = path.lastIndexOf('/');
  const says = namesMask(path.slice(slash + 1)) ? 'mask' : kindByFolders(path.slice(0, Math.max(slash, 0)));
  return root['image-label'] !== undefined || says === 'mask' ? 'mask' : 'image';
}

/** Label images that the metadata names; where a writer named none, the folders below `labels/` that are stores. */
async function labelsOf(folder: string, root: Attributes): Promise<string[]> {
  // With bioformats2raw.layout the image is one folder down, in a plate there are many.
  const places = root['bioformats2raw.layout'] !== undefined ? ['labels', '0/labels'] : ['labels'];
  const fields = await fieldsOfPlate(root.plate, (group) => attributesOf(`${folder}/${group}`));
  places.push(...fields.map((field) => `${field}/labels`));
  const found: string[] = [];
  for (const place of places) {
    const named = (await attributesOf(`${folder}/${place}`)).labels;
    for (const name of named ?? (await storesIn(`${folder}/${place}`))) {
      if (!name.split('/').includes('..')) found.push(`${place}/${name}`);
    }
  }
  return found;
}

async function storesIn(folder: string): Promise<string[]> {
  const inside = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const stores: string[] = [];
  for (const item of inside) {
    if (item.isDirectory() && (await isGroup(`${folder}/${item.name}`))) stores.push(item.name);
  }
  return stores.sort();
}

async function isGroup(folder: string): Promise<boolean> {
  const names: string[] = await readdir(folder).catch(() => []);
  return names.includes('.zgroup') || names.includes('zarr.json');
}

async function hasArrayAtRoot(folder: string): Promise<boolean> {
  if ((await readJson(`${folder}/.zarray`)) !== undefined) return true;
  const node = z.object({ node_type: z.literal('array') });
  return node.safeParse(await readJson(`${folder}/zarr.json`)).success;
}

/** The attributes of a group: `.zattrs` in Zarr v2; in v3 `attributes` of `zarr.json`, OME's own below `ome`. */
async function attributesOf(folder: string): Promise<Attributes> {
  const v2 = attributesSchema.safeParse(await readJson(`${folder}/.zattrs`));
  if (v2.success) return v2.data;
  const wrapped = z.object({ attributes: z.looseObject({ ome: z.unknown().optional() }) });
  const v3 = wrapped.safeParse(await readJson(`${folder}/zarr.json`));
  if (!v3.success) return {};
  const { ome, ...others } = v3.data.attributes;
  const flat = { ...others, ...(typeof ome === 'object' && ome !== null ? ome : {}) };
  return attributesSchema.safeParse(flat).data ?? {};
}

/** The content of a JSON file; undefined when it is not there, too big, or not JSON. */
async function readJson(path: string): Promise<unknown> {
  try {
    if ((await stat(path)).size > MOST_METADATA_BYTES) return undefined;
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}
