import { z } from 'zod';

/**
 * Faults the practice archive makes on order, each once, at the n-th request of its kind (1 is the next):
 * `cut` breaks the connection in the middle of an upload; `stall` stops answering it; `bad-gateway` answers
 * 502 (after storing the file, as real gateways do); `error-log` answers 500 with a log tree; `lose-file`
 * answers 200 and forgets the file; `lie-size` lists the file with a wrong size once; `submit-bad-gateway`
 * accepts the submission and answers 502.
 */
export const faultKindSchema = z.enum([
  'cut',
  'stall',
  'bad-gateway',
  'error-log',
  'lose-file',
  'lie-size',
  'submit-bad-gateway',
]);
export type FaultKind = z.infer<typeof faultKindSchema>;

export const faultSchema = z.object({ kind: faultKindSchema, at: z.number().int().min(1) });
export type Fault = z.infer<typeof faultSchema>;

/** Reads `kind` or `kind@n`, as typed after `--fault`. Returns null when it is neither. */
export function parseFault(text: string): Fault | null {
  const match = /^([a-z-]+)(?:@([1-9]\d{0,5}))?$/.exec(text.trim());
  const kind = faultKindSchema.safeParse(match?.[1]);
  return kind.success ? { kind: kind.data, at: Number(match?.[2] ?? 1) } : null;
}
