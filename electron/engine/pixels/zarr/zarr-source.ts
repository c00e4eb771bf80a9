import { basename } from 'node:path';
import type { ImageLevel } from '../../../../shared/imaging/image-info.ts';
import { describeChannels } from '../channel-defaults.ts';
import { decodedBlocks, newCachePrefix } from '../decoded-blocks.ts';
import type { RangeFile } from '../granted-files.ts';
import { cannotRead, damaged } from '../pixel-problems.ts';
import type { PixelSource } from '../pixel-source.ts';
import { viewTiles } from '../view-tiles.ts';
import { findZarrImage, join, listLabels, type ZarrImagePlace } from './find-zarr-image.ts';
import { missingChunksNote } from './missing-chunks.ts';
import {
  type Axes,
  findAxes,
  omeroChannels,
  parseMultiscale,
  pixelSizeOf,
  readOmeGroup,
} from './ome-zarr-metadata.ts';
import { openZarrArray, type ZarrArray } from './zarr-array.ts';
import { openZarrFolder, type ZarrFolder } from './zarr-folder.ts';
import { openZarrZip } from './zarr-zip.ts';

/** Opens the image of a zipped OME-Zarr, or a part of it; see {@link openZarrSource}. Closes the file with the source. */
export async function openZippedZarrSource(file: RangeFile, part: string): Promise<PixelSource> {
  const source = await openZarrStore(await openZarrZip(file), part);
  return {
    ...source,
    async close() {
      await source.close();
      await file.close();
    },
  };
}

/**
 * Opens the image of an OME-Zarr folder, or with `part` one of its label images
 * (`labels/nuclei`) or a field of a plate (`A/1/0`), or a bare Zarr array.
 */
export async function openZarrSource(root: string, part: string): Promise<PixelSource> {
  return openZarrStore(openZarrFolder(root, basename(root)), part);
}

async function openZarrStore(folder: ZarrFolder, part: string): Promise<PixelSource> {
  const { name } = folder;
  const place = await findPart(folder, part);
  const prefix = newCachePrefix();
  const described = await openLevels(folder, place, prefix);
  const { axes, levels, version } = described;
  const [finest] = levels;
  const { metadata } = finest;
  const size = (axis: number | null) => (axis === null ? 1 : (metadata.shape[axis] ?? 1));
  const sizes = { t: size(axes.t), c: size(axes.c), z: size(axes.z), y: size(axes.y), x: size(axes.x) };
  if (Object.values(sizes).some((count) => count < 1)) throw damaged(name, 'One of its axes has no length.');
  const notes = [...place.notes, ...described.notes];
  for (const [index, array] of levels.entries()) {
    const note = await missingChunksNote(folder, array, index);
    if (note) notes.push(note);
  }
  const others = axes.others.filter(({ axis }) => size(axis) > 1);
  if (others.length > 0) {
    notes.push(
      `Of the axis ${others.map((other) => `"${other.name}"`).join(', ')} the first position is shown.`,
    );
  }
  const isImage = place.kind === 'image';
  return {
    info: {
      name: part ? `${name}/${part}` : name,
      format: `${isImage ? 'OME-Zarr' : 'Zarr'}${version ? ` ${version}` : ''}`,
      storedType: metadata.dataType,
      pixelType: metadata.pixelType,
      sizes,
      levels: levels.map(({ metadata: { shape, chunkShape } }): ImageLevel => {
        const block = { blockWidth: chunkShape[axes.x] ?? 1, blockHeight: chunkShape[axes.y] ?? 1 };
        return { width: shape[axes.x] ?? 1, height: shape[axes.y] ?? 1, ...viewTiles(block) };
      }),
      channels: describeChannels(sizes.c, isImage ? omeroChannels(place.group) : []),
      rgb: false,
      pixelSize: described.pixelSize,
      labels: isImage && part === '' ? await listLabels(folder, place.path) : [],
      notes,
    },
    read(plane, level, region, signal) {
      const array = levels[level];
      if (!array) throw new RangeError(`There is no level ${level}.`);
      const at = array.metadata.shape.map(() => 0);
      if (axes.t !== null) at[axes.t] = plane.t;
      if (axes.c !== null) at[axes.c] = plane.c;
      // Some pyramids halve z too; then the slice at the same depth is meant.
      if (axes.z !== null) at[axes.z] = Math.floor((plane.z * (array.metadata.shape[axes.z] ?? 1)) / sizes.z);
      return array.read(at, axes.y, axes.x, region, signal);
    },
    rowsTogether: (level) => levels[level]?.metadata.chunkShape[axes.y] ?? 1,
    async close() {
      decodedBlocks.forget(prefix);
    },
  };
}

async function findPart(folder: ZarrFolder, part: string): Promise<ZarrImagePlace> {
  // What begins otherwise names its place from the root: a field of a plate, or a label image in one.
  if (part !== '' && !part.startsWith('labels/')) {
    const group = await readOmeGroup(folder, part);
    if (group?.multiscales) return { kind: 'image', path: part, group, notes: [] };
  }
  const place = await findZarrImage(folder);
  if (part === '') return place;
  const path = join(place.path, part);
  const group = await readOmeGroup(folder, path);
  if (!group?.multiscales) throw cannotRead(folder.name, `It has no label image "${part}".`);
  return { kind: 'image', path, group, notes: place.notes };
}

interface Levels {
  readonly levels: readonly [ZarrArray, ...ZarrArray[]];
  readonly axes: Axes;
  readonly version: string;
  readonly pixelSize: PixelSource['info']['pixelSize'];
  readonly notes: readonly string[];
}

async function openLevels(folder: ZarrFolder, place: ZarrImagePlace, prefix: string): Promise<Levels> {
  const { name } = folder;
  if (place.kind === 'array') {
    const array = await openZarrArray(folder, place.path, `${prefix}0`);
    if (!array) throw damaged(name, 'Its array is not there.');
    const { shape, dimensionNames } = array.metadata;
    const known = dimensionNames?.every((axis) => axis !== null && /^[tczyx]$/i.test(axis));
    const named = known ? (dimensionNames ?? []).map((axis) => ({ name: axis ?? '' })) : null;
    const axes = findAxes(named, shape.length, name);
    return { levels: [array], axes, version: '', pixelSize: null, notes: [] };
  }
  const multiscale = parseMultiscale(place.group, name);
  const notes: string[] = [];
  if ((place.group.multiscales?.length ?? 0) > 1)
    notes.push('Its description names several images. The first is shown.');
  const paths = multiscale.datasets.map((dataset) => join(place.path, dataset.path));
  const finest = await openZarrArray(folder, paths[0] ?? '', `${prefix}0`);
  if (!finest) throw damaged(name, `The array of its finest level, "${paths[0]}", is not there.`);
  const axes = findAxes(multiscale.axes ?? null, finest.metadata.shape.length, name);
  const levels: [ZarrArray, ...ZarrArray[]] = [finest];
  for (const [index, path] of paths.entries()) {
    if (index === 0) continue;
    const problem = await addLevel(folder, path, `${prefix}${index}`, levels, axes);
    if (problem) notes.push(`Level ${index} is left out: ${problem}.`);
  }
  const version = multiscale.version ?? place.group.version;
  return { levels, axes, version, pixelSize: pixelSizeOf(multiscale, axes), notes };
}

/** Adds a coarser level when it fits to the finest one; else says why not. */
async function addLevel(
  folder: ZarrFolder,
  path: string,
  cacheKey: string,
  levels: [ZarrArray, ...ZarrArray[]],
  axes: Axes,
): Promise<string | null> {
  const array = await openZarrArray(folder, path, cacheKey);
  if (!array) return `its array "${path}" is not there`;
  const [finest] = levels;
  const last = levels.at(-1) ?? finest;
  const { shape, dataType } = array.metadata;
  if (dataType !== finest.metadata.dataType)
    return `it stores ${dataType}, the finest level ${finest.metadata.dataType}`;
  if (shape.length !== finest.metadata.shape.length) return 'it has other axes';
  const differs = shape.some((size, axis) => {
    const full = finest.metadata.shape[axis] ?? 0;
    if (axis === axes.y || axis === axes.x) return size < 1 || size > (last.metadata.shape[axis] ?? 0);
    return axis === axes.z ? size < 1 || size > full : size !== full;
  });
  if (differs) return `its size ${shape.join(' × ')} does not fit`;
  levels.push(array);
  return null;
}
