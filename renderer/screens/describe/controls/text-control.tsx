import { useId } from 'react';
import { isCalendarDate } from '../../../../shared/rules/release-date.ts';
import { TextArea, TextInput } from '../../../components/field.tsx';
import { mended } from '../field-words.ts';
import { type ControlProps, kept, textOf } from './control-props.ts';

const inputMode = { email: 'email', link: 'url' } as const;

/** One line of text, an e-mail address, an ORCID iD, a link. What clearly means the right thing is mended on leaving. */
export function TextControl({ field, ids, value, onValue }: ControlProps) {
  const list = useId();
  const text = textOf(value);
  const terms = field.vocabulary?.terms;
  return (
    <>
      <TextInput
        {...ids}
        value={text}
        placeholder={field.example}
        inputMode={field.control === 'email' || field.control === 'link' ? inputMode[field.control] : 'text'}
        autoComplete="off"
        spellCheck={field.control === 'text'}
        list={terms ? list : undefined}
        onChange={(event) => onValue(kept(event.target.value))}
        onBlur={() => {
          const better = mended(field, text);
          if (better !== null) onValue(better);
        }}
      />
      {terms && (
        <datalist id={list}>
          {terms.map((term) => (
            <option key={term.value} value={term.value}>
              {term.title}
            </option>
          ))}
        </datalist>
      )}
    </>
  );
}

/** Text of several lines; the field grows with it. */
export function LongTextControl({ field, ids, value, onValue }: ControlProps) {
  return (
    <TextArea
      {...ids}
      rows={2}
      value={textOf(value)}
      placeholder={field.example}
      onChange={(event) => onValue(kept(event.target.value))}
    />
  );
}

/** A day. What is stored but is no day is shown as text, so that it can be seen and mended. */
export function DateControl(props: ControlProps) {
  const { ids, value, onValue } = props;
  const text = textOf(value);
  if (text !== '' && !isCalendarDate(text)) return <TextControl {...props} />;
  return (
    <TextInput
      {...ids}
      type="date"
      value={text}
      style={{ maxWidth: 180 }}
      onChange={(event) => onValue(kept(event.target.value))}
    />
  );
}
