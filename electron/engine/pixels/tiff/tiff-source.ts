import type { ImageLevel } from '../../../../shared/imaging/image-info.ts';
import { describeChannels, rgbChannels } from '../channel-defaults.ts';
import { decodedBlocks, newCachePrefix } from '../decoded-blocks.ts';
import type { RangeFile } from '../granted-files.ts';
import { damaged } from '../pixel-problems.ts';
import type { PixelSource, SourceInfo } from '../pixel-source.ts';
import { viewTiles } from '../view-tiles.ts';
import { planImageJ, planShaped } from './described-stack.ts';
import { planOme } from './ome-stack.ts';
import { planPlain } from './plain-stack.ts';
import { pagesInWords, type StackFacts, type StackPlan } from './stack-plan.ts';
import { openTiff, readDirectory, type TiffDirectory, type TiffFile } from './tiff-directory.ts';
import { readLayout } from './tiff-layout.ts';
import { openPage, type TiffPage } from './tiff-page.ts';
import { listPages, type PageList } from './tiff-pages.ts';
import { findPyramid } from './tiff-pyramid.ts';
import { compressions, photometrics, tags } from './tiff-tags.ts';

/** Pages held open at once: each keeps the places of its tiles. */
const OPEN_PAGES = 32;

/**
 * Opens a TIFF, BigTIFF, OME-TIFF or one of their relatives as one image with channels, z, t and levels.
 * Null when the file is no TIFF. The source owns the file and closes it.
 */
export async function openTiffSource(
  file: RangeFile,
  options: { readonly paletteNumbers?: boolean } = {},
): Promise<PixelSource | null> {
  const tiff = await openTiff(file);
  if (!tiff) return null;
  const list = await listPages(tiff);
  const firstPage = list.pages[0];
  if (!firstPage) throw damaged(file.name, 'It is a TIFF without a single page.');
  const directory = await readDirectory(tiff, firstPage.offset);
  const prefix = newCachePrefix();
  const isImageJ = (await directory.text(tags.imageDescription)).startsWith('ImageJ=');
  // ImageJ stores any 8-bit image with a colour table when one was chosen for display: its numbers are the data.
  const paletteNumbers = options.paletteNumbers === true || isImageJ;
  const openAt = (offset: number, index: number | null, contiguous: number) =>
    openPage(tiff, offset, {
      cacheKey: `${prefix}${offset}+${contiguous}`,
      index,
      paletteNumbers,
      contiguousPlane: contiguous,
    });
  const first = await openAt(firstPage.offset, 0, 0);
  const samples = first.alpha ? 3 : first.samples;
  const facts = await stackFacts(tiff, directory, list, samples);
  const { plan, notes: planNotes } = makePlan(facts);
  const base = plan.place(0, 0, 0);
  const used = usedPages(plan);
  const pyramid = await findPyramid(tiff, list.pages, [...used.pages]);
  const levels = [{ width: first.width, height: first.height }, ...pyramid.levels];
  const left = list.pages.length - new Set([...used.pages, ...pyramid.pagesUsed]).size;
  const rgb = first.color && samples === 3 && first.pixelType === 'uint8' && plan.sizes.c === 1;
  const notes = [
    ...list.notes,
    ...planNotes,
    ...first.notes,
    ...(first.alpha ? ['Its transparency is not shown.'] : []),
    ...(left > 0
      ? [`${pagesInWords(left)} of other size or kind in the file ${left === 1 ? 'is' : 'are'} not shown.`]
      : []),
    ...(isImageJ && (await directory.number(tags.photometric)) === photometrics.palette
      ? ['It has a colour table for display. The numbers are shown, not those colours.']
      : []),
  ];
  const channels = plan.sizes.c * samples;
  const named = plan.channels.some((channel) => channel.name);
  const info: SourceInfo = {
    name: file.name,
    format: tiff.bigTiff && plan.format === 'TIFF' ? 'BigTIFF' : plan.format,
    storedType: first.storedType,
    pixelType: first.pixelType,
    sizes: { t: plan.sizes.t, c: channels, z: plan.sizes.z, y: first.height, x: first.width },
    levels: levels.map((level): ImageLevel => ({ ...level, ...viewTiles(first.tiled ? first : null) })),
    channels:
      first.color && channels === 3 && (rgb || !named)
        ? rgbChannels()
        : describeChannels(channels, plan.channels),
    rgb,
    pixelSize: plan.pixelSize,
    labels: [],
    notes: [...new Set(notes)],
  };

  const open = new Map<string, Promise<TiffPage>>();
  const pageFor = (c: number, z: number, t: number, level: number): Promise<TiffPage> => {
    const place = plan.place(c, z, t);
    const key = `${place.page}/${place.contiguous}/${level}`;
    const known = open.get(key);
    const page =
      known ??
      (key === `${base.page}/${base.contiguous}/0` && base.page === 0 && base.contiguous === 0
        ? Promise.resolve(first)
        : openChecked(place.page, place.contiguous, level));
    open.delete(key);
    open.set(key, page);
    // A page that failed to open may open later: the file could have been on a network drive.
    page.catch(() => open.delete(key));
    if (open.size > OPEN_PAGES) open.delete(open.keys().next().value ?? key);
    return page;
  };
  const openChecked = async (index: number, contiguous: number, level: number): Promise<TiffPage> => {
    const offset = level === 0 ? (list.pages[index]?.offset ?? null) : await pyramid.offset(index, level);
    if (offset === null)
      throw damaged(file.name, `Plane ${index + 1} has no smaller copy where others have one.`);
    const page = await openAt(offset, level === 0 ? index : null, contiguous);
    const size = levels[level];
    if (page.width !== size?.width || page.height !== size.height || page.pixelType !== first.pixelType) {
      throw damaged(file.name, `Page ${index + 1} differs from the first in size or kind.`);
    }
    return page;
  };
  return {
    info,
    async read(plane, level, region, signal) {
      const page = await pageFor(Math.floor(plane.c / samples), plane.z, plane.t, level);
      return page.read(plane.c % samples, region, signal);
    },
    rowsTogether: () => first.blockHeight,
    async close() {
      decodedBlocks.forget(prefix);
      await file.close();
    },
  };
}

function makePlan(facts: StackFacts): { plan: StackPlan; notes: readonly string[] } {
  const ome = planOme(facts);
  if (ome && 'place' in ome) return { plan: ome, notes: ome.notes };
  const plan = planImageJ(facts) ?? planShaped(facts) ?? planPlain(facts);
  return { plan, notes: ome ? [ome.note, ...plan.notes] : plan.notes };
}

/** The pages that the plan shows, in the order of c, z, t. */
function usedPages(plan: StackPlan): { pages: ReadonlySet<number> } {
  const pages = new Set<number>();
  const { c, z, t } = plan.sizes;
  for (let ti = 0; ti < t; ti++) {
    for (let zi = 0; zi < z; zi++) for (let ci = 0; ci < c; ci++) pages.add(plan.place(ci, zi, ti).page);
  }
  return { pages };
}

async function stackFacts(
  tiff: TiffFile,
  directory: TiffDirectory,
  list: PageList,
  samples: number,
): Promise<StackFacts> {
  const [description, software, x, y, unit] = await Promise.all([
    directory.text(tags.imageDescription),
    directory.text(tags.software),
    directory.number(tags.xResolution),
    directory.number(tags.yResolution),
    directory.number(tags.resolutionUnit),
  ]);
  return {
    fileName: tiff.file.name,
    pages: list.pages,
    samples,
    description,
    software,
    resolution: { x: x ?? 0, y: y ?? 0, unit: unit ?? 2 },
    contiguousRoom: await contiguousRoom(tiff, directory),
    stkPlanes: directory.count(tags.uic2),
    isLsm: directory.has(tags.lsmInfo),
  };
}

/** How many planes like the first fit from where it starts to the end of the file, when it is plain bytes in a row. */
async function contiguousRoom(tiff: TiffFile, directory: TiffDirectory): Promise<number> {
  const layout = await readLayout(tiff, directory);
  if (layout.compression !== compressions.none || layout.tiled) return 1;
  let end = layout.offsets[0] ?? 0;
  for (let index = 0; index < layout.offsets.length; index++) {
    if (layout.offsets[index] !== end) return 1;
    end += layout.byteCounts[index] ?? 0;
  }
  const start = layout.offsets[0] ?? 0;
  return end > start ? Math.floor((tiff.file.size - start) / (end - start)) : 1;
}
