import { z } from 'zod';

export const methodIdSchema = z.enum(['submission-tool', 'ftp', 'chunked']);
export type MethodId = z.infer<typeof methodIdSchema>;

/** What will be sent, where, how, and why that way. */
export const planSchema = z.object({
  files: z.number().int(),
  bytes: z.number(),
  /** Items that are packed into one ZIP each: how many, of how many files, and the bytes of the ZIPs. */
  zips: z.object({ items: z.number().int(), files: z.number().int(), bytes: z.number() }),
  largest: z.object({ path: z.string(), bytes: z.number() }).nullable(),
  /** The method the sizes imply, or the one a person chose. */
  method: methodIdSchema,
  /** True when this version can send by that method. */
  methodReady: z.boolean(),
  methodReason: z.string(),
  archive: z.string(),
  remoteFolder: z.string(),
  /** One per annotation block: name at the archive and number of rows. */
  fileLists: z.array(z.object({ path: z.string(), block: z.string(), rows: z.number().int() })),
  /** Findings that must be fixed first. */
  must: z.number().int(),
});
export type Plan = z.infer<typeof planSchema>;
