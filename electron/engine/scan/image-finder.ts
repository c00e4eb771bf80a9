import type { PairReason, PairWhy } from '../../../shared/model/pair.ts';
import { type Candidate, decide, type Found, holdsNumber } from '../../../shared/rules/pairing-decision.ts';
import { matchPattern } from '../../../shared/rules/pairing-matching.ts';
import { type Captures, type CompiledRule, hasStar } from '../../../shared/rules/pairing-patterns.ts';
import type { Slices } from '../library/in-slices.ts';
import { fullPath, type ImageKeys } from './image-keys.ts';

/** Images whose facts are read at a time. */
const FACTS_AT_ONCE = 5000;

export interface MaskPlace {
  readonly id: number;
  /** Below the source's folder. */
  readonly path: string;
  readonly sourceName: string;
  readonly modifiedMs: number;
}

/** What the rules make of one mask: the images it is joined to, or those a person may choose from. */
export interface Decided {
  readonly mask: MaskPlace;
  /** The rule that decided; '' when none did. */
  readonly rule: string;
  readonly imageIds: readonly number[];
  readonly why: PairWhy | null;
  readonly choices: readonly { readonly imageId: number; readonly reasons: readonly PairReason[] }[];
}

/** What a rule captured in the path of one mask. */
interface Ask {
  readonly mask: MaskPlace;
  readonly captures: readonly Captures[];
  /** Images by place of the captures. */
  ids: readonly (readonly number[])[];
}

/**
 * Decides about some masks: the first rule that any image fits decides (see pairing-decision.ts). All masks of a rule
 * are looked for in one question. Others are served meanwhile, whenever `slices` says so.
 */
export async function decideMasks(
  keys: ImageKeys,
  rules: readonly CompiledRule[],
  masks: readonly MaskPlace[],
  slices: Slices,
  signal?: AbortSignal,
): Promise<Decided[]> {
  const decided = new Map<number, Decided>();
  if (!keys.isEmpty) {
    for (const rule of rules) {
      const open = masks.filter(({ id }) => !decided.has(id));
      if (open.length === 0) break;
      for (const one of await decideBy(keys, rule, open, slices)) decided.set(one.mask.id, one);
      await slices.turn();
      signal?.throwIfAborted();
    }
  }
  return masks.map(
    (mask) => decided.get(mask.id) ?? { mask, rule: '', imageIds: [], why: null, choices: [] },
  );
}

async function decideBy(
  keys: ImageKeys,
  rule: CompiledRule,
  masks: readonly MaskPlace[],
  slices: Slices,
): Promise<Decided[]> {
  const asks: Ask[] = [];
  for (const mask of masks) {
    const captures = matchPattern(rule.mask, fullPath(mask.sourceName, mask.path));
    if (captures.length > 0) asks.push({ mask, captures, ids: [] });
    await slices.turn();
  }
  if (asks.length === 0) return [];
  const found = await keys.at(
    rule.image,
    asks.flatMap(({ captures }) => captures),
    slices,
  );
  let at = 0;
  const decided: Decided[] = [];
  let unsure: Ask[] = [];
  let facts = 0;
  const isPlain = rule.image.anyExtension && !hasStar(rule.image, 'any', 'sure', 'all');
  for (const ask of asks) {
    const own = found.slice(at, at + ask.captures.length);
    at += ask.captures.length;
    // Where too many begin alike the rule says nothing, whatever else fits.
    if (own.includes(null)) continue;
    ask.ids = own.map((ids) => ids ?? []);
    const ids = new Set(ask.ids.flat());
    const [first] = ids;
    if (first === undefined) continue;
    if (isPlain && ids.size === 1 && !isDoubtful(rule, ask)) {
      decided.push({ mask: ask.mask, rule: rule.id, imageIds: [first], why: null, choices: [] });
      continue;
    }
    unsure.push(ask);
    facts += ids.size;
    if (facts < FACTS_AT_ONCE) continue;
    decided.push(...(await decideUnsure(keys, rule, unsure, slices)));
    unsure = [];
    facts = 0;
  }
  decided.push(...(await decideUnsure(keys, rule, unsure, slices)));
  return decided;
}

function isDoubtful(rule: CompiledRule, ask: Ask): boolean {
  return ask.captures.some(
    (captures, at) => (ask.ids[at]?.length ?? 0) > 0 && holdsNumber(rule.mask, captures),
  );
}

async function decideUnsure(
  keys: ImageKeys,
  rule: CompiledRule,
  asks: readonly Ask[],
  slices: Slices,
): Promise<Decided[]> {
  if (asks.length === 0) return [];
  const known = keys.candidates([...new Set(asks.flatMap(({ ids }) => ids.flat()))]);
  const decided: Decided[] = [];
  for (const { mask, captures, ids } of asks) {
    const found = captures.map(
      (one, at): Found<Candidate> => ({
        captures: one,
        candidates: (ids[at] ?? []).flatMap((id) => known.get(id) ?? []),
      }),
    );
    const full = fullPath(mask.sourceName, mask.path);
    const decision = decide(rule, { full, modifiedMs: mask.modifiedMs }, found);
    if (decision.what === 'joined') {
      const imageIds = decision.images.map(({ id }) => id);
      decided.push({ mask, rule: rule.id, imageIds, why: null, choices: [] });
    } else if (decision.what === 'open') {
      const choices = decision.choices.map(({ image, reasons }) => ({ imageId: image.id, reasons }));
      decided.push({ mask, rule: rule.id, imageIds: [], why: decision.why, choices });
    }
    await slices.turn();
  }
  return decided;
}
