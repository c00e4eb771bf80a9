import { fieldsOf, type Profile } from '../../../shared/destinations/profile.ts';
import type { Metadata } from '../../../shared/model/metadata.ts';
import type { NewFinding } from '../library/findings.ts';
import { advice, found, type Rule } from './rule.ts';

export const exampleRules = {
  left: {
    id: 'field-example',
    level: 'must',
    title: { one: 'field holds the example of the form', many: 'fields hold the example of the form' },
    reason: 'Values made up for practice would be published beside real data.',
    source: 'The examples that this form shows',
    fixTitle: null,
  },
} as const satisfies Record<string, Rule>;

/** Whole sentences and addresses: nobody means just these. A keyword or an organisation could be meant. */
const unmistakable = new Set(['long-text', 'email']);

/** Fields that still hold what practice filled them with; for a real archive. */
export function checkExamples(profile: Profile, metadata: Metadata): NewFinding[] {
  return profile.sections.flatMap((section) => {
    const fields = fieldsOf(section).filter(({ control }) => unmistakable.has(control));
    return (metadata[section.id] ?? []).flatMap(({ id: block, values }) =>
      fields
        .filter(({ id, example }) => example !== undefined && values[id] === example)
        .map(({ id: field, title: label }) =>
          found(
            exampleRules.left,
            { kind: 'field', section: section.id, block, field, label },
            `“${label}” is the example of the form.`,
            advice('Say it in your own words under Describe'),
          ),
        ),
    );
  });
}
