import { type ReactNode, useState } from 'react';
import { contentAddress } from '../../../shared/contract/content.ts';
import { profileOf } from '../../../shared/destinations/index.ts';
import type { MethodId, Plan } from '../../../shared/model/plan.ts';
import { formatCounted } from '../../../shared/rules/format-quantities.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icons.tsx';
import { Bytes, MiddleTruncate } from '../../components/quantities.tsx';
import { RadioCards } from '../../components/radio-cards.tsx';
import { engine } from '../../connection.ts';
import { showProblem } from '../../stores/toast-store.ts';
import { methodLimits } from './method-limits.ts';
import { methodTitle, reasonWithoutTitle } from './method-title.ts';
import styles from './plan-section.module.css';
import { Section } from './section.tsx';

/** What goes where and how, and why that way. */
export function PlanSection({
  id,
  plan,
  destination,
}: {
  readonly id: string;
  readonly plan: Plan;
  readonly destination: string;
}) {
  return (
    <Section title="What will be sent">
      <dl className={styles.facts}>
        <Fact title="Files">
          {formatCounted(plan.files, 'file')}, <Bytes value={plan.bytes} />
        </Fact>
        {plan.zips.items > 0 && (
          <Fact title="Packed">
            {formatCounted(plan.zips.items, 'item')} of {formatCounted(plan.zips.files, 'file')} as one ZIP
            {plan.zips.items > 1 && ' each'}, <Bytes value={plan.zips.bytes} />
          </Fact>
        )}
        {plan.largest && (
          <Fact title="Largest">
            <span className={styles.file}>
              <MiddleTruncate text={plan.largest.path} />
              <Bytes value={plan.largest.bytes} />
            </span>
          </Fact>
        )}
        <Fact title="Folder">
          <code className={styles.path}>{plan.remoteFolder || '/'}</code>
        </Fact>
        <Fact title="Method">
          <MethodChoice id={id} plan={plan} destination={destination} />
        </Fact>
        <Fact title={plan.fileLists.length === 1 ? 'File list' : 'File lists'}>
          {plan.fileLists.length === 0 && <span className={styles.soft}>None yet</span>}
          <ul className={styles.lists}>
            {plan.fileLists.map((list) => (
              <li key={list.block} className={styles.file}>
                <a
                  href={contentAddress({ what: 'file-list', id, block: list.block })}
                  target="_blank"
                  rel="noreferrer"
                >
                  <MiddleTruncate text={list.path} />
                </a>
                <span className={styles.soft}>{formatCounted(list.rows, 'row')}</span>
              </li>
            ))}
          </ul>
        </Fact>
        <Fact title="Description">
          <a href={contentAddress({ what: 'document', id })} target="_blank" rel="noreferrer">
            The document as it will be sent
          </a>
        </Fact>
      </dl>
    </Section>
  );
}

function Fact({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The method with its reason, and the others for who knows better. */
function MethodChoice({
  id,
  plan,
  destination,
}: {
  readonly id: string;
  readonly plan: Plan;
  readonly destination: string;
}) {
  const [open, setOpen] = useState(false);
  const title = methodTitle(destination, plan.method);
  const choose = async (method: MethodId | 'auto') => {
    try {
      await engine.call('send.setMethod', { id, method });
    } catch (thrown) {
      showProblem(thrown);
    }
  };
  return (
    <div id="send-method" className={styles.method}>
      <p>
        <strong>{title}</strong>. {reasonWithoutTitle(plan.methodReason, title)}
      </p>
      {!plan.methodReady && (
        <p className={styles.notReady}>
          <Icon name="should" /> This version of Slipway cannot send this way yet. Choose another below.
        </p>
      )}
      {plan.methodReady && (
        <p>
          <button
            type="button"
            className={styles.textButton}
            aria-expanded={open}
            onClick={() => setOpen((now) => !now)}
          >
            {open ? 'Keep this method' : 'Choose another method'}
          </button>
        </p>
      )}
      {(open || !plan.methodReady) && (
        <>
          <RadioCards
            label="Method"
            columns
            value={plan.method}
            onChange={(method) => void choose(method)}
            choices={profileOf(destination).methods.map((range) => ({
              value: range.method,
              title: range.title,
              words: methodLimits(range),
            }))}
          />
          <p>
            <Button small onClick={() => void choose('auto')}>
              Choose by size again
            </Button>
          </p>
        </>
      )}
    </div>
  );
}
