import { fieldsOf, type Profile } from '../../../shared/destinations/profile.ts';
import type { FieldValue } from '../../../shared/model/metadata.ts';
import { Problem } from '../../../shared/model/problem.ts';
import { missingFields } from '../../../shared/rules/missing-fields.ts';
import { todayAtArchive } from '../../../shared/rules/release-date.ts';
import { editMetadata, emptyBlock, shapesOf } from './metadata-document.ts';
import type { SubmissionFile } from './submission-file.ts';
import { profileOfFile, submissionRow } from './submission-row.ts';

/**
 * Fills the required fields that are empty with the examples of the form, as one step that can be undone; returns how
 * many. Only for the practice archive: made-up values must not get near a real one.
 */
export function fillExample(file: SubmissionFile): number {
  if (submissionRow(file).archive !== 'practice') {
    throw new Problem('not-practice', 'Example values are only for the practice archive.', {
      cause: 'At a real archive they would stand beside real data.',
    });
  }
  const profile = profileOfFile(file);
  return editMetadata(file, 'Fill with example values', (metadata) => {
    for (const section of profile.sections) {
      const blocks = metadata[section.id] ?? [];
      while (blocks.length < section.min) blocks.push(emptyBlock());
      metadata[section.id] = blocks;
    }
    const gaps = missingFields(profile, metadata);
    for (const { section, block, field } of gaps) {
      const values = metadata[section]?.find(({ id }) => id === block)?.values;
      if (values) values[field] = exampleOf(profile, section, field);
    }
    return gaps.length;
  });
}

/** The example of a field as its value; of a choice the first term, of a day today. */
export function exampleOf(profile: Profile, sectionId: string, fieldId: string): FieldValue {
  const section = profile.sections.find(({ id }) => id === sectionId);
  const field = section && fieldsOf(section).find(({ id }) => id === fieldId);
  if (!section || !field) throw new Error(`The form of ${profile.id} has no ${sectionId}.${fieldId}.`);
  const term = field.vocabulary?.terms[0]?.value;
  const text = field.control === 'date' ? todayAtArchive() : (field.example ?? term ?? '');
  const shape = shapesOf(section).get(fieldId);
  if (shape === 'organisations') return [{ name: text }];
  return shape === 'list' ? [text] : text;
}
