import styles from './plan-section.module.css';
import { releaseWords, type SubmitFacts } from './submit-facts.ts';

/** Title, release and contacts, as they will stand at the archive. */
export function SubmitFactList({
  facts,
  today,
}: {
  readonly facts: SubmitFacts | null;
  /** `YYYY-MM-DD` in UTC. */
  readonly today: string;
}) {
  if (facts === null) return null;
  return (
    <dl className={styles.facts}>
      <div className={styles.fact}>
        <dt>Title</dt>
        <dd>{facts.title || <span className={styles.soft}>No title</span>}</dd>
      </div>
      <div className={styles.fact}>
        <dt>Release</dt>
        <dd>{releaseWords(facts.releaseDate, today)}</dd>
      </div>
      <div className={styles.fact}>
        <dt>{facts.contacts.length === 1 ? 'Contact' : 'Contacts'}</dt>
        <dd>
          <ul className={styles.lists}>
            {facts.contacts.map((contact) => (
              <li key={contact}>{contact}</li>
            ))}
            {facts.contacts.length === 0 && <li className={styles.soft}>Nobody named</li>}
          </ul>
        </dd>
      </div>
    </dl>
  );
}
