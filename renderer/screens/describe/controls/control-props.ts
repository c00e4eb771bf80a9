import type { FieldInSection } from '../../../../shared/destinations/profile.ts';
import type { FieldValue } from '../../../../shared/model/metadata.ts';
import type { ControlIds } from '../../../components/field.tsx';

/** What every control of the form is given. */
export interface ControlProps {
  readonly field: FieldInSection;
  readonly ids: ControlIds;
  readonly value: FieldValue | undefined;
  /** Null empties the field. */
  readonly onValue: (value: FieldValue | null) => void;
}

/** The value of a control for one text, whatever is stored. */
export function textOf(value: FieldValue | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  return value.map((item) => (typeof item === 'string' ? item : item.name)).join(', ');
}

/** A text as it is kept: nothing typed means no value. */
export function kept(text: string): string | null {
  return text === '' ? null : text;
}
