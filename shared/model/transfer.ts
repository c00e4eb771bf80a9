import { z } from 'zod';

/**
 * What has happened to one file. `sent`: every byte went out and its SHA-256 is known, the archive has
 * not confirmed it yet. `confirmed`: the archive listed it with the right size. Only that counts as done.
 */
export const fileStateSchema = z.enum(['queued', 'sending', 'sent', 'confirmed', 'failed']);
export type FileState = z.infer<typeof fileStateSchema>;

export const transferFileSchema = z.object({
  entryId: z.number().int(),
  remotePath: z.string(),
  size: z.number(),
  state: fileStateSchema,
  attempts: z.number().int(),
  problem: z.string().nullable(),
});
export type TransferFile = z.infer<typeof transferFileSchema>;

/** One step of the deposit, in order, as the Send room lists them. */
export const depositStepSchema = z.object({
  id: z.enum(['sign-in', 'files', 'file-lists', 'validate', 'draft', 'submit', 'processing']),
  title: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  detail: z.string(),
});
export type DepositStep = z.infer<typeof depositStepSchema>;

export const transferPhaseSchema = z.enum([
  'idle',
  'running',
  'paused',
  'uploaded',
  'submitting',
  'deposited',
  'failed',
]);

/** The truth about a running or finished transfer, whole in each snapshot. Rates are bytes a second. */
export const transferSnapshotSchema = z.object({
  phase: transferPhaseSchema,
  /** What is happening now, in words: "Sending 3 files", "Server is saving a.tif", "Waiting 8 s to try again". */
  now: z.string(),
  filesTotal: z.number().int(),
  filesDone: z.number().int(),
  filesFailed: z.number().int(),
  bytesTotal: z.number(),
  /** Confirmed bytes plus those of files on their way; never above `bytesTotal`, never shrinks within an attempt. */
  bytesDone: z.number(),
  rate: z.number(),
  secondsLeft: z.number().nullable(),
  rateHistory: z.array(z.number()),
  inFlight: z.array(
    z.object({
      remotePath: z.string(),
      bytes: z.number(),
      size: z.number(),
      stage: z.enum(['sending', 'server is saving', 'verifying', 'waiting']),
      attempt: z.number().int(),
    }),
  ),
  steps: z.array(depositStepSchema),
  accession: z.string().nullable(),
  /** The error that stopped it, when phase is `failed`. */
  problem: z
    .object({
      code: z.string(),
      message: z.string(),
      cause: z.string().optional(),
      advice: z.string().optional(),
    })
    .nullable(),
});
export type TransferSnapshot = z.infer<typeof transferSnapshotSchema>;
