import { useState } from 'react';
import type { Source } from '../../../../shared/model/entry.ts';
import { type ProblemData, problemOf } from '../../../../shared/model/problem.ts';
import type { SkipRule } from '../../../../shared/model/walk.ts';
import { formatCount } from '../../../../shared/rules/format-quantities.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { Skeleton } from '../../../components/states.tsx';
import { Tabs } from '../../../components/tabs.tsx';
import { engine } from '../../../connection.ts';
import { useAnswer } from '../../../hooks/use-answer.ts';
import { showUndoable } from '../../../stores/history.ts';
import { trackSave } from '../../../stores/saving-store.ts';
import { scanSources } from '../../../stores/scan-store.ts';
import { completeSkips, sameSkips } from './skip-edits.ts';
import { SkipRulesTab } from './skip-rules-tab.tsx';
import { SkippedTab } from './skipped-tab.tsx';
import { closeWalkPanel } from './walk-panel-store.ts';

/** What is left out of the index, why, and the rules for it. */
export function SkipDialog({
  submissionId,
  sources,
  firstTab,
  sourceId,
}: {
  readonly submissionId: string;
  readonly sources: readonly Source[];
  readonly firstTab: 'rules' | 'skipped';
  readonly sourceId: number | null;
}) {
  const settings = useAnswer('walk.settings', { id: submissionId });
  const [edited, setEdited] = useState<readonly SkipRule[] | null>(null);
  const [tab, setTab] = useState<string>(firstTab);
  const [problem, setProblem] = useState<ProblemData | null>(null);
  const [saving, setSaving] = useState(false);
  const kept = settings.data?.rules ?? null;
  const rules = edited ?? kept;
  const changed = edited !== null && kept !== null && !sameSkips(edited, kept);
  const skipped = sources.reduce((sum, one) => sum + one.skipped, 0);

  const save = async () => {
    if (rules === null) return;
    setSaving(true);
    try {
      await trackSave(engine.call('skips.setRules', { id: submissionId, rules: completeSkips(rules) }));
      showUndoable(submissionId, 'Changed what is skipped.', 'The folders are looked through again.');
      closeWalkPanel();
      void scanSources(submissionId);
    } catch (thrown) {
      setProblem(problemOf(thrown));
      setSaving(false);
    }
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && closeWalkPanel()}
      title="What is skipped"
      description="Names and paths that are left out of this submission. The files themselves stay where they are."
      width="large"
      footer={
        <>
          <Button onClick={closeWalkPanel}>{changed ? 'Cancel' : 'Close'}</Button>
          <Button variant="primary" disabled={!changed || saving} onClick={() => void save()}>
            Keep and look again
          </Button>
        </>
      }
    >
      {settings.problem && <ProblemNotice problem={settings.problem} onRetry={settings.reload} />}
      {problem && <ProblemNotice problem={problem} />}
      <Tabs
        label="What is skipped"
        value={tab}
        onChange={setTab}
        tabs={[
          {
            id: 'rules',
            title: 'Rules',
            content:
              rules === null ? (
                <Skeleton rows={5} />
              ) : (
                <SkipRulesTab submissionId={submissionId} rules={rules} onRules={setEdited} />
              ),
          },
          {
            id: 'skipped',
            title: 'Skipped',
            count: formatCount(skipped),
            content: <SkippedTab submissionId={submissionId} sources={sources} sourceId={sourceId} />,
          },
        ]}
      />
    </Dialog>
  );
}
