import type { Source } from '../../../../shared/model/entry.ts';
import { type LinkRule, linkRuleSchema } from '../../../../shared/model/walk.ts';
import { IconButton } from '../../../components/button.tsx';
import { Menu } from '../../../components/menu.tsx';
import { engine } from '../../../connection.ts';
import { showUndoable } from '../../../stores/history.ts';
import { trackSave } from '../../../stores/saving-store.ts';
import { scanSources } from '../../../stores/scan-store.ts';
import { showProblem } from '../../../stores/toast-store.ts';
import { openWalkPanel } from './walk-panel-store.ts';
import { linkTitle } from './walk-words.ts';

/** What is seldom chosen of a folder: what is done with links, and what is skipped. */
export function SourceMenu({
  submissionId,
  source,
  scanning,
}: {
  readonly submissionId: string;
  readonly source: Source;
  readonly scanning: boolean;
}) {
  return (
    <Menu
      trigger={<IconButton small icon="dots" label={`How ${source.path} is looked through`} />}
      items={[
        { heading: 'Links in this folder' },
        ...linkRuleSchema.options.map((links) => ({
          label: linkTitle[links],
          checked: source.links === links,
          disabled: scanning,
          onSelect: () => void setLinks(submissionId, source, links),
        })),
        'line',
        {
          label: 'What is skipped…',
          icon: 'filter',
          onSelect: () => openWalkPanel({ what: 'skips', tab: 'rules', sourceId: null }),
        },
      ]}
    />
  );
}

/** Keeps the rule and looks through the folder by it. */
async function setLinks(id: string, source: Source, links: LinkRule): Promise<void> {
  if (links === source.links) return;
  try {
    await trackSave(engine.call('walk.setLinks', { id, sourceId: source.id, links }));
    showUndoable(id, `${linkTitle[links]}.`, 'The folder is looked through again.');
    await scanSources(id, source.id);
  } catch (thrown) {
    showProblem(thrown);
  }
}
