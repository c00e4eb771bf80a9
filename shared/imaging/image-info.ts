import { z } from 'zod';

/** Types in which tiles are delivered, little-endian. float16 is widened, bool is uint8, 64-bit integers float64. */
export const pixelTypeSchema = z.enum([
  'uint8',
  'int8',
  'uint16',
  'int16',
  'uint32',
  'int32',
  'float32',
  'float64',
]);
export type PixelType = z.infer<typeof pixelTypeSchema>;

export const bytesPerPixel: Record<PixelType, number> = {
  uint8: 1,
  int8: 1,
  uint16: 2,
  int16: 2,
  uint32: 4,
  int32: 4,
  float32: 4,
  float64: 8,
};

/** One resolution of an image, level 0 the finest. Tiles at the right and lower edge are cut, not padded. */
export const imageLevelSchema = z.object({
  width: z.number().int(),
  height: z.number().int(),
  tileWidth: z.number().int(),
  tileHeight: z.number().int(),
});
export type ImageLevel = z.infer<typeof imageLevelSchema>;

export const imageChannelSchema = z.object({
  name: z.string(),
  /** `#rrggbb` */
  color: z.string(),
  /** Window stored with the image (OMERO block), if any; else the viewer asks for a histogram. */
  window: z.object({ low: z.number(), high: z.number() }).nullable(),
});
export type ImageChannel = z.infer<typeof imageChannelSchema>;

/** An opened image, whatever the format. Every plane is one channel at one z and t; RGB counts as three channels. */
export const imageInfoSchema = z.object({
  imageId: z.string(),
  name: z.string(),
  format: z.string(),
  /** What the file stores, for example `uint12` or `int64`; tiles come as `pixelType`. */
  storedType: z.string(),
  pixelType: pixelTypeSchema,
  sizes: z.object({
    t: z.number().int(),
    c: z.number().int(),
    z: z.number().int(),
    y: z.number().int(),
    x: z.number().int(),
  }),
  levels: z.array(imageLevelSchema).min(1),
  channels: z.array(imageChannelSchema),
  /** True for red, green, blue stored as such: shown without contrast stretch. */
  rgb: z.boolean(),
  /** Size of a pixel in micrometres; null when the file does not say. */
  pixelSize: z
    .object({ x: z.number().nullable(), y: z.number().nullable(), z: z.number().nullable() })
    .nullable(),
  /** Label images inside, for example `labels/nuclei`. */
  labels: z.array(z.string()),
  /** What the reader wants people to know, for example "chunks are missing and read as 0". */
  notes: z.array(z.string()),
});
export type ImageInfo = z.infer<typeof imageInfoSchema>;

/** Facts of one plane at a level small enough to read whole. `bins` covers low to high in equal steps. */
export const planeFactsSchema = z.object({
  min: z.number(),
  max: z.number(),
  /** 0.5 and 99.5 per cent of the pixels lie below. */
  low: z.number(),
  high: z.number(),
  bins: z.array(z.number()),
  /** Different values met, at most 65,537: for masks, the labels. */
  distinct: z.number().int(),
  zeroShare: z.number(),
});
export type PlaneFacts = z.infer<typeof planeFactsSchema>;
