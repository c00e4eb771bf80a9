import type { FieldInSection } from '../../../shared/destinations/profile.ts';
import type { FieldValue } from '../../../shared/model/metadata.ts';
import { normalDoi, normalEmail, normalOrcid, normalPubmedId } from '../../../shared/rules/identifiers.ts';
import { cleanLine } from '../../../shared/rules/invisible-characters.ts';
import { normalLink } from '../../../shared/rules/links.ts';
import { isFilled } from '../../../shared/rules/missing-fields.ts';

/** What is wrong with a filled field, one sentence; null when nothing is, or when it is empty. */
export function fieldProblem(field: FieldInSection, value: FieldValue | undefined): string | null {
  if (!isFilled(value)) return null;
  const parsed = field.schema.safeParse(value);
  return parsed.success ? null : (parsed.error.issues[0]?.message ?? 'The archive does not take this.');
}

const menders = [cleanLine, normalEmail, normalOrcid, normalLink, normalDoi, normalPubmedId];

/**
 * The form the archive wants of a text that clearly means it, such as an ORCID given as an address; null when the
 * text is right as it is, or cannot be mended.
 */
export function mended(field: FieldInSection, text: string): string | null {
  if (text.trim() === '' || field.control === 'long-text' || field.control === 'choice') return null;
  if (field.schema.safeParse(text).success) return null;
  const better = menders.map((mend) => mend(text)).find((one) => field.schema.safeParse(one).success);
  return better === undefined || better === text ? null : better;
}

/** The id of a field's control on the page, for links that lead to it. */
export function fieldElementId(section: string, block: string, field: string): string {
  return `field-${section}-${block}-${field}`;
}
