import { z } from 'zod';
import { findingCountsSchema } from './finding.ts';

export const submissionIdSchema = z.string().min(1);

/** Where a submission stands; `sent` once the archive gave it an accession. */
export const submissionStateSchema = z.enum(['draft', 'sending', 'uploaded', 'sent']);

/** Which archive of the destination's kind is meant: the practice archive, the real one, or an address. */
export const archiveChoiceSchema = z.union([
  z.literal('practice'),
  z.literal('production'),
  z.url({ protocol: /^https?$/ }),
]);
export type ArchiveChoice = z.infer<typeof archiveChoiceSchema>;

/** What the library and the five tabs show of a submission. */
export const submissionSummarySchema = z.object({
  id: submissionIdSchema,
  title: z.string(),
  fileName: z.string(),
  destination: z.string(),
  archive: archiveChoiceSchema,
  state: submissionStateSchema,
  accession: z.string().nullable(),
  createdAt: z.string(),
  editedAt: z.string(),
  entries: z.number().int(),
  bytes: z.number(),
  pairs: z.number().int(),
  /** Required fields not yet filled. */
  missing: z.number().int(),
  findings: findingCountsSchema,
  /** Null when never checked, or changed since. */
  checkedAt: z.string().nullable(),
});
export type SubmissionSummary = z.infer<typeof submissionSummarySchema>;

/** A row of the library; `problem` is set for a file that cannot be opened (newer version, damaged, in use). */
export const libraryItemSchema = submissionSummarySchema
  .partial()
  .extend({ id: submissionIdSchema, fileName: z.string(), problem: z.string().nullable() });
export type LibraryItem = z.infer<typeof libraryItemSchema>;
