import { z } from 'zod';
import { fieldRegistry, type Profile } from './profile.ts';

/**
 * What a destination asks for as JSON Schema (draft 2020-12): sections as keys, each a list of blocks (one block
 * for a section that does not repeat), with titles, help, examples, and `x-slipway-level`. Patterns that only code
 * can check, such as check digits, are told in the descriptions.
 */
export function jsonSchemaOf(profile: Profile): Record<string, unknown> {
  const properties: Record<string, unknown> = {};
  for (const section of profile.sections) {
    const one = fieldsSchema(section.fields);
    const many = { type: 'array', items: one, minItems: section.min };
    properties[section.id] = {
      title: section.title,
      description: section.help,
      'x-slipway-level': section.level,
      ...(section.max === 1 ? one : many),
    };
  }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: profile.title,
    description: profile.summary,
    type: 'object',
    properties,
    required: profile.sections.filter((section) => section.min > 0).map((section) => section.id),
    additionalProperties: false,
  };
}

function fieldsSchema(fields: z.ZodObject): Record<string, unknown> {
  const schema: Record<string, unknown> = z.toJSONSchema(fields, {
    override: ({ zodSchema, jsonSchema }) => {
      const meta = zodSchema instanceof z.ZodType ? fieldRegistry.get(zodSchema) : undefined;
      if (!meta) return;
      jsonSchema.title = meta.title;
      jsonSchema.description = meta.help;
      jsonSchema['x-slipway-level'] = meta.level;
      if (meta.example !== undefined) jsonSchema.examples = meta.repeats ? [[meta.example]] : [meta.example];
      if (meta.vocabulary) {
        jsonSchema['x-slipway-terms'] = Object.fromEntries(
          meta.vocabulary.terms.map((term) => [term.value, term.help ?? term.title]),
        );
      }
    },
  });
  delete schema.$schema;
  return schema;
}
