import { useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { SearchInput } from '../../../components/field.tsx';
import { MiddleTruncate } from '../../../components/quantities.tsx';
import { EmptyState } from '../../../components/states.tsx';
import { engine } from '../../../connection.ts';
import { useSettled } from '../../../hooks/use-settled.ts';
import { part } from './pair-acts.ts';
import styles from './pair-list.module.css';
import { PairList } from './pair-list.tsx';
import { byWords } from './pair-words.ts';

/** Every pair there is, with a way to part it. */
export function FoundTab({
  submissionId,
  ruleIds,
}: {
  readonly submissionId: string;
  readonly ruleIds: readonly string[];
}) {
  const [text, setText] = useState('');
  const settled = useSettled(text, 200);
  return (
    <div className={styles.tab}>
      <div className={styles.tools}>
        <SearchInput className={styles.search} label="Search in paths" value={text} onValue={setText} />
      </div>
      <PairList
        listKey={`found ${settled}`}
        submissionId={submissionId}
        label="Pairs"
        rowHeight={56}
        narrowHeight={96}
        fetchPage={(offset, limit) =>
          engine.call('pairs.page', { id: submissionId, offset, limit, text: settled })
        }
        empty={
          <EmptyState compact icon="pair" title={settled === '' ? 'No pairs yet' : 'No pair matches this'}>
            {settled === '' && 'Change the rules until they find your masks, or pair files by hand.'}
          </EmptyState>
        }
        row={(pair, tabIndex) => (
          <>
            <div className={styles.file}>
              <MiddleTruncate text={pair.imagePath} />
            </div>
            <div className={styles.partner}>
              <div className={styles.file}>
                <MiddleTruncate
                  text={pair.imageEntryId === pair.maskEntryId ? pair.maskPart : pair.maskPath}
                />
                <p className={styles.soft}>{byWords(pair.by, ruleIds)}</p>
              </div>
              <Button
                small
                tabIndex={tabIndex}
                aria-label={`Part ${pair.maskPart || pair.maskPath}`}
                onClick={() => void part(submissionId, pair.id)}
              >
                Part
              </Button>
            </div>
          </>
        )}
      />
    </div>
  );
}
