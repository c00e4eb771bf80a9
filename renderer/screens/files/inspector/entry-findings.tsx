import type { Finding } from '../../../../shared/model/finding.ts';
import { formatCount } from '../../../../shared/rules/format-quantities.ts';
import { levelWord } from '../../../components/badge.tsx';
import { Button } from '../../../components/button.tsx';
import { Icon } from '../../../components/icons.tsx';
import { engine } from '../../../connection.ts';
import { useAnswer } from '../../../hooks/use-answer.ts';
import { showUndoable } from '../../../stores/history.ts';
import { trackSave } from '../../../stores/saving-store.ts';
import { showProblem } from '../../../stores/toast-store.ts';
import styles from './entry-inspector.module.css';

const most = 20;

/** What was found about this entry, each with its fix. */
export function EntryFindings({
  submissionId,
  entryId,
}: {
  readonly submissionId: string;
  readonly entryId: number;
}) {
  const { data } = useAnswer('findings.page', { id: submissionId, entryId, offset: 0, limit: most }, [
    'findings',
  ]);
  if (!data || data.rows.length === 0) return null;
  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>Findings</h3>
      <ul className={styles.list}>
        {data.rows.map((finding) => (
          <FindingItem key={finding.id} submissionId={submissionId} finding={finding} />
        ))}
      </ul>
      {data.total > data.rows.length && (
        <p className={styles.soft}>And {formatCount(data.total - data.rows.length)} more, listed in Check.</p>
      )}
    </section>
  );
}

function FindingItem({
  submissionId,
  finding,
}: {
  readonly submissionId: string;
  readonly finding: Finding;
}) {
  const { fix } = finding;
  return (
    <li className={styles.item}>
      <span className={styles[finding.level]}>
        <Icon name={finding.level} />
      </span>
      <div>
        <p>
          <span className="hidden-visually">{levelWord[finding.level]}: </span>
          {finding.message}
        </p>
        {fix && (
          <>
            {fix.safe && (
              <span className={styles.buttons}>
                <Button small onClick={() => void applyFix(submissionId, finding)}>
                  {fix.title}
                </Button>
              </span>
            )}
            {!fix.safe && <p className={styles.soft}>{fix.title}</p>}
          </>
        )}
      </div>
    </li>
  );
}

async function applyFix(id: string, finding: Finding): Promise<void> {
  try {
    await trackSave(engine.call('findings.fix', { id, rule: finding.rule, findings: [finding.id] }));
    showUndoable(id, finding.fix?.title ?? 'Fixed.');
  } catch (thrown) {
    showProblem(thrown);
  }
}
