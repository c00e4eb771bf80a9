import {
  type FieldInSection,
  fieldsOf,
  type Profile,
  type Section,
} from '../../../shared/destinations/profile.ts';
import type { FindingPlace, Fix } from '../../../shared/model/finding.ts';
import type { Block, FieldValue, Metadata } from '../../../shared/model/metadata.ts';
import { invisibleCharacters } from '../../../shared/rules/invisible-characters.ts';
import { isKnownPrefix, isLink, leadsToDataset, linkParts, normalLink } from '../../../shared/rules/links.ts';
import { isEmptyBlock, isFilled, missingFields } from '../../../shared/rules/missing-fields.ts';
import { repeatedTitles } from '../../../shared/rules/titles.ts';
import type { NewFinding } from '../library/findings.ts';
import { mendedValue, shownValue } from './mended-value.ts';
import { advice, found, type Rule } from './rule.ts';

const TEMPLATE = 'BioImages.MIFA.v1, complete field list';
const CURATORS =
  'Corrections that BioImage Archive curators made by hand (bia-integrator, submission overrides)';

export const descriptionRules = {
  missing: {
    id: 'field-missing',
    level: 'must',
    title: { one: 'required field is empty', many: 'required fields are empty' },
    reason: 'The archive asks for them; its server would let the submission pass and a curator send it back.',
    source: `${TEMPLATE}, level required`,
    fixTitle: null,
  },
  wrong: {
    id: 'field-wrong',
    level: 'must',
    title: {
      one: 'field is not filled as the archive wants',
      many: 'fields are not filled as the archive wants',
    },
    reason: "The archive's form refuses such values, or curators mend them by hand and ask you.",
    source: `${TEMPLATE}; ${CURATORS}`,
    fixTitle: 'Write them as they are meant',
  },
  invisible: {
    id: 'field-invisible',
    level: 'should',
    title: { one: 'field holds invisible characters', many: 'fields hold invisible characters' },
    reason: 'They come along when text is copied, and break searches and links later.',
    source: CURATORS,
    fixTitle: 'Take them out',
  },
  desirable: {
    id: 'field-desirable',
    level: 'may',
    title: { one: 'desirable field is empty', many: 'desirable fields are empty' },
    reason: 'The archive would like to have them; nobody refuses a submission for that.',
    source: `${TEMPLATE}, level desirable`,
    fixTitle: null,
  },
  title: {
    id: 'title-repeated',
    level: 'should',
    title: { one: 'title is used twice', many: 'titles are used twice' },
    reason: 'People, and programs that refer by title, cannot tell the two apart.',
    source: CURATORS,
    fixTitle: null,
  },
  dataset: {
    id: 'dataset-link',
    level: 'should',
    title: {
      one: 'link to the image data set is not to be seen',
      many: 'links to the image data set are not to be seen',
    },
    reason: 'Annotations are of no use without their images, so the archive asks for a link to the data set.',
    source: 'BioImage Archive, Submit Annotations page',
    fixTitle: null,
  },
  prefix: {
    id: 'link-prefix',
    level: 'may',
    title: {
      one: "link has a prefix the archive's web tool does not list",
      many: "links have prefixes the archive's web tool does not list",
    },
    reason: 'The link is kept but may not lead anywhere when it is clicked.',
    source: 'BioStudies submission tool, link types',
    fixTitle: null,
  },
  keywords: {
    id: 'keyword-list',
    level: 'should',
    title: { one: 'keyword holds several words in one', many: 'keywords hold several words in one' },
    reason: 'Searches find a keyword only when each stands alone.',
    source: CURATORS,
    fixTitle: 'Make them keywords of their own',
  },
  publication: {
    id: 'publication-bare',
    level: 'should',
    title: { one: 'publication has neither title nor DOI', many: 'publications have neither title nor DOI' },
    reason: "The archive's ingest can use a publication only by its title or its DOI.",
    source: 'BIA data model, Publication: title or DOI',
    fixTitle: null,
  },
} as const satisfies Record<string, Rule>;

/** What is wrong with the description, field by field, in the order of the form. */
export function checkDescription(profile: Profile, metadata: Metadata): NewFinding[] {
  return [
    ...missing(profile, metadata),
    ...profile.sections.flatMap((section) => [
      ...(metadata[section.id] ?? []).flatMap((block, at) => checkBlock(section, block, at)),
      ...checkTitles(section, metadata[section.id] ?? []),
    ]),
    ...checkLinks(metadata.links ?? []),
  ];
}

function missing(profile: Profile, metadata: Metadata): NewFinding[] {
  return missingFields(profile, metadata).map((gap) => {
    const section = profile.sections.find(({ id }) => id === gap.section);
    const place: FindingPlace = { kind: 'field', ...gap };
    const message =
      gap.field === '' ? `There is no ${section?.one ?? 'entry'} yet.` : `“${gap.label}” is empty.`;
    const where = section?.title ?? 'Describe';
    return found(
      descriptionRules.missing,
      place,
      message,
      advice(gap.field === '' ? `Add one under ${where}` : `Fill it under ${where}`),
    );
  });
}

function placeOf(section: Section, block: Block, field: FieldInSection): FindingPlace {
  return { kind: 'field', section: section.id, block: block.id, field: field.id, label: field.title };
}

function checkBlock(section: Section, block: Block, at: number): NewFinding[] {
  // An empty block beyond those that must be there is not sent.
  if (isEmptyBlock(block)) return [];
  const findings = fieldsOf(section).flatMap((field) => {
    const value = block.values[field.id];
    const place = placeOf(section, block, field);
    if (value !== undefined && isFilled(value)) return checkValue(field, value, place);
    if (field.level !== 'desirable') return [];
    return [
      found(descriptionRules.desirable, place, `“${field.title}” is empty.`, advice('Fill it if you can')),
    ];
  });
  if (section.id === 'publications' && !isFilled(block.values.title) && !isFilled(block.values.doi)) {
    const [field] = fieldsOf(section).filter(({ id }) => id === 'title');
    if (field) {
      const fix = advice('Give its title or its DOI');
      findings.push(
        found(
          descriptionRules.publication,
          placeOf(section, block, field),
          `Publication ${at + 1} cannot be recognised.`,
          fix,
        ),
      );
    }
  }
  return findings;
}

function checkValue(field: FieldInSection, value: FieldValue, place: FindingPlace): NewFinding[] {
  const mended = mendedValue(field, value);
  const isMended = JSON.stringify(mended) !== JSON.stringify(value);
  const wrong = field.schema.safeParse(value).error?.issues[0]?.message;
  if (wrong !== undefined) {
    const better = isMended && field.schema.safeParse(mended).success;
    const fix = better
      ? fieldFix('Write it as it is meant', value, mended)
      : advice('Correct it under Describe');
    return [found(descriptionRules.wrong, place, `“${field.title}”: ${wrong}`, fix)];
  }
  if (!isMended) return [];
  const hidden = invisibleCharacters(shownValue(value));
  if (hidden.length > 0) {
    const message = `“${field.title}” holds ${hidden.slice(0, 3).join(', ')}.`;
    return [found(descriptionRules.invisible, place, message, fieldFix('Take them out', value, mended))];
  }
  if (field.control === 'keywords' && Array.isArray(value) && mended.length > value.length) {
    const fix = fieldFix('Make them keywords of their own', value, mended);
    return [found(descriptionRules.keywords, place, 'Several words stand in one keyword.', fix)];
  }
  return [];
}

/** Sets the field to what was meant; worked out again when it is applied. */
function fieldFix(title: string, before: FieldValue, after: FieldValue): Fix {
  return { id: 'field', title, safe: true, before: shownValue(before), after: shownValue(after) };
}

function checkTitles(section: Section, blocks: readonly Block[]): NewFinding[] {
  const field = fieldsOf(section).find(({ id }) => id === section.titleField);
  if (!field || section.max === 1) return [];
  const titles = blocks.map((block) => {
    const title = block.values[section.titleField];
    return typeof title === 'string' ? title : '';
  });
  return repeatedTitles(titles).flatMap((at) => {
    const block = blocks[at];
    if (!block) return [];
    const message = `“${titles[at]?.trim()}” is the ${field.title.toLowerCase()} of another ${section.one} too.`;
    const fix = advice(`Give this ${section.one} another ${field.title.toLowerCase()}, or remove it`);
    return [found(descriptionRules.title, placeOf(section, block, field), message, fix)];
  });
}

function checkLinks(blocks: readonly Block[]): NewFinding[] {
  const links = blocks.flatMap((block) => {
    const link = block.values.link;
    // A link that is none is found with its field.
    const meant = typeof link === 'string' ? normalLink(link) : '';
    return isLink(meant) ? [{ block: block.id, link: meant }] : [];
  });
  const place = (block: string): FindingPlace => ({
    kind: 'field',
    section: 'links',
    block,
    field: 'link',
    label: 'Link',
  });
  const findings = links.flatMap(({ block, link }) => {
    const type = linkParts(link)?.type ?? null;
    if (type === null || isKnownPrefix(type)) return [];
    return [
      found(
        descriptionRules.prefix,
        place(block),
        `“${type}” is not in its list.`,
        advice('Give the address instead, if there is one'),
      ),
    ];
  });
  const first = links[0];
  if (first && !links.some(({ link }) => leadsToDataset(link))) {
    const fix = advice('Add the accession of the data set, such as S-BIAD634');
    findings.push(
      found(
        descriptionRules.dataset,
        place(first.block),
        'None of the links leads to a data set of images.',
        fix,
      ),
    );
  }
  return findings;
}
