import { type ComponentType, useRef, useState } from 'react';
import type { FieldControl, FieldInSection } from '../../../shared/destinations/profile.ts';
import type { FieldValue } from '../../../shared/model/metadata.ts';
import { Field } from '../../components/field.tsx';
import { useFocusWithin } from '../../hooks/use-focus-within.ts';
import { ChoiceControl } from './controls/choice-control.tsx';
import type { ControlProps } from './controls/control-props.ts';
import { KeywordsControl } from './controls/keywords-control.tsx';
import { OrganisationsControl } from './controls/organisations-control.tsx';
import { DateControl, LongTextControl, TextControl } from './controls/text-control.tsx';
import { saveNow, typeField } from './description-store.ts';
import { fieldElementId, fieldProblem } from './field-words.ts';
import styles from './form.module.css';

const controls: Record<FieldControl, ComponentType<ControlProps>> = {
  text: TextControl,
  'long-text': LongTextControl,
  date: DateControl,
  email: TextControl,
  orcid: TextControl,
  choice: ChoiceControl,
  keywords: KeywordsControl,
  organisations: OrganisationsControl,
  link: TextControl,
};

/**
 * One field of the form. A problem is shown when the field is left, not while it is first typed; one that was
 * shown before stays until it is mended.
 */
export function FieldEditor({
  submissionId,
  section,
  block,
  field,
  value,
}: {
  readonly submissionId: string;
  readonly section: string;
  readonly block: string;
  readonly field: FieldInSection;
  readonly value: FieldValue | undefined;
}) {
  const problem = fieldProblem(field, value);
  const [typing, setTyping] = useState(false);
  const [hadProblem, setHadProblem] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useFocusWithin(
    box,
    () => {
      setHadProblem(problem !== null);
      setTyping(true);
    },
    () => {
      setTyping(false);
      void saveNow(submissionId);
    },
  );
  const Control = controls[field.control];
  return (
    <div ref={box} className={styles.field}>
      <Field
        id={fieldElementId(section, block, field.id)}
        label={field.title}
        help={field.help}
        level={field.level}
        problem={typing && !hadProblem ? null : problem}
      >
        {(ids) => (
          <Control
            field={field}
            ids={ids}
            value={value}
            onValue={(next) => typeField(submissionId, { section, block, field: field.id }, next)}
          />
        )}
      </Field>
    </div>
  );
}
