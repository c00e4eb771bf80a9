import { fieldsOf, type Profile } from '../destinations/profile.ts';
import type { Block, FieldValue, Metadata } from '../model/metadata.ts';

/** A required field that nobody filled, or, with empty `block` and `field`, a whole block that is not there. */
export interface MissingField {
  readonly section: string;
  readonly block: string;
  readonly field: string;
  /** What the form calls it. */
  readonly label: string;
}

/** True when something was typed: spaces, empty lists and organisations without a name count as nothing. */
export function isFilled(value: FieldValue | undefined): boolean {
  if (value === undefined) return false;
  if (typeof value === 'string') return value.trim() !== '';
  return value.some((item) => (typeof item === 'string' ? item : item.name).trim() !== '');
}

/** True when nothing was typed in a block. */
export function isEmptyBlock(block: Block): boolean {
  return !Object.values(block.values).some(isFilled);
}

/**
 * Required fields not yet filled, in the order of the form. An empty block beyond those that a section must have
 * asks for nothing: it is not sent. Whether a filled field is right is a matter of the checks.
 */
export function missingFields(profile: Profile, metadata: Metadata): MissingField[] {
  const missing: MissingField[] = [];
  for (const section of profile.sections) {
    const blocks = metadata[section.id] ?? [];
    const required = fieldsOf(section).filter(({ level }) => level === 'required');
    for (const [index, block] of blocks.entries()) {
      if (index >= section.min && isEmptyBlock(block)) continue;
      for (const { id, title } of required) {
        if (isFilled(block.values[id])) continue;
        missing.push({ section: section.id, block: block.id, field: id, label: title });
      }
    }
    for (let index = blocks.length; index < section.min; index++) {
      missing.push({ section: section.id, block: '', field: '', label: section.title });
    }
  }
  return missing;
}
