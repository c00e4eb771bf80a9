import { useState } from 'react';
import type { PairProposals } from '../../../../shared/model/pair.ts';
import { Button } from '../../../components/button.tsx';
import { SearchInput, Select } from '../../../components/field.tsx';
import { Menu } from '../../../components/menu.tsx';
import { MiddleTruncate } from '../../../components/quantities.tsx';
import { EmptyState } from '../../../components/states.tsx';
import { engine } from '../../../connection.ts';
import { useSettled } from '../../../hooks/use-settled.ts';
import { join, takeProposals } from './pair-acts.ts';
import styles from './pair-list.module.css';
import { PairList, type TabIndex } from './pair-list.tsx';
import { reasonsText, surenessText } from './pair-words.ts';

type Kind = 'image' | 'mask';

const surenesses = [0.95, 0.9, 0.8, 0.7];

/** Masks without an image, or images without a mask, each with the partners that are likely. */
export function AloneTab({ submissionId }: { readonly submissionId: string }) {
  const [kind, setKind] = useState<Kind>('mask');
  const [text, setText] = useState('');
  const [least, setLeast] = useState(0.9);
  const [taking, setTaking] = useState(false);
  const settled = useSettled(text, 200);
  const take = async () => {
    setTaking(true);
    await takeProposals(submissionId, least);
    setTaking(false);
  };
  return (
    <div className={styles.tab}>
      <div className={styles.tools}>
        <Select
          aria-label="Which files"
          className={styles.pick}
          value={kind}
          onChange={(event) => setKind(event.target.value === 'image' ? 'image' : 'mask')}
        >
          <option value="mask">Masks without an image</option>
          <option value="image">Images without a mask</option>
        </Select>
        <SearchInput className={styles.search} label="Search in paths" value={text} onValue={setText} />
        {kind === 'mask' && (
          <div className={styles.end}>
            <label htmlFor="least-sure">Pair all that are sure by at least</label>
            <Select
              id="least-sure"
              className={styles.pick}
              value={least}
              onChange={(event) => setLeast(Number(event.target.value))}
            >
              {surenesses.map((sureness) => (
                <option key={sureness} value={sureness}>
                  {surenessText(sureness)}
                </option>
              ))}
            </Select>
            <Button disabled={taking} onClick={() => void take()}>
              Pair them
            </Button>
          </div>
        )}
      </div>
      <PairList
        listKey={`alone ${kind} ${settled}`}
        submissionId={submissionId}
        label={kind === 'mask' ? 'Masks without an image' : 'Images without a mask'}
        rowHeight={56}
        narrowHeight={104}
        fetchPage={(offset, limit) =>
          engine.call('pairs.alone', { id: submissionId, kind, offset, limit, text: settled })
        }
        empty={
          <EmptyState compact icon="checkCircle" title={emptyTitle(kind, settled)}>
            {settled === '' && kind === 'mask' && 'What a person has to decide stands under “To decide”.'}
          </EmptyState>
        }
        onKey={(file, key) => {
          const first = key === '1' ? file.proposals[0] : undefined;
          if (first) pick(submissionId, kind, file, first);
          return first !== undefined;
        }}
        row={(file, tabIndex) => (
          <AloneRow submissionId={submissionId} kind={kind} file={file} tabIndex={tabIndex} />
        )}
      />
    </div>
  );
}

function emptyTitle(kind: Kind, text: string): string {
  if (text !== '') return kind === 'mask' ? 'No mask matches this' : 'No image matches this';
  return kind === 'mask' ? 'Every mask has its image' : 'Every image has a mask';
}

function AloneRow({
  submissionId,
  kind,
  file,
  tabIndex,
}: {
  readonly submissionId: string;
  readonly kind: Kind;
  readonly file: PairProposals;
  readonly tabIndex: TabIndex;
}) {
  const [first, ...others] = file.proposals;
  return (
    <>
      <div className={styles.file}>
        <MiddleTruncate text={file.path} />
      </div>
      {first ? (
        <div className={styles.partner}>
          <span className={styles.sure} title="How sure this is">
            {surenessText(first.sureness)}
          </span>
          <div className={styles.file}>
            <MiddleTruncate text={first.path} />
            <p className={styles.soft}>{reasonsText(first.reasons)}</p>
          </div>
          {others.length > 0 && (
            <Menu
              trigger={
                <Button small variant="quiet" tabIndex={tabIndex} aria-label={`Others for ${file.path}`}>
                  Others
                </Button>
              }
              items={others.map((other) => ({
                label: `${surenessText(other.sureness)}  ${other.path}`,
                onSelect: () => pick(submissionId, kind, file, other),
              }))}
            />
          )}
          <Button
            small
            tabIndex={tabIndex}
            aria-label={`Pair ${file.path} with ${first.path}`}
            onClick={() => pick(submissionId, kind, file, first)}
          >
            Pair
          </Button>
        </div>
      ) : (
        <p className={styles.soft}>No {kind === 'mask' ? 'image' : 'mask'} here has a name like this.</p>
      )}
    </>
  );
}

function pick(
  submissionId: string,
  kind: Kind,
  file: PairProposals,
  partner: PairProposals['proposals'][number],
): void {
  const [image, mask] = kind === 'mask' ? [partner, file] : [file, partner];
  void join(submissionId, image, mask);
}
