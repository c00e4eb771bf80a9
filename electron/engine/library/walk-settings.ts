import { z } from 'zod';
import { Problem } from '../../../shared/model/problem.ts';
import { type LinkRule, type SkipRule, skipRuleSchema } from '../../../shared/model/walk.ts';
import { defaultSkipRules, skipPatternFault } from '../../../shared/rules/skip-rules.ts';
import { change } from './history.ts';
import type { SubmissionFile } from './submission-file.ts';

const MOST_RULES = 200;
const keptRules = z.array(skipRuleSchema);

/** The names that are left out of the index of a submission, in order. */
export function skipRules(file: SubmissionFile): SkipRule[] {
  const kept = file.get<{ rules: string }>('SELECT skip_rules AS rules FROM submission')?.rules ?? '';
  return kept === '' ? [...defaultSkipRules] : keptRules.parse(JSON.parse(kept));
}

/**
 * Keeps other rules, as one step that can be undone. They hold from the next scan on. A Problem names the first one
 * that is none.
 */
export function keepSkipRules(file: SubmissionFile, rules: readonly SkipRule[]): void {
  checkSkipRules(rules);
  const isDefault = JSON.stringify(rules) === JSON.stringify(defaultSkipRules);
  change(file, 'Change what is skipped', (recorder) => {
    recorder.cells('submission', ['skip_rules'], 'one = 1');
    file.run('UPDATE submission SET skip_rules = ?', isDefault ? '' : JSON.stringify(rules));
  });
}

/** Throws a Problem for rules that cannot be kept: a pattern with a fault, two of one id, too many. */
export function checkSkipRules(rules: readonly SkipRule[]): void {
  if (rules.length > MOST_RULES) {
    throw new Problem('wrong-skip-rule', `There can be ${MOST_RULES} rules, not ${rules.length}.`, {
      advice: 'Put several patterns into one rule: {old|tmp|backup}_*',
    });
  }
  const ids = new Set<string>();
  for (const { id, pattern } of rules) {
    if (ids.has(id)) throw new Problem('wrong-skip-rule', `Two rules cannot share the name “${id}”.`);
    ids.add(id);
    const fault = skipPatternFault(pattern);
    if (fault === null) continue;
    throw new Problem('wrong-skip-rule', `“${pattern}” cannot be used to leave files out.`, {
      cause: fault,
      advice: 'Examples: *.tmp for a name in any folder, raw/old for a folder below the added one.',
    });
  }
}

/** How long a file must rest before it is sent, in seconds. */
export function settleSeconds(file: SubmissionFile): number {
  return file.get<{ n: number }>('SELECT settle_seconds AS n FROM submission')?.n ?? 3;
}

/** Keeps how long a file must rest, as one step that can be undone. */
export function setSettleSeconds(file: SubmissionFile, seconds: number): void {
  change(file, `Hold files back for ${seconds} s`, (recorder) => {
    recorder.cells('submission', ['settle_seconds'], 'one = 1');
    file.run('UPDATE submission SET settle_seconds = ?', seconds);
  });
}

const linkTitles: Readonly<Record<LinkRule, string>> = {
  skip: 'Skip links',
  inside: 'Follow links inside the folder',
  all: 'Follow all links',
};

/** Keeps what is done with links in one folder, as one step that can be undone. It holds from the next scan on. */
export function setLinks(file: SubmissionFile, sourceId: number, links: LinkRule): void {
  change(file, linkTitles[links], (recorder) => {
    if (recorder.cells('source', ['links'], 'id = ?', sourceId) === 0) {
      throw new Problem('unknown-source', 'This folder is no longer part of the submission.');
    }
    file.run('UPDATE source SET links = ? WHERE id = ?', links, sourceId);
  });
}

/** What a walk goes by, as one text: two walks with the same one leave out the same. */
export function walkKey(rules: readonly SkipRule[], links: LinkRule): string {
  const patterns = rules.filter(({ enabled }) => enabled).map(({ pattern }) => pattern);
  return JSON.stringify([patterns, links]);
}

/** True when a walk by `walkedBy` may have left out other things. Scans of older versions went by the default rules. */
export function isStale(walkedBy: string, rules: readonly SkipRule[], links: LinkRule): boolean {
  return (walkedBy || walkKey(defaultSkipRules, 'skip')) !== walkKey(rules, links);
}
