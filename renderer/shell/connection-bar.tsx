import { useEffect, useState } from 'react';
import { formatDuration } from '../../shared/rules/format-quantities.ts';
import { Button } from '../components/button.tsx';
import { Icon } from '../components/icons.tsx';
import { retryNow } from '../connection.ts';
import { host } from '../host.ts';
import { useConnection } from '../stores/connection-store.ts';
import styles from './connection-bar.module.css';

/** Says calmly that the engine does not answer, what that means, and when it is asked again. */
export function ConnectionBar() {
  const { state, retryAt } = useConnection();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (state !== 'lost') return;
    const timer = window.setInterval(() => setNow(Date.now()), 500);
    return () => window.clearInterval(timer);
  }, [state]);
  if (state !== 'lost') return null;
  const seconds = retryAt === null ? 0 : Math.max(0, Math.ceil((retryAt - now) / 1000));
  return (
    <div className={styles.bar} role="alert">
      <Icon name="should" />
      <p className={styles.words}>
        <strong>The part of Slipway that does the work does not answer.</strong>{' '}
        {host
          ? 'It is being started again. What you typed here is kept until it is back.'
          : 'It was stopped where it was started, or the tunnel to it is closed. Start it again, open the address it prints and this window goes on too. What you typed here is kept until then.'}
      </p>
      <span className={styles.when} aria-hidden="true">
        {seconds > 0 ? `Next try in ${formatDuration(seconds)}` : 'Trying'}
      </span>
      <Button small onClick={retryNow} disabled={retryAt === null}>
        Try now
      </Button>
    </div>
  );
}
