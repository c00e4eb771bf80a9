import type { FieldInSection } from '../../../shared/destinations/profile.ts';
import type { FieldValue, Organisation } from '../../../shared/model/metadata.ts';
import { normalRorId } from '../../../shared/rules/identifiers.ts';
import { cleanLine, cleanText } from '../../../shared/rules/invisible-characters.ts';
import { nearestTerm } from '../../../shared/rules/nearest-term.ts';

/**
 * A field's value without invisible characters, identifiers in the form the archive wants, a term by its exact word,
 * keywords one by one. What is not clearly meant stays as typed.
 */
export function mendedValue(field: FieldInSection, value: FieldValue): FieldValue {
  if (typeof value === 'string') return mendedText(field, value);
  if (isTexts(value)) return mendedKeywords(field, value);
  return value.map(mendedOrganisation);
}

function mendedText(field: FieldInSection, text: string): string {
  if (field.normal) return field.normal(text);
  if (field.vocabulary) return nearestTerm(cleanLine(text), field.schema) ?? cleanLine(text);
  return field.control === 'long-text' ? cleanText(text) : cleanLine(text);
}

/** Words typed into one keyword, as curators meet them: cut at semicolons and line ends, and at commas before a blank. */
function mendedKeywords(field: FieldInSection, keywords: readonly string[]): string[] {
  const parts = keywords.flatMap((keyword) =>
    field.control === 'keywords' ? keyword.split(/[;\n\r]|,(?=\s)/) : [keyword],
  );
  return [...new Set(parts.map(cleanLine).filter((part) => part !== ''))];
}

function mendedOrganisation({ name, rorId, address }: Organisation): Organisation {
  return {
    name: cleanLine(name),
    ...(rorId === undefined ? {} : { rorId: normalRorId(rorId) }),
    ...(address === undefined ? {} : { address: cleanLine(address) }),
  };
}

function isTexts(value: readonly (string | Organisation)[]): value is string[] {
  return value.every((item) => typeof item === 'string');
}

/** A value as one line for people. */
export function shownValue(value: FieldValue): string {
  if (typeof value === 'string') return value;
  return value
    .map((item) => (typeof item === 'string' ? item : [item.name, item.rorId].filter(Boolean).join(' ')))
    .join(' · ');
}
