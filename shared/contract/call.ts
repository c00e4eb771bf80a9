import { z } from 'zod';

/** `window`: anyone connected may ask. `host`: only the program that runs the engine, never a window. */
export type Audience = 'window' | 'host';

export interface CallDefinition<
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
  P extends z.ZodType = z.ZodType,
> {
  readonly input: I;
  readonly output: O;
  /** Set for long calls: what a progress message looks like. Long calls can be cancelled and report their duration. */
  readonly progress: P | null;
  readonly audience: Audience;
}

/** A call that answers at once. */
export function call<I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
  audience: Audience = 'window',
): CallDefinition<I, O, z.ZodNever> {
  return { input, output, progress: null, audience };
}

/** A call that takes its time: it tells its progress, can be cancelled, and its duration is measured. */
export function longCall<I extends z.ZodType, O extends z.ZodType, P extends z.ZodType>(
  input: I,
  output: O,
  progress: P,
  audience: Audience = 'window',
): CallDefinition<I, O, P> {
  return { input, output, progress, audience };
}

/** Progress of work that is counted; `total` is null while unknown. */
export const countedProgressSchema = z.object({
  done: z.number(),
  total: z.number().nullable(),
  /** What is happening now, in words. */
  now: z.string(),
});
export type CountedProgress = z.infer<typeof countedProgressSchema>;

/** The answer of a call that has nothing to say but that it was done. */
export const doneSchema = z.object({});
