import { type FormEvent, useState } from 'react';
import type { CallOutput } from '../../../shared/contract/contract.ts';
import { type ProblemData, problemOf } from '../../../shared/model/problem.ts';
import { Button } from '../../components/button.tsx';
import { Checkbox, Field } from '../../components/field.tsx';
import { Icon } from '../../components/icons.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { engine } from '../../connection.ts';
import styles from './account-section.module.css';
import { PasswordInput } from './password-input.tsx';
import { Section } from './section.tsx';

type Ftp = NonNullable<CallOutput<'account.get'>['ftp']>;

/** How the archive's FTP server is entered: known, or the form to give the password and, if need be, allow plain FTP. */
export function FtpSection({
  id,
  ftp,
  signedIn,
  again: atOnce = false,
}: {
  readonly id: string;
  readonly ftp: Ftp;
  readonly signedIn: boolean;
  /** What is known does not do: the form is open from the start. */
  readonly again?: boolean;
}) {
  const [again, setAgain] = useState(atOnce);
  return (
    <div id="send-ftp">
      <Section title="FTP access">
        {ftp.known && !again ? (
          <div className={styles.signedIn}>
            <Icon name="checkCircle" />
            <div className={styles.who}>
              <p>
                Password for <strong>{ftp.host}</strong> known
              </p>
              <p className={styles.words}>
                {ftp.allowPlain ? 'Plain FTP is allowed where it offers no encryption.' : 'Encrypted only.'}
              </p>
            </div>
            <Button small onClick={() => setAgain(true)}>
              Change
            </Button>
          </div>
        ) : (
          <FtpForm id={id} ftp={ftp} signedIn={signedIn} onEntered={() => setAgain(false)} />
        )}
      </Section>
    </div>
  );
}

function FtpForm({
  id,
  ftp,
  signedIn,
  onEntered,
}: {
  readonly id: string;
  readonly ftp: Ftp;
  readonly signedIn: boolean;
  readonly onEntered: () => void;
}) {
  const [password, setPassword] = useState('');
  const [allowPlain, setAllowPlain] = useState(ftp.allowPlain);
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemData | null>(null);
  const noEncryption = problem?.code === 'no-encryption';

  const enter = async (event: FormEvent) => {
    event.preventDefault();
    setMissing(password === '');
    if (password === '' || busy || !signedIn) return;
    setBusy(true);
    setProblem(null);
    try {
      await engine.call('account.openFtp', { id, password, allowPlain });
      setPassword('');
      onEntered();
    } catch (thrown) {
      setProblem(problemOf(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className={styles.form} onSubmit={(event) => void enter(event)} noValidate>
      <Field
        label={`FTP password of ${ftp.host}`}
        help={ftp.passwordHelp}
        problem={missing && password === '' ? 'Write or paste the password.' : null}
      >
        {(ids) => <PasswordInput {...ids} autoComplete="off" value={password} onValue={setPassword} />}
      </Field>
      {problem && <ProblemNotice problem={problem} />}
      {(noEncryption || allowPlain) && (
        <Checkbox
          label="Allow plain FTP: anybody on the way can read the password and the files"
          checked={allowPlain}
          onChange={(event) => setAllowPlain(event.target.checked)}
        />
      )}
      {!signedIn && (
        <p className={styles.words}>Sign in first: the folder to send into belongs to your account.</p>
      )}
      <div className={styles.buttons}>
        <Button type="submit" aria-disabled={busy || !signedIn || undefined}>
          {busy ? 'Trying' : 'Try and keep'}
        </Button>
      </div>
    </form>
  );
}
