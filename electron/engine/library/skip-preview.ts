import type { CallOutput } from '../../../shared/contract/contract.ts';
import type { SkipRule } from '../../../shared/model/walk.ts';
import {
  compileSkipRules,
  type SkipTest,
  skipPatternFault,
  skippedByRule,
} from '../../../shared/rules/skip-rules.ts';
import { Slices } from './in-slices.ts';
import type { SubmissionFile } from './submission-file.ts';

type Preview = CallOutput<'skips.preview'>;
type RulePreview = Preview['rules'][number];

/** Rows read at a time: some milliseconds. */
const ROWS_AT_ONCE = 2000;
const MOST_EXAMPLES = 3;

/** The newest preview of each file: one that is asked for breaks off those before. */
const newest = new WeakMap<SubmissionFile, object>();

/**
 * What each rule of a set would leave out of what the last scans met: of the index, and of what is left out now. Reads
 * some rows at a time. When another preview is asked for meanwhile, this one ends with what it has.
 */
export async function previewSkips(file: SubmissionFile, rules: readonly SkipRule[]): Promise<Preview> {
  const me = {};
  newest.set(file, me);
  const test = compileSkipRules(rules);
  const byId = new Map<string, RulePreview>();
  for (const { id, pattern } of rules) {
    byId.set(id, { id, skipped: 0, files: 0, examples: [], fault: skipPatternFault(pattern) ?? '' });
  }
  const preview: Preview = { rules: [...byId.values()], letIn: 0 };
  const note = (rule: SkipRule, path: string) => {
    const one = byId.get(rule.id);
    if (one && one.examples.length < MOST_EXAMPLES) one.examples.push(path);
    return one;
  };
  const slices = new Slices();
  for (const page of skippedPages(file)) {
    for (const { path } of page) {
      const rule = skippedByRule(test, path);
      const one = rule === null ? undefined : note(rule, path);
      if (one) one.skipped++;
      else preview.letIn++;
    }
    await slices.turn();
    if (newest.get(file) !== me) return preview;
  }
  const ruleOf = byFolder(test);
  for (const page of entryPages(file)) {
    for (const { path, members } of page) {
      const rule = path === '' ? null : ruleOf(path);
      const one = rule === null ? undefined : note(rule, path);
      if (one) one.files += members;
    }
    await slices.turn();
    if (newest.get(file) !== me) return preview;
  }
  return preview;
}

/** Asks for a folder once, not for each of its files: rows come in the order of their paths. */
function byFolder(test: SkipTest): (path: string) => SkipRule | null {
  let last = '';
  let ofLast: SkipRule | null = null;
  return (path) => {
    const slash = path.lastIndexOf('/') + 1;
    if (slash === 0) return test('', path);
    const folder = path.slice(0, slash - 1);
    if (folder !== last) {
      last = folder;
      ofLast = skippedByRule(test, folder);
    }
    return ofLast ?? test(path.slice(0, slash), path.slice(slash));
  };
}

function* skippedPages(file: SubmissionFile): Generator<{ sourceId: number; path: string }[]> {
  for (let after = { sourceId: -1, path: '' }; ; ) {
    const page = file.all<{ sourceId: number; path: string }>(
      `SELECT source_id AS sourceId, path FROM skipped
       WHERE (source_id, path) > (?, ?) AND cause LIKE 'rule:%' ORDER BY source_id, path LIMIT ${ROWS_AT_ONCE}`,
      after.sourceId,
      after.path,
    );
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    after = last;
  }
}

function* entryPages(file: SubmissionFile): Generator<{ path: string; id: number; members: number }[]> {
  for (let after = { sourceId: 0, path: '' }; ; ) {
    const page = file.all<{ sourceId: number; path: string; id: number; members: number }>(
      `SELECT source_id AS sourceId, path, id, members FROM entry
       WHERE (source_id, path) > (?, ?) ORDER BY source_id, path LIMIT ${ROWS_AT_ONCE}`,
      after.sourceId,
      after.path,
    );
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    after = last;
  }
}
