import { fieldsOf, type Profile, type Section } from '../../../shared/destinations/profile.ts';
import type { Metadata } from '../../../shared/model/metadata.ts';
import { isEmptyBlock, type MissingField, missingFields } from '../../../shared/rules/missing-fields.ts';
import { fieldProblem } from './field-words.ts';

export interface SectionState {
  readonly section: Section;
  /** Required fields or blocks not there. */
  readonly missing: readonly MissingField[];
  /** Filled fields that the archive would not take. */
  readonly wrong: readonly MissingField[];
  /** Both, in the order of the form. */
  readonly open: readonly MissingField[];
  /** Blocks in which something was typed. */
  readonly filled: number;
}

/** How far each section is, in the order of the form. */
export function sectionStates(profile: Profile, metadata: Metadata): readonly SectionState[] {
  const allMissing = missingFields(profile, metadata);
  return profile.sections.map((section) => {
    const blocks = metadata[section.id] ?? [];
    const fields = fieldsOf(section);
    const wrong = blocks.flatMap((block) =>
      fields
        .filter((field) => fieldProblem(field, block.values[field.id]) !== null)
        .map((field) => ({ section: section.id, block: block.id, field: field.id, label: field.title })),
    );
    const missing = allMissing.filter((one) => one.section === section.id);
    const places = blocks.flatMap(({ id: block }) => fields.map(({ id: field }) => `${block} ${field}`));
    const place = ({ block, field }: MissingField) =>
      block === '' ? places.length : places.indexOf(`${block} ${field}`);
    return {
      section,
      missing,
      wrong,
      open: [...missing, ...wrong].toSorted((a, b) => place(a) - place(b)),
      filled: blocks.filter((block) => !isEmptyBlock(block)).length,
    };
  });
}

/** The words beside a section: "2 missing", "1 to mend", "done", "optional". */
export function sectionWords(state: SectionState): string {
  const parts = [
    state.missing.length > 0 && `${state.missing.length} missing`,
    state.wrong.length > 0 && `${state.wrong.length} to mend`,
  ].filter(Boolean);
  if (parts.length > 0) return parts.join(', ');
  if (state.filled > 0) return state.section.max === 1 ? 'done' : String(state.filled);
  return state.section.level === 'desirable' ? 'asked for' : 'optional';
}

/** Whatever is to be done, in the order of the form: what is missing and what is to be mended. */
export function openPoints(states: readonly SectionState[]): readonly MissingField[] {
  return states.flatMap((state) => state.open);
}

/** The point after the present field, from the start again at the end; null when nothing is open. */
export function nextPoint(points: readonly MissingField[], last: string | null): MissingField | null {
  const at = points.findIndex((point) => pointKey(point) === last);
  return points[(at + 1) % Math.max(1, points.length)] ?? null;
}

export function pointKey(point: MissingField): string {
  return JSON.stringify([point.section, point.block, point.field]);
}
