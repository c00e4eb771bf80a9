import type { z } from 'zod';
import type { Block, FieldValue, Organisation } from '../../../../shared/model/metadata.ts';
import { cleanLine, cleanText } from '../../../../shared/rules/invisible-characters.ts';

/** A block as far as it is filled: every field of its schema, each possibly missing, texts not yet proven right. */
export type Draft<T> = {
  readonly [K in keyof T]?: NonNullable<T[K]> extends string ? string : NonNullable<T[K]>;
};

/** The blocks of a section with their ids: cleaned of invisible characters, empty fields and empty list items gone. */
export function drafts<S extends z.ZodObject>(
  blocks: readonly Block[] | undefined,
  fields: S,
): { id: string; draft: Draft<z.infer<S>> }[] {
  return (blocks ?? []).map((block) => {
    const entries = Object.keys(fields.shape).flatMap((key) => {
      const value = cleaned(block.values[key]);
      return value === undefined ? [] : [[key, value] as const];
    });
    return { id: block.id, draft: Object.fromEntries(entries) as Draft<z.infer<S>> };
  });
}

function cleaned(value: FieldValue | undefined): FieldValue | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return cleanText(value) || undefined;
  const items = value.map((item) => (typeof item === 'string' ? cleanLine(item) : cleanOrganisation(item)));
  const filled = items.filter((item) => (typeof item === 'string' ? item !== '' : item.name !== ''));
  return filled.length === 0 ? undefined : (filled as FieldValue);
}

function cleanOrganisation({ name, rorId, address }: Organisation): Organisation {
  return {
    name: cleanLine(name),
    ...(rorId === undefined ? {} : { rorId: cleanLine(rorId) }),
    ...(address === undefined ? {} : { address: cleanLine(address) }),
  };
}
