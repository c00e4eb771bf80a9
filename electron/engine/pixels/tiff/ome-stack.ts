import { isOmeXml, type OmeImage, type OmeMetadata, type OmeTiffData, parseOmeXml } from './ome-xml.ts';
import { type PlanePlace, type StackFacts, type StackPlan, stackPages } from './stack-plan.ts';

const MAX_PLANES = 1_000_000;

/** What OME-XML says that cannot be followed: the file is then read as a plain TIFF, with this note. */
export interface OmeRefusal {
  readonly note: string;
}

/** The plan of an OME-TIFF (OME-TIFF specification); null when the description is no OME-XML. */
export function planOme(facts: StackFacts): StackPlan | OmeRefusal | null {
  if (!isOmeXml(facts.description)) return null;
  const metadata = parseOmeXml(facts.description);
  const { image } = metadata;
  if (!image) {
    const note = metadata.companion
      ? `Its description is in the file "${metadata.companion}", which is not read here.`
      : 'Its OME description names no image.';
    return { note };
  }
  const page = facts.pages[0];
  if (image.sizes.x !== page?.width || image.sizes.y !== page.height) {
    return {
      note: `Its OME description speaks of ${image.sizes.x} × ${image.sizes.y} pixels, but its first page has ${page?.width} × ${page?.height}. The description is ignored.`,
    };
  }
  const samples = Math.max(facts.samples, image.channels[0]?.samples ?? 1);
  const sizes = { z: image.sizes.z, c: Math.max(1, Math.ceil(image.sizes.c / samples)), t: image.sizes.t };
  if (Math.min(sizes.z, sizes.t) < 1 || sizes.z * sizes.c * sizes.t > MAX_PLANES) {
    return { note: 'Its OME description has impossible sizes and is ignored.' };
  }
  const planes = placePlanes(metadata, image, sizes, facts);
  return plan(metadata, image, sizes, planes, samples);
}

type Sizes = StackPlan['sizes'];

/** Page of each plane, -1 where this file has none; z fastest, then c, then t. */
function placePlanes(metadata: OmeMetadata, image: OmeImage, sizes: Sizes, facts: StackFacts): Int32Array {
  const places = new Int32Array(sizes.z * sizes.c * sizes.t).fill(-1);
  const usable = new Set(stackPages(facts.pages));
  const order = image.dimensionOrder.slice(2).toLowerCase();
  const runs: readonly OmeTiffData[] = image.tiffData.length > 0 ? image.tiffData : [everything];
  for (const run of runs) {
    if (!isHere(run, metadata.uuid, facts.fileName)) continue;
    const planes = run.planeCount ?? (run.ifd === null ? facts.pages.length : 1);
    const start = linear(order, sizes, run.first);
    for (let step = 0; step < Math.min(planes, facts.pages.length); step++) {
      const place = split(order, sizes, start + step);
      const page = (run.ifd ?? 0) + step;
      if (place && usable.has(page)) places[place.z + sizes.z * (place.c + sizes.c * place.t)] = page;
    }
  }
  return places;
}

const everything: OmeTiffData = {
  ifd: null,
  planeCount: null,
  first: { z: 0, c: 0, t: 0 },
  uuid: null,
  fileName: null,
};

/** Files are renamed more often than given a new UUID, so the UUID decides where both have one. */
function isHere(run: OmeTiffData, uuid: string | null, fileName: string): boolean {
  if (run.uuid && uuid) return run.uuid === uuid;
  return run.fileName === null || run.fileName === fileName;
}

function linear(order: string, sizes: Sizes, at: { z: number; c: number; t: number }): number {
  let index = 0;
  let step = 1;
  for (const axis of order as Iterable<'z' | 'c' | 't'>) {
    index += at[axis] * step;
    step *= sizes[axis];
  }
  return index;
}

function split(order: string, sizes: Sizes, index: number): { z: number; c: number; t: number } | null {
  const at = { z: 0, c: 0, t: 0 };
  let rest = index;
  for (const axis of order as Iterable<'z' | 'c' | 't'>) {
    at[axis] = rest % sizes[axis];
    rest = Math.floor(rest / sizes[axis]);
  }
  return rest === 0 ? at : null;
}

function plan(
  metadata: OmeMetadata,
  image: OmeImage,
  full: Sizes,
  places: Int32Array,
  samples: number,
): StackPlan | OmeRefusal {
  const index = (c: number, z: number, t: number) => z + full.z * (c + full.c * t);
  const present = { z: new Set<number>(), c: new Set<number>(), t: new Set<number>() };
  let found = 0;
  for (let t = 0; t < full.t; t++) {
    for (let c = 0; c < full.c; c++) {
      for (let z = 0; z < full.z; z++) {
        if ((places[index(c, z, t)] ?? -1) < 0) continue;
        found++;
        present.z.add(z);
        present.c.add(c);
        present.t.add(t);
      }
    }
  }
  const [zs, cs, ts] = [sorted(present.z), sorted(present.c), sorted(present.t)];
  if (found === 0 || found !== zs.length * cs.length * ts.length) {
    return {
      note: `Its OME description names ${full.z * full.c * full.t} planes, of which ${found} are in this file, with gaps. The pages are shown in the order of the file.`,
    };
  }
  const notes: string[] = [];
  const wanted = full.z * full.c * full.t;
  if (found < wanted) {
    notes.push(
      `This is one file of a set: ${found} of ${wanted} planes are in it, and only those are shown. Its other files are not read.`,
    );
  }
  if (metadata.images > 1) notes.push(`The file holds ${metadata.images} images. The first is shown.`);
  return {
    format: 'OME-TIFF',
    name: image.name || null,
    sizes: { z: zs.length, c: cs.length, t: ts.length },
    channels: samples > 1 ? spread(image, cs, samples) : cs.map((c) => image.channels[c] ?? {}),
    pixelSize: image.pixelSize,
    place: (c, z, t): PlanePlace => ({
      page: places[index(cs[c] ?? 0, zs[z] ?? 0, ts[t] ?? 0)] ?? 0,
      contiguous: 0,
    }),
    notes,
  };
}

/** Samples of one page share the channel's name. */
function spread(image: OmeImage, cs: readonly number[], samples: number): { name: string | undefined }[] {
  const parts = samples === 3 || samples === 4 ? ['red', 'green', 'blue', 'alpha'] : [];
  return cs.flatMap((c) => {
    const name = image.channels[c]?.name;
    return Array.from({ length: samples }, (_, sample) => ({
      name: name ? `${name} ${parts[sample] ?? sample + 1}` : undefined,
    }));
  });
}

function sorted(values: ReadonlySet<number>): number[] {
  return [...values].sort((a, b) => a - b);
}
