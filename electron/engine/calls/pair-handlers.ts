import type { pairCalls } from '../../../shared/contract/pair-calls.ts';
import type { EngineContext } from '../context.ts';
import {
  choiceKinds,
  choicesPage,
  pairsOfEntry,
  takeFirstChoices,
  waitingCounts,
} from '../library/pair-choices.ts';
import { joinPair, pairingRules, pairPage, partPair } from '../library/pairs.ts';
import { setPairingRules } from '../scan/pair.ts';
import { previewPairs } from '../scan/pair-preview.ts';
import { alonePage, takeProposals } from '../scan/pair-proposals.ts';
import { suggestForFile } from '../scan/pair-suggestions.ts';
import type { HandlersOf } from './handlers.ts';

export function pairHandlers({ file, changed }: EngineContext): HandlersOf<typeof pairCalls> {
  const changedPairs = (id: string) => changed(id, 'pairs', 'entries', 'summary');
  return {
    'pairs.page': ({ id, ...query }) => pairPage(file(id), query),
    'pairs.ofEntry': ({ id, entryId }) => pairsOfEntry(file(id), entryId),
    'pairs.counts': ({ id }) => waitingCounts(file(id)),
    'pairs.rules': ({ id }) => ({ rules: pairingRules(file(id)) }),
    'pairs.preview': ({ id, rules }, context) => previewPairs(file(id), rules, context),
    'pairs.setRules': async ({ id, rules }, context) => ({
      pairs: await setPairingRules(file(id), rules, context).finally(() => changedPairs(id)),
    }),
    'pairs.suggest': async ({ id }, context) => ({ suggestions: await suggestForFile(file(id), context) }),
    'pairs.join': ({ id, imageEntryId, maskEntryId }) => {
      joinPair(file(id), imageEntryId, maskEntryId);
      changedPairs(id);
      return {};
    },
    'pairs.part': ({ id, pairId }) => {
      partPair(file(id), pairId);
      changedPairs(id);
      return {};
    },
    'pairs.choices': ({ id, ...query }) => choicesPage(file(id), query),
    'pairs.choiceKinds': async ({ id }) => ({ kinds: await choiceKinds(file(id)) }),
    'pairs.takeFirst': async ({ id, rule, why }, context) => ({
      joined: await takeFirstChoices(file(id), { rule, why }, context).finally(() => changedPairs(id)),
    }),
    'pairs.alone': ({ id, ...query }, context) => alonePage(file(id), query, context),
    'pairs.takeProposals': async ({ id, least }, context) => ({
      joined: await takeProposals(file(id), least, context).finally(() => changedPairs(id)),
    }),
  };
}
