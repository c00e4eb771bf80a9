import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icons.tsx';
import { useSubmission } from '../../stores/submission-store.ts';
import { fillWithExample } from './fill.ts';
import styles from './form.module.css';

/** Offers to skip the typing where it is for practice only, as long as something required is empty. */
export function PracticeNote({ submissionId }: { readonly submissionId: string }) {
  const summary = useSubmission((state) => state.summary);
  if (summary?.archive !== 'practice' || summary.missing === 0) return null;
  return (
    <div className={styles.practice} role="note">
      <Icon name="practice" />
      <p>Just practising? What is required and still empty can be filled with made-up examples.</p>
      <Button small onClick={() => void fillWithExample(submissionId)}>
        Fill with example values
      </Button>
    </div>
  );
}
