import { z } from 'zod';
import { imageInfoSchema, planeFactsSchema } from '../../../shared/imaging/image-info.ts';
import { problemSchema } from '../../../shared/model/problem.ts';

/**
 * What the engine and its decoder process say to each other. Answers are parsed like anything from outside: the
 * process has read hostile files and may have been taken over by one.
 */
const index = z.number().int().min(0);
const image = { path: z.string(), part: z.string() };

/** Every request carries what is needed to open its image again, so that it can be repeated in a new process. */
export const workSchema = z.discriminatedUnion('what', [
  z.object({ what: z.literal('open'), imageId: z.string(), ...image }),
  z.object({ what: z.literal('facts'), imageId: z.string(), ...image, c: index, z: index, t: index }),
  z.object({
    what: z.literal('tile'),
    imageId: z.string(),
    ...image,
    level: index,
    c: index,
    z: index,
    t: index,
    x: index,
    y: index,
  }),
  z.object({
    what: z.literal('thumbnail'),
    ...image,
    size: z.number().int().min(1).max(4096),
    mask: z.object(image).nullable(),
  }),
]);
export type Work = z.infer<typeof workSchema>;

export const toDecoderSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), folders: z.array(z.string()) }),
  z.object({ type: z.literal('work'), id: z.number().int(), work: workSchema }),
  z.object({ type: z.literal('cancel'), id: z.number().int() }),
  z.object({ type: z.literal('close'), imageId: z.string() }),
]);
export type ToDecoder = z.infer<typeof toDecoderSchema>;

export const fromDecoderSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('answer'), id: z.number().int(), value: z.unknown() }),
  z.object({ type: z.literal('failure'), id: z.number().int(), problem: problemSchema }),
]);
export type FromDecoder = z.infer<typeof fromDecoderSchema>;

/** What an opened image answers with; the id is the engine's to give. */
export const sourceInfoSchema = imageInfoSchema.omit({ imageId: true });
export { planeFactsSchema };
