import { useState } from 'react';
import type { PairChoices } from '../../../../shared/model/pair.ts';
import { formatCount } from '../../../../shared/rules/format-quantities.ts';
import { Button } from '../../../components/button.tsx';
import { SearchInput } from '../../../components/field.tsx';
import { Menu } from '../../../components/menu.tsx';
import { MiddleTruncate } from '../../../components/quantities.tsx';
import { EmptyState } from '../../../components/states.tsx';
import { engine } from '../../../connection.ts';
import { useAnswer } from '../../../hooks/use-answer.ts';
import { useSettled } from '../../../hooks/use-settled.ts';
import { join, takeFirst } from './pair-acts.ts';
import styles from './pair-list.module.css';
import { PairList, type TabIndex } from './pair-list.tsx';
import { byWords, reasonsText, whyManyWords, whyWords } from './pair-words.ts';

/** Choices drawn in a row; the others are in its menu. */
const shown = 3;

/** Masks that the rules leave to a person: the images they may belong to, the likeliest first. */
export function OpenTab({
  submissionId,
  ruleIds,
}: {
  readonly submissionId: string;
  readonly ruleIds: readonly string[];
}) {
  const [text, setText] = useState('');
  const settled = useSettled(text, 200);
  const kinds = useAnswer('pairs.choiceKinds', { id: submissionId }, ['pairs']).data?.kinds ?? [];
  const [taking, setTaking] = useState(false);
  const take = async (kind: (typeof kinds)[number]) => {
    setTaking(true);
    await takeFirst(submissionId, kind.rule, kind.why);
    setTaking(false);
  };
  return (
    <div className={styles.tab}>
      {kinds.length > 0 && (
        <ul className={styles.kinds}>
          {kinds.map((kind) => (
            <li key={`${kind.rule} ${kind.why}`} className={styles.kind}>
              <span>
                {whyManyWords(kind.why, kind.count)}{' '}
                <span className={styles.note}>({byWords(kind.rule, ruleIds)})</span>
              </span>
              <Button small disabled={taking} onClick={() => void take(kind)}>
                {kind.count === 1 ? 'Take the first' : `Take the first for all ${formatCount(kind.count)}`}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.tools}>
        <SearchInput className={styles.search} label="Search in paths" value={text} onValue={setText} />
        {kinds.length > 0 && <span className={styles.note}>In a row, 1, 2 or 3 pairs with that image.</span>}
      </div>
      <PairList
        listKey={`open ${settled}`}
        submissionId={submissionId}
        label="Masks to decide"
        rowHeight={108}
        narrowHeight={160}
        fetchPage={(offset, limit) =>
          engine.call('pairs.choices', { id: submissionId, offset, limit, text: settled })
        }
        empty={
          <EmptyState
            compact
            icon="checkCircle"
            title={settled === '' ? 'Nothing to decide' : 'No mask matches this'}
          >
            {settled === '' && 'Every mask that a rule fits belongs to one image for certain.'}
          </EmptyState>
        }
        onKey={(mask, key) => {
          const choice = /^[1-3]$/.test(key) ? mask.choices[Number(key) - 1] : undefined;
          if (choice) pick(submissionId, mask, choice);
          return choice !== undefined;
        }}
        row={(mask, tabIndex) => <OpenRow submissionId={submissionId} mask={mask} tabIndex={tabIndex} />}
      />
    </div>
  );
}

function OpenRow({
  submissionId,
  mask,
  tabIndex,
}: {
  readonly submissionId: string;
  readonly mask: PairChoices;
  readonly tabIndex: TabIndex;
}) {
  const rest = mask.choices.slice(shown - 1);
  const drawn = mask.choices.length > shown ? mask.choices.slice(0, shown - 1) : mask.choices;
  return (
    <>
      <div className={styles.file}>
        <MiddleTruncate text={mask.maskPath} />
        <p className={styles.soft} title={whyWords[mask.why]}>
          {whyWords[mask.why]}
        </p>
      </div>
      <div className={styles.choices}>
        {drawn.map((choice, place) => (
          <div key={choice.imageEntryId} className={styles.choice}>
            <span className={styles.choiceKey} aria-hidden="true">
              {place + 1}
            </span>
            <MiddleTruncate text={choice.imagePath} className={styles.choicePath} />
            <span className={`${styles.soft} ${styles.choiceWhy}`}>{reasonsText(choice.reasons)}</span>
            <Button
              small
              tabIndex={tabIndex}
              aria-label={`Pair ${mask.maskPath} with ${choice.imagePath}`}
              onClick={() => pick(submissionId, mask, choice)}
            >
              Pair
            </Button>
          </div>
        ))}
        {drawn.length < mask.choices.length && (
          <div className={styles.choice}>
            <Menu
              trigger={
                <Button small variant="quiet" tabIndex={tabIndex}>
                  {formatCount(rest.length)} more images
                </Button>
              }
              align="start"
              items={rest.map((choice) => ({
                label: choice.imagePath,
                onSelect: () => pick(submissionId, mask, choice),
              }))}
            />
          </div>
        )}
      </div>
    </>
  );
}

function pick(submissionId: string, mask: PairChoices, choice: PairChoices['choices'][number]): void {
  void join(
    submissionId,
    { entryId: choice.imageEntryId, path: choice.imagePath },
    { entryId: mask.maskEntryId, path: mask.maskPath },
  );
}
