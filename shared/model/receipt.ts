import { z } from 'zod';

/** Proof for one file. `remoteProof` says what the archive was asked and what it answered. */
export const receiptFileSchema = z.object({
  path: z.string(),
  remotePath: z.string(),
  size: z.number(),
  sha256: z.string(),
  remoteProof: z.string(),
  method: z.string(),
  startedAt: z.string(),
  confirmedAt: z.string(),
  attempts: z.number().int(),
});
export type ReceiptFile = z.infer<typeof receiptFileSchema>;

/** The receipt of a whole submission; times are ISO 8601 in UTC, sizes bytes. */
export const receiptSchema = z.object({
  format: z.literal('slipway-receipt/1'),
  submission: z.string(),
  title: z.string(),
  destination: z.string(),
  archive: z.string(),
  accession: z.string().nullable(),
  practice: z.boolean(),
  createdAt: z.string(),
  files: z.array(receiptFileSchema),
  totals: z.object({ files: z.number().int(), bytes: z.number() }),
});
export type Receipt = z.infer<typeof receiptSchema>;
