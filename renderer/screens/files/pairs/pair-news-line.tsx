import { problemOf } from '../../../../shared/model/problem.ts';
import { Button } from '../../../components/button.tsx';
import { engine } from '../../../connection.ts';
import { usePairNews } from './pair-news.ts';
import styles from './pairs-dialog.module.css';

/** What was done last, at the foot of the dialog, with a way to take it back. */
export function PairNewsLine() {
  const last = usePairNews((news) => news.last);
  const undo = async (id: string) => {
    try {
      const { undone } = await engine.call('history.undo', { id });
      usePairNews.setState({
        last: { id: '', message: undone === null ? 'There is nothing to undo.' : `Undone: ${undone}.` },
      });
    } catch (thrown) {
      usePairNews.setState({ last: { id: '', message: problemOf(thrown).message } });
    }
  };
  return (
    <p className={styles.news} role="status">
      {last?.message}
      {last && last.id !== '' && (
        <Button small variant="quiet" icon="undo" onClick={() => void undo(last.id)}>
          Undo
        </Button>
      )}
    </p>
  );
}
