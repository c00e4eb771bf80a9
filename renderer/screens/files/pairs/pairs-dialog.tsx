import { useEffect, useRef, useState } from 'react';
import type { CountedProgress } from '../../../../shared/contract/call.ts';
import type { PairingRule } from '../../../../shared/model/pair.ts';
import { type ProblemData, problemOf } from '../../../../shared/model/problem.ts';
import { formatCount, formatCounted } from '../../../../shared/rules/format-quantities.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { Progress } from '../../../components/progress.tsx';
import { Skeleton } from '../../../components/states.tsx';
import { Tabs } from '../../../components/tabs.tsx';
import { engine } from '../../../connection.ts';
import { useAnswer } from '../../../hooks/use-answer.ts';
import { trackSave } from '../../../stores/saving-store.ts';
import { AloneTab } from './alone-tab.tsx';
import { FoundTab } from './found-tab.tsx';
import { OpenTab } from './open-tab.tsx';
import { showNewsHere, tellUndoable } from './pair-news.ts';
import { PairNewsLine } from './pair-news-line.tsx';
import styles from './pairs-dialog.module.css';
import { completeRules, ruleFault, sameRules } from './rules.ts';
import { RulesTab } from './rules-tab.tsx';

export type PairsTab = 'rules' | 'found' | 'open' | 'alone';

/** How masks are found by folder and name: the rules, what they found, what is left to a person, what has no partner. */
export function PairsDialog({
  submissionId,
  tab: firstTab = 'rules',
  onClose,
}: {
  readonly submissionId: string;
  readonly tab?: PairsTab;
  readonly onClose: () => void;
}) {
  const [tab, setTab] = useState<string>(firstTab);
  useEffect(showNewsHere, []);
  const kept = useAnswer('pairs.rules', { id: submissionId }, ['pairs']);
  const [edited, setEdited] = useState<readonly PairingRule[] | null>(null);
  const { progress, problem, save, stop } = useSaving(submissionId, () => setEdited(null));
  const rules = edited ?? kept.data?.rules ?? null;
  const changed = edited !== null && kept.data !== null && !sameRules(edited, kept.data.rules);
  const faulty = rules?.some((rule) => ruleFault(rule) !== null) ?? false;
  const ruleIds = (kept.data?.rules ?? []).map(({ id }) => id);
  const counts = useCounts(submissionId);

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Pairing of images and masks"
      description="A rule is two patterns, one for the image and one for its mask. Rules are tried from the top, and the first that fits any image decides. Pairs made by hand stay."
      width="wide"
      footer={
        <>
          {progress ? (
            <div className={styles.progress}>
              <Progress now={progress.now} value={progress.done} max={progress.total} />
            </div>
          ) : (
            <PairNewsLine />
          )}
          {progress ? (
            <Button icon="stop" onClick={stop}>
              Stop
            </Button>
          ) : (
            <Button onClick={onClose}>{changed ? 'Cancel' : 'Close'}</Button>
          )}
          <Button
            variant="primary"
            disabled={!changed || faulty || progress !== null}
            onClick={() => rules && void save(completeRules(rules))}
          >
            Pair by these rules
          </Button>
        </>
      }
    >
      {kept.problem && <ProblemNotice problem={kept.problem} onRetry={kept.reload} />}
      {problem && <ProblemNotice problem={problem} />}
      {!rules && !kept.problem && <Skeleton rows={4} />}
      {rules && (
        <div className={styles.work}>
          <Tabs
            label="Pairing"
            value={tab}
            onChange={setTab}
            tabs={[
              {
                id: 'rules',
                title: 'Rules',
                count: formatCount(rules.length),
                content: <RulesTab submissionId={submissionId} rules={rules} onEdit={setEdited} />,
              },
              {
                id: 'found',
                title: 'Found',
                count: counts.found,
                content: <FoundTab submissionId={submissionId} ruleIds={ruleIds} />,
              },
              {
                id: 'open',
                title: 'To decide',
                count: counts.open,
                content: <OpenTab submissionId={submissionId} ruleIds={ruleIds} />,
              },
              {
                id: 'alone',
                title: 'Without partner',
                count: counts.alone,
                content: <AloneTab submissionId={submissionId} />,
              },
            ]}
          />
        </div>
      )}
    </Dialog>
  );
}

function useCounts(id: string): { readonly found: string; readonly open: string; readonly alone: string } {
  const counts = useAnswer('pairs.counts', { id }, ['pairs']).data;
  if (counts === null) return { found: '', open: '', alone: '' };
  const { pairs, open, masks, images } = counts;
  return { found: formatCount(pairs), open: formatCount(open), alone: formatCount(masks + images) };
}

/** Keeps rules and pairs by them, with progress and a way to stop. */
function useSaving(submissionId: string, onSaved: () => void) {
  const [progress, setProgress] = useState<CountedProgress | null>(null);
  const [problem, setProblem] = useState<ProblemData | null>(null);
  const running = useRef<AbortController | null>(null);
  const save = async (rules: PairingRule[]) => {
    const controller = new AbortController();
    running.current = controller;
    setProblem(null);
    setProgress({ done: 0, total: null, now: 'Pairing images and masks' });
    try {
      const { pairs } = await trackSave(
        engine.call(
          'pairs.setRules',
          { id: submissionId, rules },
          { signal: controller.signal, onProgress: setProgress },
        ),
      );
      tellUndoable(submissionId, `There are ${formatCounted(pairs, 'pair')} by these rules.`);
      onSaved();
    } catch (thrown) {
      const told = problemOf(thrown);
      if (told.code === 'cancelled') {
        tellUndoable(submissionId, 'Pairing was stopped. It goes on with the next look through the folders.');
        onSaved();
      } else setProblem(told);
    } finally {
      setProgress(null);
    }
  };
  return { progress, problem, save, stop: () => running.current?.abort() };
}
