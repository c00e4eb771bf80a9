import * as zarr from 'zarrita';
import { bytesPerPixel } from '../../../../shared/imaging/image-info.ts';
import { decodedBlocks } from '../decoded-blocks.ts';
import { cannotRead, damaged, tooLarge } from '../pixel-problems.ts';
import { makeValues, type PlaneValues, type Region } from '../pixel-source.ts';
import { exactNumbers, halfToNumber } from '../sample-numbers.ts';
import { sideBySide } from '../side-by-side.ts';
import type { ZarrFolder } from './zarr-folder.ts';
import { readArrayMetadata, type ZarrArrayMetadata } from './zarr-metadata.ts';

const MAX_CHUNK_BYTES = 256 * 1024 * 1024;

/** One array of a store. */
export interface ZarrArray {
  readonly path: string;
  readonly metadata: ZarrArrayMetadata;
  /**
   * The values of a rectangle over two axes, all others held at an index: `at` has one for every axis, those of
   * `yAxis` and `xAxis` are not looked at.
   */
  read(
    at: readonly number[],
    yAxis: number,
    xAxis: number,
    region: Region,
    signal?: AbortSignal,
  ): Promise<PlaneValues>;
}

/** Opens an array; null when there is none at the path. Throws for arrays that would not be read right. */
export async function openZarrArray(
  folder: ZarrFolder,
  path: string,
  cacheKey: string,
): Promise<ZarrArray | null> {
  const metadata = await readArrayMetadata(folder, path);
  if (!metadata) return null;
  const { chunkShape, fileShape, pixelType } = metadata;
  const count = chunkShape.reduce((product, size) => product * size, 1);
  if (count * bytesPerPixel[pixelType] > MAX_CHUNK_BYTES) {
    throw tooLarge(
      folder.name,
      `Its chunks are of ${chunkShape.join(' × ')} numbers, and none can be read in part.`,
    );
  }
  const array = new zarr.Array(folder.store(metadata), `/${path}`, {
    zarr_format: 3,
    node_type: 'array',
    shape: [...metadata.shape],
    data_type: metadata.dataType as zarr.DataType,
    chunk_grid: { name: 'regular', configuration: { chunk_shape: [...fileShape] } },
    chunk_key_encoding: {
      name: metadata.keyEncoding.name,
      configuration: { separator: metadata.keyEncoding.separator },
    },
    codecs: metadata.codecs.map((codec) => ({ ...codec })),
    fill_value: metadata.fillValue as never,
    attributes: {},
  });
  const stride = chunkStride(metadata);

  const chunk = (coordinates: readonly number[], signal: AbortSignal | undefined) =>
    decodedBlocks.get(
      `${cacheKey}:${coordinates.join('/')}`,
      async () => {
        const decoded = await array.getChunk([...coordinates]).catch((error: unknown) => {
          throw zarr.isZarritaError(error) ? unreadable(folder.name, path, error) : error;
        });
        const values = plainValues(decoded.data, metadata, folder.name);
        if (values.length !== count || decoded.stride.some((step, axis) => step !== stride[axis])) {
          throw damaged(
            folder.name,
            `A chunk of "${path}" holds ${values.length} numbers where ${count} are needed.`,
          );
        }
        return values;
      },
      signal,
    );

  return {
    path,
    metadata,
    async read(at, yAxis, xAxis, region, signal) {
      const out = makeValues(pixelType, region.width * region.height);
      const [height, width] = [chunkShape[yAxis] ?? 1, chunkShape[xAxis] ?? 1];
      const coordinates = at.map((index, axis) => Math.floor(index / (chunkShape[axis] ?? 1)));
      let inside = 0;
      at.forEach((index, axis) => {
        if (axis !== yAxis && axis !== xAxis)
          inside += (index % (chunkShape[axis] ?? 1)) * (stride[axis] ?? 0);
      });
      const steps = { y: stride[yAxis] ?? 0, x: stride[xAxis] ?? 0 };
      const chunks = chunksUnder(region, width, height);
      await sideBySide(chunks, async ({ row, column }) => {
        signal?.throwIfAborted();
        const values = await chunk(coordinates.with(yAxis, row).with(xAxis, column), signal);
        const place = { x: column * width, y: row * height, width, height };
        copyPart(values, inside, steps, place, region, out);
      });
      return out;
    },
  };
}

function* chunksUnder(region: Region, width: number, height: number) {
  for (let row = Math.floor(region.y / height); row * height < region.y + region.height; row++) {
    for (let column = Math.floor(region.x / width); column * width < region.x + region.width; column++) {
      yield { row, column };
    }
  }
}

/** Steps between neighbours along each axis of a decoded chunk, by the order in which it is stored. */
function chunkStride(metadata: ZarrArrayMetadata): number[] {
  const axes = metadata.shape.map((_, axis) => axis);
  const codecs = metadata.codecs.find((codec) => codec.name === 'sharding_indexed')?.configuration.codecs;
  const list = (codecs as ZarrArrayMetadata['codecs'] | undefined) ?? metadata.codecs;
  const order = list[0]?.name === 'transpose' ? (list[0].configuration.order as number[]) : axes;
  const stride = axes.map(() => 0);
  let step = 1;
  for (const axis of [...order].reverse()) {
    stride[axis] = step;
    step *= metadata.chunkShape[axis] ?? 1;
  }
  return stride;
}

/** zarrita gives bool as a wrapper without indices and 64-bit numbers as BigInt; both become plain numbers. */
function plainValues(data: unknown, metadata: ZarrArrayMetadata, name: string): PlaneValues {
  if (data instanceof zarr.BoolArray) {
    return new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.length).map((value) =>
      value ? 1 : 0,
    );
  }
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) return exactNumbers(data, name);
  if (metadata.dataType === 'float16' && ArrayBuffer.isView(data)) {
    const halves = new Uint16Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength / 2);
    return Float32Array.from(halves, halfToNumber);
  }
  if (ArrayBuffer.isView(data) && !(data instanceof DataView)) return data as PlaneValues;
  throw cannotRead(name, `Its pixels are of type "${metadata.dataType}".`);
}

function copyPart(
  values: PlaneValues,
  offset: number,
  steps: { readonly y: number; readonly x: number },
  place: Region,
  region: Region,
  out: PlaneValues,
): void {
  const fromX = Math.max(region.x, place.x);
  const toX = Math.min(region.x + region.width, place.x + place.width);
  const toY = Math.min(region.y + region.height, place.y + place.height);
  for (let y = Math.max(region.y, place.y); y < toY; y++) {
    let at = offset + (y - place.y) * steps.y + (fromX - place.x) * steps.x;
    let target = (y - region.y) * region.width + fromX - region.x;
    if (steps.x === 1) {
      out.set(values.subarray(at, at + toX - fromX), target);
      continue;
    }
    for (let x = fromX; x < toX; x++, at += steps.x) out[target++] = values[at] ?? 0;
  }
}

function unreadable(name: string, path: string, error: Error): unknown {
  const cause = error.cause instanceof Error ? error.cause.message : error.message;
  return damaged(name, `A chunk of "${path}" cannot be expanded (${cause.split('\n', 1)[0]}).`);
}
