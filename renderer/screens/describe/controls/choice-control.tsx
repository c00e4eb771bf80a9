import { Select } from '../../../components/field.tsx';
import { type ControlProps, kept, textOf } from './control-props.ts';
import styles from './controls.module.css';
import { TextControl } from './text-control.tsx';

/** One of the archive's terms, with what the chosen one means, and what all of them mean on demand. */
export function ChoiceControl(props: ControlProps) {
  const { field, ids, value, onValue } = props;
  const vocabulary = field.vocabulary;
  if (!vocabulary || vocabulary.open) return <TextControl {...props} />;
  const text = textOf(value);
  const chosen = vocabulary.terms.find((term) => term.value === text);
  return (
    <>
      <Select {...ids} value={text} onChange={(event) => onValue(kept(event.target.value))}>
        <option value="">Choose one</option>
        {text !== '' && !chosen && <option value={text}>{text} (not in the list)</option>}
        {vocabulary.terms.map((term) => (
          <option key={term.value} value={term.value}>
            {term.title}
          </option>
        ))}
      </Select>
      {chosen?.help && <p className={styles.chosen}>{chosen.help}</p>}
      <details className={styles.terms}>
        <summary>What the choices mean</summary>
        <dl>
          {vocabulary.terms.map((term) => (
            <div key={term.value}>
              <dt>{term.title}</dt>
              <dd>{term.help}</dd>
            </div>
          ))}
        </dl>
      </details>
    </>
  );
}
