import { z } from 'zod';
import { imageInfoSchema, planeFactsSchema } from '../imaging/image-info.ts';
import { submissionIdSchema } from '../model/submission.ts';
import { call, doneSchema } from './call.ts';

/** Looking at images. Tiles and thumbnails are content (see content.ts), not calls. */
export const pixelCalls = {
  'pixels.open': call(
    z.object({
      id: submissionIdSchema,
      entryId: z.number().int(),
      /** A label image inside the entry, for example `labels/nuclei`. */
      part: z.string().default(''),
    }),
    imageInfoSchema,
  ),
  'pixels.facts': call(
    z.object({
      imageId: z.string(),
      c: z.number().int().min(0),
      z: z.number().int().min(0),
      t: z.number().int().min(0),
    }),
    planeFactsSchema,
  ),
  'pixels.close': call(z.object({ imageId: z.string() }), doneSchema),
};
