import { z } from 'zod';
import type { PixelType } from '../../../../shared/imaging/image-info.ts';
import { cannotRead, damaged } from '../pixel-problems.ts';
import type { ZarrFolder } from './zarr-folder.ts';

const positive = z.number().int().min(1);
const shapeSchema = z.array(z.number().int().min(0)).min(1).max(16);
const chunkShapeSchema = z.array(positive).min(1).max(16);
const fillSchema = z.union([z.number(), z.boolean(), z.null(), z.enum(['NaN', 'Infinity', '-Infinity'])]);
const codecSchema = z.preprocess(
  // Version 3.1 allows the bare name of a codec without configuration.
  (codec) => (typeof codec === 'string' ? { name: codec } : codec),
  z.object({ name: z.string(), configuration: z.record(z.string(), z.unknown()).default({}) }),
);

/** `.zarray` (Zarr specification version 2). */
const arrayV2Schema = z.object({
  zarr_format: z.literal(2),
  shape: shapeSchema,
  chunks: chunkShapeSchema,
  dtype: z.string(),
  compressor: z.object({ id: z.string() }).loose().nullish(),
  filters: z.array(z.object({ id: z.string() }).loose()).nullish(),
  fill_value: fillSchema.nullish(),
  order: z.enum(['C', 'F']).default('C'),
  dimension_separator: z.enum(['.', '/']).default('.'),
});

/** `zarr.json` of an array (Zarr core specification version 3). */
const arrayV3Schema = z.object({
  zarr_format: z.literal(3),
  node_type: z.literal('array'),
  shape: shapeSchema,
  data_type: z.string(),
  chunk_grid: z.object({
    name: z.literal('regular'),
    configuration: z.object({ chunk_shape: chunkShapeSchema }),
  }),
  chunk_key_encoding: z.object({
    name: z.enum(['default', 'v2']),
    configuration: z.object({ separator: z.enum(['.', '/']).optional() }).default({}),
  }),
  codecs: z.array(codecSchema).max(16),
  fill_value: fillSchema,
  dimension_names: z.array(z.string().nullable()).nullish(),
  storage_transformers: z.array(z.unknown()).max(0).optional(),
});

export type Codec = z.infer<typeof codecSchema>;

/** The description of an array in one form for both versions, checked to be one that is read right. */
export interface ZarrArrayMetadata {
  readonly shape: readonly number[];
  /** What is stored in one file: a chunk, or a shard of several. */
  readonly fileShape: readonly number[];
  /** What is decoded at once. */
  readonly chunkShape: readonly number[];
  readonly dataType: string;
  readonly pixelType: PixelType;
  readonly codecs: readonly Codec[];
  readonly fillValue: number | bigint;
  readonly dimensionNames: readonly (string | null)[] | null;
  readonly shardIndexAtStart: boolean;
  readonly keyEncoding: { readonly name: 'default' | 'v2'; readonly separator: '.' | '/' };
}

const delivered: Readonly<Record<string, PixelType>> = {
  bool: 'uint8',
  int8: 'int8',
  uint8: 'uint8',
  int16: 'int16',
  uint16: 'uint16',
  int32: 'int32',
  uint32: 'uint32',
  int64: 'float64',
  uint64: 'float64',
  float16: 'float32',
  float32: 'float32',
  float64: 'float64',
};

/** Codecs that zarrita was checked to undo right. Others, among them those that change numbers, are refused. */
const byteCodecs: readonly string[] = ['blosc', 'gzip', 'zlib', 'zstd', 'lz4', 'crc32c'];

/** Reads the description of an array; null when there is no array at the path. */
export async function readArrayMetadata(folder: ZarrFolder, path: string): Promise<ZarrArrayMetadata | null> {
  const v3 = await folder.json(`${path}/zarr.json`);
  if (typeof v3 === 'object' && v3 !== null && 'node_type' in v3) {
    return v3.node_type === 'array' ? fromV3(folder.name, parse(arrayV3Schema, v3, folder.name, path)) : null;
  }
  const v2 = await folder.json(`${path}/.zarray`);
  return v2 === undefined ? null : fromV2(folder.name, parse(arrayV2Schema, v2, folder.name, path));
}

function parse<T extends z.ZodType>(schema: T, value: unknown, name: string, path: string): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw cannotRead(
    name,
    `The description of its array "${path || '/'}" is not understood (${issue?.path.join('.')}: ${issue?.message}).`,
  );
}

const v2Types: Readonly<Record<string, string>> = {
  b1: 'bool',
  i1: 'int8',
  u1: 'uint8',
  i2: 'int16',
  u2: 'uint16',
  i4: 'int32',
  u4: 'uint32',
  i8: 'int64',
  u8: 'uint64',
  f2: 'float16',
  f4: 'float32',
  f8: 'float64',
};

function fromV2(name: string, meta: z.infer<typeof arrayV2Schema>): ZarrArrayMetadata {
  const dataType = v2Types[meta.dtype.slice(1)];
  if (!dataType || !'<>|'.includes(meta.dtype[0] ?? '?'))
    throw cannotRead(name, `Its pixels are of type "${meta.dtype}".`);
  if (meta.filters?.length) {
    throw cannotRead(name, `Its pixels are filtered (${meta.filters.map(({ id }) => id).join(', ')}).`);
  }
  const codecs: Codec[] = [];
  if (meta.order === 'F')
    codecs.push({ name: 'transpose', configuration: { order: meta.shape.map((_, i) => i).reverse() } });
  codecs.push({ name: 'bytes', configuration: { endian: meta.dtype.startsWith('>') ? 'big' : 'little' } });
  if (meta.compressor) {
    const { id, ...configuration } = meta.compressor;
    codecs.push({ name: id, configuration });
  }
  return checked(name, {
    shape: meta.shape,
    fileShape: meta.chunks,
    dataType,
    codecs,
    fill: meta.fill_value ?? null,
    dimensionNames: null,
    keyEncoding: { name: 'v2', separator: meta.dimension_separator },
  });
}

function fromV3(name: string, meta: z.infer<typeof arrayV3Schema>): ZarrArrayMetadata {
  const { name: encoding, configuration } = meta.chunk_key_encoding;
  return checked(name, {
    shape: meta.shape,
    fileShape: meta.chunk_grid.configuration.chunk_shape,
    dataType: meta.data_type,
    codecs: meta.codecs,
    fill: meta.fill_value,
    dimensionNames: meta.dimension_names ?? null,
    keyEncoding: {
      name: encoding,
      separator: configuration.separator ?? (encoding === 'default' ? '/' : '.'),
    },
  });
}

interface Draft {
  readonly shape: readonly number[];
  readonly fileShape: readonly number[];
  readonly dataType: string;
  readonly codecs: readonly Codec[];
  readonly fill: z.infer<typeof fillSchema>;
  readonly dimensionNames: readonly (string | null)[] | null;
  readonly keyEncoding: ZarrArrayMetadata['keyEncoding'];
}

const shardingSchema = z.object({
  chunk_shape: chunkShapeSchema,
  codecs: z.array(codecSchema).max(16),
  index_codecs: z.array(codecSchema).max(4),
  index_location: z.enum(['start', 'end']).default('end'),
});

function checked(name: string, draft: Draft): ZarrArrayMetadata {
  const { shape, fileShape, dataType, codecs, fill, ...rest } = draft;
  const pixelType = delivered[dataType];
  if (!pixelType) throw cannotRead(name, `Its pixels are of type "${dataType}".`);
  if (fileShape.length !== shape.length) throw damaged(name, 'Its chunks have other axes than its array.');
  const number = Number(fill ?? 0);
  const wide = dataType === 'int64' || dataType === 'uint64';
  if (wide && !Number.isSafeInteger(number))
    throw cannotRead(name, `Chunks never written stand for ${fill}.`);
  const fillValue = wide ? BigInt(number) : number;
  const base = { ...rest, shape, fileShape, dataType, pixelType, codecs, fillValue };
  const sharding = codecs.find((codec) => codec.name === 'sharding_indexed');
  if (!sharding) {
    checkCodecs(name, codecs, shape.length);
    return { ...base, chunkShape: fileShape, shardIndexAtStart: false };
  }
  // zarrita would leave out whatever stands beside the sharding.
  if (codecs.length !== 1) throw cannotRead(name, 'Its shards are encoded as a whole.');
  const inner = parse(shardingSchema, sharding.configuration, name, 'shards');
  checkCodecs(name, inner.codecs, shape.length);
  const indexCodecs = inner.index_codecs.map((codec) => codec.name);
  if (indexCodecs[0] !== 'bytes' || indexCodecs.slice(1).some((codec) => codec !== 'crc32c')) {
    throw cannotRead(name, 'The index of its shards is encoded in a way that is not read.');
  }
  const divides = inner.chunk_shape.every((size, axis) => (fileShape[axis] ?? 0) % size === 0);
  if (inner.chunk_shape.length !== shape.length || !divides)
    throw damaged(name, 'Its shards do not hold a whole number of chunks.');
  return { ...base, chunkShape: inner.chunk_shape, shardIndexAtStart: inner.index_location === 'start' };
}

/** At most one transposition first, then bytes, then compression, each of a kind that is read right. */
function checkCodecs(name: string, codecs: readonly Codec[], axes: number): void {
  const rest = codecs[0]?.name === 'transpose' ? codecs.slice(1) : codecs;
  if (rest !== codecs) {
    const order = codecs[0]?.configuration.order;
    const whole = Array.isArray(order) && order.length === axes;
    if (!whole || order.some((axis: unknown) => typeof axis !== 'number') || new Set(order).size !== axes) {
      throw cannotRead(name, 'Its axes are stored in an order that is not understood.');
    }
  }
  const unknown = rest.find((codec, index) =>
    codec.name !== 'bytes' ? !byteCodecs.includes(codec.name) : index !== 0,
  );
  if (unknown) throw cannotRead(name, `Its chunks are encoded with "${unknown.name}".`);
  if (rest[0]?.name !== 'bytes') throw cannotRead(name, 'Its chunks do not say how numbers become bytes.');
}
