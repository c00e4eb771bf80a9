import { z } from 'zod';

/**
 * One way to find the mask of an image by path. In a pattern `{x}` stands for the same text on both
 * sides (any characters but `/`; any other name will do too), `{dirs}` and `{below}` for the same folders
 * (may be none), `{a|b}` for one of these words, `{ext}` for any one extension, `*` for any text but `/`;
 * everything else is literal, letters in either case. Paths begin with the name of the added folder; when
 * neither side says `{dirs}`, the rule holds in any folder, the same for both.
 * Example: image `{dirs}images/{x}.{ext}`, mask `{dirs}masks/{x}_mask.{ext}`.
 */
export const pairingRuleSchema = z.object({
  id: z.string(),
  image: z.string().min(1),
  mask: z.string().min(1),
  enabled: z.boolean(),
});
export type PairingRule = z.infer<typeof pairingRuleSchema>;

/** Said of a pair that a rule made and that stays although its files are called otherwise now. */
export const KEPT = 'kept';

/** An image and one of its masks. A label image inside an OME-Zarr is named by `maskPart`. */
export const pairSchema = z.object({
  id: z.number().int(),
  imageEntryId: z.number().int(),
  imagePath: z.string(),
  maskEntryId: z.number().int(),
  maskPath: z.string(),
  /** For example `labels/nuclei`; empty when the whole mask entry is meant. */
  maskPart: z.string(),
  /** When the files were changed last, so that pictures made of them are known to be old. */
  imageModifiedMs: z.number().default(0),
  maskModifiedMs: z.number().default(0),
  /** The id of the pairing rule that found it, `labels` for OME-Zarr labels, `manual` when made by hand, `kept` see {@link KEPT}. */
  by: z.string(),
});
export type Pair = z.infer<typeof pairSchema>;

/**
 * Which image of an entry a label image inside it belongs to: `A/1/0`, a field of a plate, for `A/1/0/labels/nuclei`;
 * '' for the image that the entry is.
 */
export function imagePartOf(maskPart: string): string {
  return /^([^/]+\/[^/]+\/[^/]+)\/labels\//.exec(maskPart)?.[1] ?? '';
}

/** Why a rule leaves it to a person: several images fit equally, or a number in the mask's name may be another image's. */
export const pairWhySchema = z.enum(['several', 'number']);
export type PairWhy = z.infer<typeof pairWhySchema>;

/** What speaks for one image more than for those ranked below it. */
export const pairReasonSchema = z.enum([
  'on-disk',
  'longest-name',
  'same-extension',
  'full-format',
  'nearest-folder',
  'newest',
  'only-one',
]);
export type PairReason = z.infer<typeof pairReasonSchema>;

/** A mask that the rules leave open, with the images it may belong to, the likeliest first. */
export const pairChoicesSchema = z.object({
  maskEntryId: z.number().int(),
  maskPath: z.string(),
  /** Id of the pairing rule that found them. */
  rule: z.string(),
  why: pairWhySchema,
  choices: z.array(
    z.object({ imageEntryId: z.number().int(), imagePath: z.string(), reasons: z.array(pairReasonSchema) }),
  ),
});
export type PairChoices = z.infer<typeof pairChoicesSchema>;

/** What makes a partner likely. */
export const proposalReasonSchema = z.enum([
  'same-name',
  'alike-name',
  'same-number',
  'same-folder',
  'near-folder',
]);
export type ProposalReason = z.infer<typeof proposalReasonSchema>;

/** A file without a partner, with the likeliest ones first. */
export const pairProposalsSchema = z.object({
  entryId: z.number().int(),
  path: z.string(),
  proposals: z.array(
    z.object({
      entryId: z.number().int(),
      path: z.string(),
      /** 0 to 1: how sure it is. */
      sureness: z.number(),
      reasons: z.array(proposalReasonSchema),
    }),
  ),
});
export type PairProposals = z.infer<typeof pairProposalsSchema>;
