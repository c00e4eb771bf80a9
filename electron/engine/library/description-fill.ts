import type { Profile, Section } from '../../../shared/destinations/profile.ts';
import {
  type Block,
  type FieldValue,
  type Metadata,
  organisationSchema,
} from '../../../shared/model/metadata.ts';
import { Problem } from '../../../shared/model/problem.ts';
import { isFilled } from '../../../shared/rules/missing-fields.ts';
import { emptyBlock, leastBlocks, shapesOf, type ValueShape } from './metadata-document.ts';

/** Lines of a Problem that name what does not fit; more help nobody. */
const MOST_FAULTS = 50;

type Plain = Record<string, unknown>;

/**
 * Everything a profile asks for, empty, as plain JSON: a section that does not repeat is one object, one that
 * repeats a list with one object in it; fields are '' or [], organisations one without a name.
 */
export function blankTemplate(profile: Profile): Plain {
  return plainOf(profile, {});
}

/** What was described, without ids, in the shape of {@link blankTemplate}; fields not filled are there and empty. */
export function filledTemplate(profile: Profile, metadata: Metadata): Plain {
  return plainOf(profile, metadata);
}

function plainOf(profile: Profile, metadata: Metadata): Plain {
  return Object.fromEntries(
    profile.sections.map((section) => {
      const fields = [...shapesOf(section)];
      const plain = ({ values }: Pick<Block, 'values'>) =>
        Object.fromEntries(fields.map(([field, shape]) => [field, values[field] ?? emptyValue(shape)]));
      const blocks = metadata[section.id] ?? [];
      const list = (blocks.length === 0 ? [{ values: {} }] : blocks).map(plain);
      return [section.id, section.max === 1 ? list[0] : list];
    }),
  );
}

function emptyValue(shape: ValueShape): FieldValue {
  if (shape === 'text') return '';
  return shape === 'list' ? [] : [{ name: '', rorId: '', address: '' }];
}

/**
 * Lays plain JSON over a description, in place; returns how many fields were filled. In a section that does not
 * repeat, the fields given are set and the others stay. A section that repeats is replaced by the list given, its
 * blocks keeping their ids by their place; a list in which nothing is filled changes nothing. Empty fields count as
 * not given. Throws a Problem that names every path that is unknown or holds the wrong kind of value.
 */
export function fillMetadata(profile: Profile, metadata: Metadata, json: unknown): number {
  const faults: string[] = [];
  const filled = new Map<Section, Block['values'][]>();
  const given = isPlain(json) ? json : {};
  if (!isPlain(json)) faults.push('The whole: must be an object with sections as keys.');
  for (const [id, content] of Object.entries(given)) {
    const section = profile.sections.find((candidate) => candidate.id === id);
    if (section) filled.set(section, readSection(section, content, faults));
    else faults.push(`${id}: there is no such section.`);
  }
  if (faults.length > 0) throw misfit(profile, faults);
  let count = 0;
  for (const [section, blocks] of filled) {
    if (blocks.every((values) => Object.keys(values).length === 0)) continue;
    metadata[section.id] = merged(section, metadata[section.id] ?? [], blocks);
    for (const values of blocks) count += Object.keys(values).length;
  }
  return count;
}

function merged(section: Section, before: readonly Block[], given: readonly Block['values'][]): Block[] {
  const blocks = given.map((values, index) => {
    const block = before[index] ?? emptyBlock();
    return { id: block.id, values: section.max === 1 ? { ...block.values, ...values } : values };
  });
  while (blocks.length < leastBlocks(section)) blocks.push(emptyBlock());
  return blocks;
}

function readSection(section: Section, content: unknown, faults: string[]): Block['values'][] {
  if (section.max === 1) return [readBlock(section, content, section.id, faults)];
  if (!Array.isArray(content)) {
    faults.push(`${section.id}: must be a list, one object for each ${section.one}.`);
    return [];
  }
  if (section.max !== null && content.length > section.max) {
    faults.push(`${section.id}: takes at most ${section.max}.`);
  }
  return content.map((block: unknown, index) => readBlock(section, block, `${section.id}[${index}]`, faults));
}

function readBlock(section: Section, content: unknown, path: string, faults: string[]): Block['values'] {
  const values: Block['values'] = {};
  if (!isPlain(content)) {
    faults.push(`${path}: must be an object with fields as keys.`);
    return values;
  }
  const shapes = shapesOf(section);
  for (const [field, value] of Object.entries(content)) {
    const shape = shapes.get(field);
    if (shape === undefined) {
      faults.push(`${path}.${field}: there is no such field.`);
      continue;
    }
    const read = readValue(shape, value, `${path}.${field}`, faults);
    if (isFilled(read)) values[field] = read;
  }
  return values;
}

function readValue(shape: ValueShape, value: unknown, path: string, faults: string[]): FieldValue {
  if (value === null) return '';
  if (shape === 'text') {
    if (typeof value === 'string') return value;
    faults.push(`${path}: must be a text in quotation marks.`);
    return '';
  }
  if (!Array.isArray(value)) {
    faults.push(`${path}: must be a list.`);
    return '';
  }
  if (shape === 'list') {
    return value.filter((item: unknown, index): item is string => {
      if (typeof item !== 'string') faults.push(`${path}[${index}]: must be a text in quotation marks.`);
      return typeof item === 'string';
    });
  }
  return value.flatMap((item: unknown, index) => {
    const organisation = organisationSchema.strict().safeParse(item);
    if (organisation.success) return [organisation.data];
    faults.push(
      `${path}[${index}]: must be an object with “name” and, if you like, “rorId” and “address”, all texts.`,
    );
    return [];
  });
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function misfit(profile: Profile, faults: readonly string[]): Problem {
  const shown = faults.slice(0, MOST_FAULTS);
  if (faults.length > shown.length) shown.push(`… and ${faults.length - shown.length} more.`);
  const places = faults.length === 1 ? '1 place' : `${faults.length} places`;
  return new Problem(
    'wrong-description',
    `The JSON does not fit the form of ${profile.title} in ${places}. Nothing was changed.`,
    { cause: shown.join('\n'), advice: 'Compare it with the blank template of this destination.' },
  );
}
