import { z } from 'zod';

/** must: the archive refuses it or a curator sends it back. should: people will suffer. may: worth a look. */
export const findingLevelSchema = z.enum(['must', 'should', 'may']);
export type FindingLevel = z.infer<typeof findingLevelSchema>;

/** Where a finding is, precise enough for a click to go there. */
export const findingPlaceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('submission') }),
  z.object({ kind: z.literal('source'), sourceId: z.number().int(), path: z.string() }),
  z.object({ kind: z.literal('entry'), entryId: z.number().int(), path: z.string() }),
  z.object({
    kind: z.literal('field'),
    section: z.string(),
    block: z.string(),
    field: z.string(),
    label: z.string(),
  }),
]);
export type FindingPlace = z.infer<typeof findingPlaceSchema>;

/** A repair. `safe` ones change only what Slipway will send or leave out, and can be applied to all at once. */
export const fixSchema = z.object({
  id: z.string(),
  title: z.string(),
  safe: z.boolean(),
  before: z.string(),
  after: z.string(),
});
export type Fix = z.infer<typeof fixSchema>;

export const findingSchema = z.object({
  id: z.number().int(),
  /** The rule that found it; findings of one rule are shown as one group. */
  rule: z.string(),
  level: findingLevelSchema,
  place: findingPlaceSchema,
  /** What is wrong here, one sentence. */
  message: z.string(),
  fix: fixSchema.nullable(),
});
export type Finding = z.infer<typeof findingSchema>;

/** All findings of one rule and level: the cause said once, with its reason and the rule's source. */
export const findingGroupSchema = z.object({
  rule: z.string(),
  level: findingLevelSchema,
  title: z.string(),
  reason: z.string(),
  source: z.string(),
  count: z.number().int(),
  /** Findings of the group that carry a safe fix. */
  fixable: z.number().int(),
  fixTitle: z.string().nullable(),
});
export type FindingGroup = z.infer<typeof findingGroupSchema>;

export const findingCountsSchema = z.object({
  must: z.number().int(),
  should: z.number().int(),
  may: z.number().int(),
});
export type FindingCounts = z.infer<typeof findingCountsSchema>;
