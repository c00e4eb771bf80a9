import type { z } from 'zod';
import { fieldRegistry } from '../destinations/profile.ts';

/**
 * The term of a field's vocabulary that a text clearly means: letter case, blanks, `-` and `_`, and a plural `s` do
 * not count. Null when none or more than one fits, or the field has no vocabulary.
 */
export function nearestTerm(text: string, field: z.ZodType): string | null {
  const terms = fieldRegistry.get(field)?.vocabulary?.terms ?? [];
  const fits = terms.filter((term) => key(term.value) === key(text) || key(term.title) === key(text));
  return fits.length === 1 ? (fits[0]?.value ?? null) : null;
}

function key(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\s_-]+/g, '')
    .replace(/s$/, '');
}
