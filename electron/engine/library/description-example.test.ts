import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { profiles } from '../../../shared/destinations/index.ts';
import { fieldsOf } from '../../../shared/destinations/profile.ts';
import { missingFields } from '../../../shared/rules/missing-fields.ts';
import { setField } from './description.ts';
import { exampleOf, fillExample } from './description-example.ts';
import { undo } from './history.ts';
import { metadataOf } from './metadata-document.ts';
import type { SubmissionFile } from './submission-file.ts';
import { profileOfFile, setArchive } from './submission-row.ts';
import { newSubmissionFile, temporaryFolder } from './test-support.ts';

let remove: () => void;
let file: SubmissionFile;
beforeEach(() => {
  const made = temporaryFolder();
  remove = made.remove;
  file = newSubmissionFile(made.folder, 'Nuclei of my own');
});
afterEach(() => {
  file.close();
  remove();
});

it.each(profiles.map((profile) => [profile.id, profile] as const))(
  'the example of every required field of %s is what its archive takes',
  (_, profile) => {
    for (const section of profile.sections) {
      for (const { id, level, schema } of fieldsOf(section)) {
        if (level !== 'required') continue;
        expect(schema.safeParse(exampleOf(profile, section.id, id)).error, `${section.id}.${id}`).toBe(
          undefined,
        );
      }
    }
  },
);

describe('filling with example values', () => {
  it('fills all that is missing, keeps what was typed, and is taken back as one step', () => {
    const before = metadataOf(file);
    const count = missingFields(profileOfFile(file), before).length;
    expect(count).toBeGreaterThan(5);
    expect(fillExample(file)).toBe(count);
    const filled = metadataOf(file);
    expect(missingFields(profileOfFile(file), filled)).toEqual([]);
    expect(filled.study?.[0]?.values.title).toBe('Nuclei of my own');
    expect(filled.contacts?.[0]?.values.orcid).toBeUndefined();
    expect(fillExample(file)).toBe(0);
    expect(undo(file)).toBe('Fill with example values');
    expect(metadataOf(file)).toEqual(before);
  });

  it('brings back a block that is needed', () => {
    const [study] = metadataOf(file).study ?? [];
    setField(file, { section: 'study', block: study?.id ?? '', field: 'title', value: null });
    file.run("UPDATE metadata SET document = json_remove(document, '$.annotations')");
    fillExample(file);
    expect(metadataOf(file).annotations).toHaveLength(1);
    expect(missingFields(profileOfFile(file), metadataOf(file))).toEqual([]);
  });

  it('is refused for a real archive', () => {
    setArchive(file, 'production');
    expect(() => fillExample(file)).toThrow('only for the practice archive');
  });
});
