import type { walkCalls } from '../../../shared/contract/walk-calls.ts';
import type { EngineContext } from '../context.ts';
import { previewSkips } from '../library/skip-preview.ts';
import { changesPage, skippedPage } from '../library/walk-report.ts';
import {
  keepSkipRules,
  setLinks,
  setSettleSeconds,
  settleSeconds,
  skipRules,
} from '../library/walk-settings.ts';
import type { HandlersOf } from './handlers.ts';

export function walkHandlers({ file, changed }: EngineContext): HandlersOf<typeof walkCalls> {
  return {
    'walk.settings': ({ id }) => ({ rules: skipRules(file(id)), settleSeconds: settleSeconds(file(id)) }),
    'walk.setSettle': ({ id, seconds }) => {
      setSettleSeconds(file(id), seconds);
      changed(id, 'sources', 'summary');
      return {};
    },
    'walk.setLinks': ({ id, sourceId, links }) => {
      setLinks(file(id), sourceId, links);
      changed(id, 'sources', 'summary');
      return {};
    },
    'skips.setRules': ({ id, rules }) => {
      keepSkipRules(file(id), rules);
      changed(id, 'sources', 'summary');
      return {};
    },
    'skips.preview': ({ id, rules }) => previewSkips(file(id), rules),
    'skips.page': ({ id, ...query }) => skippedPage(file(id), query),
    'scan.changes': ({ id, ...query }) => changesPage(file(id), query),
  };
}
