import { formatCounted } from '../../../shared/rules/format-quantities.ts';
import { Bytes } from '../../components/quantities.tsx';
import { useAnswer } from '../../hooks/use-answer.ts';
import { useSubmission } from '../../stores/submission-store.ts';
import { methodInSentence, theArchive } from '../send/method-title.ts';
import { durationSentence } from '../send/progress-words.ts';
import styles from './check-room.module.css';

/** What will be sent, where, how, and how long it takes; shown when nothing must be fixed. */
export function ReadyNote({ id }: { readonly id: string }) {
  const plan = useAnswer('send.plan', { id }, ['entries', 'metadata', 'send', 'summary']);
  const status = useAnswer('send.status', { id }, ['send']);
  const destination = useSubmission((state) => state.summary?.destination);
  if (!plan.data) return null;
  const { files, bytes, archive, method, remoteFolder } = plan.data;
  return (
    <p className={styles.ready}>
      <strong>{formatCounted(files, 'file')}</strong> (<Bytes value={bytes} />) will go to{' '}
      <strong>{theArchive(archive)}</strong>, folder <code>{remoteFolder || '/'}</code>, by{' '}
      {methodInSentence(destination, method)}. {durationSentence(bytes, status.data)}
    </p>
  );
}
