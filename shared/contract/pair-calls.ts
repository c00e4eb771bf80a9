import { z } from 'zod';
import { pairChoicesSchema, pairingRuleSchema, pairProposalsSchema, pairSchema } from '../model/pair.ts';
import { submissionIdSchema } from '../model/submission.ts';
import { call, countedProgressSchema, doneSchema, longCall } from './call.ts';

const one = z.object({ id: submissionIdSchema });
const page = {
  offset: z.number().int().min(0),
  limit: z.number().int().min(1).max(500),
  /** Keeps rows whose path contains it. */
  text: z.string().default(''),
};
const examples = z.array(z.object({ image: z.string(), mask: z.string(), rule: z.string() }));

export const pairPreviewSchema = z.object({
  pairs: z.number().int(),
  unpairedImages: z.number().int(),
  /** Masks for which nothing was found. */
  unpairedMasks: z.number().int(),
  /** Masks that a person has to decide about. */
  ambiguousMasks: z.number().int(),
  /** Pairs by the id of the rule that found them. */
  byRule: z.record(z.string(), z.number().int()),
  /** Masks left open by the id of the rule that fits them. */
  openByRule: z.record(z.string(), z.number().int()),
  /** At most 20, each with the rule that found it. */
  examples,
  /** At most 20 masks left open, each with its likeliest image. */
  ambiguous: z.array(z.object({ ...examples.element.shape, choices: z.number().int() })),
});
export type PairPreview = z.infer<typeof pairPreviewSchema>;

/** A rule that would pair files which have no partner yet. */
export const ruleSuggestionSchema = z.object({
  image: z.string(),
  mask: z.string(),
  /** Of the masks looked at. */
  matches: z.number().int(),
  looked: z.number().int(),
  examples: z.array(z.object({ image: z.string(), mask: z.string() })),
});
export type RuleSuggestion = z.infer<typeof ruleSuggestionSchema>;

/** Images, their masks, the rules that join them, and what the rules leave to a person. */
export const pairCalls = {
  'pairs.page': call(one.extend(page), z.object({ total: z.number().int(), rows: z.array(pairSchema) })),
  /** The pairs of one entry and, when there is none, the images its mask may belong to. */
  'pairs.ofEntry': call(
    one.extend({ entryId: z.number().int() }),
    z.object({
      /** At most 100 of them, and how many there are. */
      pairs: z.array(pairSchema),
      total: z.number().int(),
      choices: pairChoicesSchema.nullable(),
      /** Masks for which this image is one of several choices; at most 20, and how many there are. */
      wantedBy: z.array(z.object({ maskEntryId: z.number().int(), maskPath: z.string() })),
      wantedByTotal: z.number().int(),
    }),
  ),
  /** How many pairs there are, masks to decide about, and masks and images without a partner. */
  'pairs.counts': call(
    one,
    z.object({
      pairs: z.number().int(),
      open: z.number().int(),
      masks: z.number().int(),
      images: z.number().int(),
    }),
  ),
  'pairs.rules': call(one, z.object({ rules: z.array(pairingRuleSchema) })),
  /** What a rule set would match, without keeping it; progress tells what was found so far. */
  'pairs.preview': longCall(
    one.extend({ rules: z.array(pairingRuleSchema) }),
    pairPreviewSchema,
    countedProgressSchema.extend({ soFar: pairPreviewSchema }),
  ),
  /** Keeps rules, as one step that can be undone, and pairs by them. Stopped, it goes on with the next scan or edit. */
  'pairs.setRules': longCall(
    one.extend({ rules: z.array(pairingRuleSchema) }),
    z.object({ pairs: z.number().int() }),
    countedProgressSchema,
  ),
  /** Rules that would pair what has no partner, the one that pairs most first. */
  'pairs.suggest': longCall(
    one,
    z.object({ suggestions: z.array(ruleSuggestionSchema) }),
    countedProgressSchema,
  ),
  'pairs.join': call(
    one.extend({ imageEntryId: z.number().int(), maskEntryId: z.number().int() }),
    doneSchema,
  ),
  'pairs.part': call(one.extend({ pairId: z.number().int() }), doneSchema),
  /** Masks that fit several images, by path. */
  'pairs.choices': call(
    one.extend(page),
    z.object({ total: z.number().int(), rows: z.array(pairChoicesSchema) }),
  ),
  /** How many masks are left open by each rule and for each reason. */
  'pairs.choiceKinds': call(
    one,
    z.object({
      kinds: z.array(
        z.object({ rule: z.string(), why: pairChoicesSchema.shape.why, count: z.number().int() }),
      ),
    }),
  ),
  /** Joins every mask left open by a rule for one reason to its likeliest image, as one step that can be undone. */
  'pairs.takeFirst': longCall(
    one.extend({ rule: z.string(), why: pairChoicesSchema.shape.why }),
    z.object({ joined: z.number().int() }),
    countedProgressSchema,
  ),
  /** Images without a mask, or masks without an image, by path; each with its likeliest partners. */
  'pairs.alone': longCall(
    one.extend({ ...page, kind: z.enum(['image', 'mask']) }),
    z.object({ total: z.number().int(), rows: z.array(pairProposalsSchema) }),
    countedProgressSchema,
  ),
  /** Joins every mask without an image to its likeliest one, where that is at least so sure; one step for undo. */
  'pairs.takeProposals': longCall(
    one.extend({ least: z.number().min(0).max(1) }),
    z.object({ joined: z.number().int() }),
    countedProgressSchema,
  ),
};
