import { useState } from 'react';
import type { CallOutput } from '../../../shared/contract/contract.ts';
import { profileOf } from '../../../shared/destinations/index.ts';
import type { SubmissionSummary } from '../../../shared/model/submission.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icons.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { Skeleton } from '../../components/states.tsx';
import { engine } from '../../connection.ts';
import { type Answer, useAnswer } from '../../hooks/use-answer.ts';
import { showProblem, showToast } from '../../stores/toast-store.ts';
import styles from './account-section.module.css';
import { Section } from './section.tsx';
import { SignInForm } from './sign-in-form.tsx';

type Account = CallOutput<'account.get'>;

/** Who is signed in at the archive, or the form to sign in. The practice archive needs no account of one's own. */
export function AccountSection({
  id,
  summary,
  account,
  again = false,
}: {
  readonly id: string;
  readonly summary: SubmissionSummary;
  readonly account: Answer<Account>;
  /** The archive no longer knows the sign-in that is kept: a new one is needed. */
  readonly again?: boolean;
}) {
  const [renewed, setRenewed] = useState(false);
  const practice = summary.archive === 'practice';
  const status = useAnswer('practice.status', practice ? {} : null);
  const { data } = account;
  const loading = account.loading || status.loading;
  return (
    <div id="send-account">
      <Section
        title={practice ? 'Practice archive: nothing leaves this computer' : 'Account'}
        {...(practice ? { tone: 'practice' as const } : {})}
      >
        {practice && <p className={styles.words}>It answers like the real one and has an account for you.</p>}
        {loading && <Skeleton rows={2} />}
        {account.problem && <ProblemNotice problem={account.problem} onRetry={account.reload} />}
        {status.problem && <ProblemNotice problem={status.problem} onRetry={status.reload} />}
        {!loading &&
          data &&
          (data.signedInAs === null || (again && !renewed) ? (
            <SignInForm
              // A filled-in account that arrives or changes makes a new form.
              key={`${data.endpoint} ${status.data?.user ?? ''}`}
              id={id}
              archiveTitle={data.archiveTitle}
              user={status.data?.user ?? ''}
              password={status.data?.password ?? ''}
              signUp={signUpAddress(summary)}
              onSignedIn={() => {
                setRenewed(true);
                account.reload();
              }}
            />
          ) : (
            <SignedIn id={id} practice={practice} account={data} onForgotten={account.reload} />
          ))}
      </Section>
    </div>
  );
}

function SignedIn({
  id,
  account,
  practice,
  onForgotten,
}: {
  readonly id: string;
  readonly practice: boolean;
  readonly account: Account;
  readonly onForgotten: () => void;
}) {
  const forget = async () => {
    try {
      await engine.call('account.forget', { id });
      showToast({ message: `The sign-in at ${account.archiveTitle} is forgotten here.` });
      onForgotten();
    } catch (thrown) {
      showProblem(thrown);
    }
  };
  return (
    <div className={styles.signedIn}>
      <Icon name="checkCircle" />
      <div className={styles.who}>
        <p>
          Signed in as <strong>{account.signedInAs}</strong>
        </p>
        {!practice && (
          <p className={styles.words}>
            {account.kept
              ? 'Kept in the safe store of this computer until you forget it.'
              : 'Kept until Slipway ends; this computer has no safe store for it.'}
          </p>
        )}
      </div>
      <Button small onClick={() => void forget()}>
        Forget
      </Button>
    </div>
  );
}

function signUpAddress({ destination, archive }: SubmissionSummary): string | null {
  return profileOf(destination).archives.find((one) => one.id === archive)?.signUp ?? null;
}
