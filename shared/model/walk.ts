import { z } from 'zod';

/**
 * Names that are left out of the index. The pattern language is that of shared/rules/skip-rules.ts: `*` for any text
 * within a name, `?` for one character, `{a|b}` for one of these; with a `/` in it, a path below the added folder, in
 * which `**` stands for any folders. Letters in either case.
 */
export const skipRuleSchema = z.object({
  id: z.string().min(1).max(100),
  pattern: z.string().max(1000),
  /** What such files are, in a few words; shown beside what the rule leaves out. */
  reason: z.string().max(200),
  enabled: z.boolean(),
});
export type SkipRule = z.infer<typeof skipRuleSchema>;

/**
 * What is done with symbolic links: `skip` leaves them out, `inside` follows those that lead to something in the same
 * added folder, `all` follows those out of it too.
 */
export const linkRuleSchema = z.enum(['skip', 'inside', 'all']);
export type LinkRule = z.infer<typeof linkRuleSchema>;

/**
 * Why something met by a walk is not in the index, or what is to be said of it; beside `rule:` and the id of a skip
 * rule. `link` a link that is not followed; `link-lost` one that leads nowhere; `loop` a folder that leads back to one
 * above it; `special` neither file nor folder; `mount` a folder on another disk, walked all the same; `followed` a link
 * that was followed out of the folder; `vanished` gone between reading its folder and looking at it.
 */
export const walkCauseSchema = z.enum([
  'link',
  'link-lost',
  'loop',
  'special',
  'mount',
  'followed',
  'vanished',
]);
export type WalkCause = z.infer<typeof walkCauseSchema>;

/** What a scan found otherwise than the one before. */
export const scanReportSchema = z.object({
  added: z.number().int(),
  changed: z.number().int(),
  gone: z.number().int(),
  renamed: z.number().int(),
});
export type ScanReport = z.infer<typeof scanReportSchema>;

/** A file must not have been written to for this many seconds before it is sent. */
export const settleSecondsSchema = z.number().int().min(0).max(86_400);
