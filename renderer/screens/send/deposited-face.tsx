import { contentAddress } from '../../../shared/contract/content.ts';
import { profileOf } from '../../../shared/destinations/index.ts';
import type { SubmissionSummary } from '../../../shared/model/submission.ts';
import { formatCounted } from '../../../shared/rules/format-quantities.ts';
import { todayAtArchive } from '../../../shared/rules/release-date.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { TextArea } from '../../components/field.tsx';
import { Icon } from '../../components/icons.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { Bytes, RelativeTime } from '../../components/quantities.tsx';
import { Skeleton } from '../../components/states.tsx';
import { engine } from '../../connection.ts';
import { useAnswer } from '../../hooks/use-answer.ts';
import { takeSummary } from '../../stores/submission-store.ts';
import { showProblem } from '../../stores/toast-store.ts';
import { CopyButton } from './copy-button.tsx';
import styles from './deposited-face.module.css';
import type { FaceProps } from './face-props.ts';
import { ownerMessage } from './owner-message.ts';
import { Section } from './section.tsx';
import roomStyles from './send-room.module.css';
import { StepList } from './step-list.tsx';
import { useSubmitFacts } from './use-submit-facts.ts';

/** The accession, the receipt, what happens next and what to tell the owner of the data. */
export function DepositedFace({ id, summary, snapshot }: FaceProps) {
  const receipt = useAnswer('send.receipt', { id }, ['send']);
  const facts = useSubmitFacts(id, summary);
  const profile = profileOf(summary.destination);
  const practice = receipt.data?.practice ?? summary.archive === 'practice';
  const accession = snapshot.accession ?? summary.accession ?? receipt.data?.accession ?? '';
  const page = pageOf(summary, accession);
  const archiveTitle = practice ? 'practice archive' : profile.archiveName;
  const totals = receipt.data?.totals ?? { files: snapshot.filesDone, bytes: snapshot.bytesTotal };
  const message = ownerMessage({
    title: facts?.title || summary.title,
    archiveTitle,
    accession,
    page,
    ...totals,
    releaseDate: facts?.releaseDate ?? '',
    today: todayAtArchive(),
    practice,
  });
  return (
    <>
      <header className={styles.top}>
        <p className={styles.lead}>
          <Icon name="checkCircle" size={20} />
          {practice
            ? 'The rehearsal worked. Its accession:'
            : `Deposited at the ${archiveTitle}. Its accession:`}
        </p>
        <div className={styles.accession}>
          <h2>{accession}</h2>
          <CopyButton text={accession} label="Copy" small />
          {page && (
            <a href={page} target="_blank" rel="noreferrer" className={styles.page}>
              Its page at the archive <Icon name="external" />
            </a>
          )}
          {practice && (
            <Badge tone="should" icon="practice">
              Practice: it counts nowhere
            </Badge>
          )}
        </div>
      </header>
      <div className={roomStyles.columns}>
        <div className={roomStyles.main}>
          <Section title="What happens next at the archive">
            {practice && (
              <p className={roomStyles.soft}>
                Nothing more here, as this was the practice archive. At the real one:
              </p>
            )}
            <ol className={styles.next}>
              {profile.afterwards.map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ol>
          </Section>
          <Section
            title="A message to the owner of the data"
            aside={<CopyButton text={message} label="Copy the message" small />}
          >
            <TextArea
              readOnly
              className={styles.message}
              aria-label="Message to the owner of the data"
              value={message}
            />
          </Section>
        </div>
        <div className={roomStyles.side}>
          <Section title="Receipt">
            {receipt.problem && <ProblemNotice problem={receipt.problem} onRetry={receipt.reload} />}
            {receipt.loading && <Skeleton rows={2} />}
            {receipt.data && (
              <>
                <p>
                  {formatCounted(totals.files, 'file')}, <Bytes value={totals.bytes} />. Each with its size,
                  its SHA-256 and what the archive answered.
                </p>
                <p className={styles.links}>
                  <a
                    href={contentAddress({ what: 'receipt', id, as: 'html' })}
                    target="_blank"
                    rel="noreferrer"
                  >
                    To read and print
                  </a>
                  <a
                    href={contentAddress({ what: 'receipt', id, as: 'json' })}
                    target="_blank"
                    rel="noreferrer"
                  >
                    As JSON
                  </a>
                  <a href={contentAddress({ what: 'document', id })} target="_blank" rel="noreferrer">
                    The document sent
                  </a>
                </p>
                <p className={roomStyles.soft}>
                  Made <RelativeTime at={receipt.data.createdAt} />
                </p>
              </>
            )}
          </Section>
          {practice && <ForReal id={id} archive={profile.archiveName} />}
          <StepList steps={snapshot.steps} />
        </div>
      </div>
    </>
  );
}

/** After a rehearsal: the same submission to the real archive. */
function ForReal({ id, archive }: { readonly id: string; readonly archive: string }) {
  const change = async () => {
    try {
      takeSummary(await engine.call('submission.setArchive', { id, archive: 'production' }));
    } catch (thrown) {
      showProblem(thrown);
    }
  };
  return (
    <Section title="Now for real?">
      <p>Files and description stay as they are; you sign in with your own account and send once more.</p>
      <p>
        <Button icon="archive" onClick={() => void change()}>
          Prepare it for the {archive}
        </Button>
      </p>
    </Section>
  );
}

function pageOf({ destination, archive }: SubmissionSummary, accession: string): string | null {
  const page = profileOf(destination).archives.find((one) => one.id === archive)?.page;
  return page === undefined || accession === ''
    ? null
    : page.replace('{accession}', encodeURIComponent(accession));
}
