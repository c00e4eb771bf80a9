import type { checkCalls } from '../../../shared/contract/check-calls.ts';
import { applyFix } from '../check/apply-fix.ts';
import { describeRule } from '../check/rules.ts';
import { runChecks } from '../check/run-checks.ts';
import type { EngineContext } from '../context.ts';
import { depositOf } from '../deposit/registry.ts';
import { findingCounts, findingGroups, findingGroupsWith, findingPageOfMany } from '../library/findings.ts';
import { submissionRow } from '../library/submission-row.ts';
import { lookAtHeld } from '../scan/held-files.ts';
import { pairIfStale } from '../scan/pair.ts';
import type { HandlersOf } from './handlers.ts';
import { imageReader } from './image-reader.ts';

export function checkHandlers(context: EngineContext): HandlersOf<typeof checkCalls> {
  const { file, changed } = context;
  return {
    'check.run': async ({ id }, { signal, progress }) => {
      context.grantSources(id);
      const { destination } = submissionRow(file(id));
      const parts = { readImage: imageReader(context), ready: depositOf(destination).methods };
      await lookAtHeld(file(id), { signal });
      const counts = await runChecks(file(id), parts, { signal, progress });
      changed(id, 'findings', 'entries', 'sources', 'summary');
      return { counts };
    },
    'findings.groups': async ({ id, text = '' }) =>
      text === ''
        ? { groups: findingGroups(file(id), describeRule), counts: findingCounts(file(id)) }
        : await findingGroupsWith(file(id), describeRule, text),
    'findings.page': ({ id, ...query }) => findingPageOfMany(file(id), query),
    'findings.fix': async ({ id, rule, findings }) => {
      const fixed = applyFix(file(id), rule, findings);
      await pairIfStale(file(id));
      changed(id, 'findings', 'entries', 'pairs', 'metadata', 'summary');
      return { fixed };
    },
  };
}
