import { type FormEvent, useState } from 'react';
import { type ProblemData, problemOf } from '../../../shared/model/problem.ts';
import { Button } from '../../components/button.tsx';
import { Field, TextInput } from '../../components/field.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { engine } from '../../connection.ts';
import { showToast } from '../../stores/toast-store.ts';
import styles from './account-section.module.css';
import { theArchive } from './method-title.ts';
import { PasswordInput } from './password-input.tsx';

/** User and password for an archive. The password leaves the window once and is forgotten. */
export function SignInForm({
  id,
  archiveTitle,
  user: firstUser = '',
  password: firstPassword = '',
  signUp,
  onSignedIn,
}: {
  readonly id: string;
  readonly archiveTitle: string;
  /** Filled in for the practice archive. */
  readonly user?: string;
  readonly password?: string;
  /** Where an account is made; null where none is needed. */
  readonly signUp: string | null;
  readonly onSignedIn: () => void;
}) {
  const [user, setUser] = useState(firstUser);
  const [password, setPassword] = useState(firstPassword);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemData | null>(null);
  const [missing, setMissing] = useState(false);

  const signIn = async (event: FormEvent) => {
    event.preventDefault();
    const gaps = user.trim() === '' || password === '';
    setMissing(gaps);
    if (gaps || busy) return;
    setBusy(true);
    setProblem(null);
    try {
      const { signedInAs } = await engine.call('account.signIn', { id, user: user.trim(), password });
      showToast({ message: `Signed in as ${signedInAs}.` });
      setPassword('');
      onSignedIn();
    } catch (thrown) {
      setProblem(problemOf(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className={styles.form} onSubmit={(event) => void signIn(event)} noValidate>
      <Field
        label="E-mail"
        problem={missing && user.trim() === '' ? 'Write the e-mail of your account.' : null}
      >
        {(ids) => (
          <TextInput
            {...ids}
            type="email"
            autoComplete="username"
            spellCheck={false}
            value={user}
            onChange={(event) => setUser(event.target.value)}
          />
        )}
      </Field>
      <Field
        label="Password"
        help="Used once to sign in, then forgotten."
        problem={missing && password === '' ? 'Write the password of your account.' : null}
      >
        {(ids) => (
          <PasswordInput {...ids} autoComplete="current-password" value={password} onValue={setPassword} />
        )}
      </Field>
      {problem && <ProblemNotice problem={problem} />}
      <div className={styles.buttons}>
        <Button type="submit" aria-disabled={busy || undefined}>
          {busy ? 'Signing in' : `Sign in to ${theArchive(archiveTitle)}`}
        </Button>
        {signUp && (
          <a href={signUp} target="_blank" rel="noreferrer">
            Make an account
          </a>
        )}
      </div>
    </form>
  );
}
