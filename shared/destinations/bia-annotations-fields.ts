import { z } from 'zod';
import {
  DOI,
  isEmail,
  isOrcid,
  isRorId,
  normalDoi,
  normalEmail,
  normalOrcid,
  normalPubmedId,
  PUBMED_ID,
} from '../rules/identifiers.ts';
import { isLink, normalLink } from '../rules/links.ts';
import { normalDate, releaseDateTrouble } from '../rules/release-date.ts';
import { ANNOTATION_TYPES, ROLES } from './bia-vocabularies.ts';
import { field } from './profile.ts';

/**
 * The fields of BioImages.MIFA.v1, section by section, for values that are filled. Levels, vocabularies and patterns
 * are the template's (submission-tool, templates/BioImages.MIFA.v1); texts are our own. A field that may stay empty
 * is optional in its schema, so that the types below say what a document may lack.
 */

const filled = z
  .string({ error: 'Write text here.' })
  .regex(/\S/, { error: 'Write something here.', abort: true });
const oneOf = <T extends string>(terms: readonly { value: T }[], error: string) =>
  z.enum(terms.map((term) => term.value) as [T, ...T[]], { error });

/** At least so long (BioImages templates: Title ≥ 25 characters). */
export const TITLE_LENGTH = 25;
const TOO_SHORT = `The archive wants at least ${TITLE_LENGTH} characters here.`;

export const studyFields = z.object({
  title: field(
    {
      title: 'Title',
      help: 'Say in one line what the annotations are and of which images. At least 25 characters.',
      level: 'required',
      control: 'long-text',
      example: 'Nuclear segmentation masks for light-sheet images of zebrafish hearts',
    },
    filled
      .min(TITLE_LENGTH, { error: TOO_SHORT, abort: true })
      .refine((text) => text.trim().length >= TITLE_LENGTH, TOO_SHORT),
  ),
  description: field(
    {
      title: 'Description',
      help: 'What somebody who never met you needs to know: what was annotated, why, and what it can be used for.',
      level: 'required',
      control: 'long-text',
      example:
        'Instance masks of nuclei in 120 light-sheet stacks, drawn to train and to test segmentation models …',
    },
    filled,
  ),
  releaseDate: field(
    {
      title: 'Release date',
      help: 'From this day everybody can see it. Today, or a day up to two years ahead; you may change it until then.',
      level: 'required',
      control: 'date',
      example: '2027-01-31',
      normal: normalDate,
    },
    z
      .string({ error: 'Write a date here.' })
      .regex(/^\d{4}-\d{2}-\d{2}$/, {
        error: 'Write the date as year-month-day, such as 2027-01-31.',
        abort: true,
      })
      .superRefine((text, context) => {
        const trouble = releaseDateTrouble(text);
        if (trouble !== null) context.addIssue({ code: 'custom', message: trouble });
      }),
  ),
  keywords: field(
    {
      title: 'Keywords',
      help: 'Words that people would search for, one at a time.',
      level: 'required',
      control: 'keywords',
      example: 'nuclei',
      repeats: true,
    },
    z.array(filled, { error: 'Write a list of keywords here.' }).min(1, 'Give at least one keyword.'),
  ),
  acknowledgements: field(
    {
      title: 'Acknowledgements',
      help: 'Who helped: facilities, technicians, annotators.',
      level: 'desirable',
      control: 'long-text',
      example: 'We thank the annotators of the imaging facility.',
    },
    filled.optional(),
  ),
});

/** An organisation that can be written into the document: it has a name, and a ROR id only in its full form. */
export const organisationFields = z.object({
  name: z
    .string({ error: 'Give the name of the organisation.' })
    .refine((text) => text.trim() !== '', 'Give the name of the organisation.'),
  rorId: z
    .string()
    .refine(
      (text) => text === '' || isRorId(text),
      'Write the ROR id in full, such as https://ror.org/03mstc592.',
    )
    .optional(),
  address: z.string().optional(),
});

export const contactFields = z.object({
  name: field(
    {
      title: 'Name',
      help: 'Given name and family name.',
      level: 'required',
      control: 'text',
      example: 'Ada Lovelace',
    },
    filled,
  ),
  email: field(
    {
      title: 'E-mail',
      help: 'One address, without the name in front of it.',
      level: 'required',
      control: 'email',
      example: 'ada@example.org',
      normal: normalEmail,
    },
    z
      .string({ error: 'Write an e-mail address here.' })
      .refine(isEmail, 'Write one address such as ada@example.org, without a name or brackets.'),
  ),
  organisations: field(
    {
      title: 'Organisation',
      help: 'Where the person works. Give each organisation on its own.',
      level: 'required',
      control: 'organisations',
      example: 'European Molecular Biology Laboratory',
      repeats: true,
    },
    z
      .array(organisationFields, { error: 'Write a list of organisations here.' })
      .min(1, 'Give at least one organisation.'),
  ),
  role: field(
    {
      title: 'Role',
      help: 'What the person did for this work.',
      level: 'required',
      control: 'choice',
      vocabulary: { terms: ROLES, open: false },
    },
    oneOf(ROLES, 'Choose one of the nine roles the archive knows.'),
  ),
  orcid: field(
    {
      title: 'ORCID',
      help: 'Sixteen characters in groups of four, without the address in front.',
      level: 'desirable',
      control: 'orcid',
      example: '0000-0002-1825-0097',
      normal: normalOrcid,
    },
    z
      .string({ error: 'Write an ORCID iD here.' })
      .regex(/^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/, {
        error: 'Write the iD alone, such as 0000-0002-1825-0097.',
        abort: true,
      })
      .refine(isOrcid, 'This iD has a typing error: its last character does not fit the others.')
      .optional(),
  ),
});

export const fundingFields = z.object({
  agency: field(
    {
      title: 'Agency',
      help: 'Who paid for the work.',
      level: 'desirable',
      control: 'text',
      example: 'European Research Council',
    },
    filled.optional(),
  ),
  grantId: field(
    {
      title: 'Grant number',
      help: 'As it stands in the grant letter.',
      level: 'desirable',
      control: 'text',
      example: '101012345',
    },
    filled.optional(),
  ),
});

export const publicationFields = z.object({
  pubmedId: field(
    {
      title: 'PubMed id',
      help: 'Digits only. Leave it empty while there is none.',
      level: 'desirable',
      control: 'text',
      example: '37567915',
      normal: normalPubmedId,
    },
    z
      .string({ error: 'Write a PubMed id here.' })
      .regex(PUBMED_ID, 'Write the digits alone, such as 37567915, or leave it empty while there is none.')
      .optional(),
  ),
  title: field(
    { title: 'Title', help: 'Title of the paper or preprint.', level: 'desirable', control: 'text' },
    filled.optional(),
  ),
  authors: field(
    {
      title: 'Authors',
      help: 'All authors, separated by commas.',
      level: 'desirable',
      control: 'text',
      example: 'Lovelace A, Babbage C',
    },
    filled.optional(),
  ),
  doi: field(
    {
      title: 'DOI',
      help: 'It starts with 10. and comes without an address in front. A preprint has one too.',
      level: 'desirable',
      control: 'text',
      example: '10.1038/s41592-025-02835-8',
      normal: normalDoi,
    },
    z
      .string({ error: 'Write a DOI here.' })
      .regex(DOI, 'Write the DOI alone, such as 10.1234/abc, or leave it empty while there is none.')
      .optional(),
  ),
  year: field(
    { title: 'Year', help: 'Year of publication.', level: 'desirable', control: 'text', example: '2025' },
    z
      .string({ error: 'Write a year here.' })
      .regex(/^(?:19|20)\d\d$/, 'Write the year with four digits, such as 2025.')
      .optional(),
  ),
});

export const linkFields = z.object({
  link: field(
    {
      title: 'Link',
      help: 'The accession of the image data set, such as S-BIAD634; or an address; or prefix:id, such as empiar:EMPIAR-11380.',
      level: 'required',
      control: 'link',
      example: 'S-BIAD634',
      normal: normalLink,
    },
    z
      .string({ error: 'Write a link here.' })
      .refine(
        isLink,
        'Write an accession such as S-BIAD634, an address that starts with https://, or prefix:id. No blanks.',
      ),
  ),
  description: field(
    {
      title: 'Description',
      help: 'What is found there.',
      level: 'desirable',
      control: 'text',
      example: 'The images that were annotated',
    },
    filled.optional(),
  ),
});

export const annotationFields = z.object({
  title: field(
    {
      title: 'Title',
      help: 'A short name for this set of annotations.',
      level: 'required',
      control: 'text',
      example: 'Instance masks of nuclei',
    },
    filled,
  ),
  overview: field(
    {
      title: 'Annotation overview',
      help: 'What kind of annotations these are and, in a sentence, how they came about.',
      level: 'required',
      control: 'long-text',
      example: 'One mask for each nucleus, first guessed by a model, then corrected by hand.',
    },
    filled,
  ),
  type: field(
    {
      title: 'Annotation type',
      help: 'The one that fits best. Files of another type can say so in the file list.',
      level: 'required',
      control: 'choice',
      vocabulary: { terms: ANNOTATION_TYPES, open: false },
    },
    oneOf(ANNOTATION_TYPES, 'Choose one of the eleven annotation types the archive knows.'),
  ),
  method: field(
    {
      title: 'Annotation method',
      help: 'Who or what annotated: experts, a crowd, a program and its version. Then when, how agreement was reached and how it was checked.',
      level: 'required',
      control: 'long-text',
      example:
        'Cellpose 3.0 with the nuclei model; two experts corrected every mask; a third settled differences.',
    },
    filled,
  ),
  confidence: field(
    {
      title: 'Annotation confidence',
      help: 'How sure the annotations are: by own judgement, by how far annotators differed, or by their experience in years.',
      level: 'desirable',
      control: 'long-text',
      example: 'Two annotators agreed on 94 % of the objects (Dice > 0.8).',
    },
    filled.optional(),
  ),
  criteria: field(
    {
      title: 'Annotation criteria',
      help: 'The rules that annotators followed: what counts, what was left out.',
      level: 'desirable',
      control: 'long-text',
      example: 'Nuclei cut by the border of the image were left out.',
    },
    filled.optional(),
  ),
  coverage: field(
    {
      title: 'Annotation coverage',
      help: 'Which images of the data set were annotated, and how many in a hundred.',
      level: 'desirable',
      control: 'long-text',
      example: 'Every tenth stack, 12 of 120.',
    },
    filled.optional(),
  ),
});

/** One filled block of each section. */
export type Study = z.infer<typeof studyFields>;
export type Contact = z.infer<typeof contactFields>;
export type Funding = z.infer<typeof fundingFields>;
export type Publication = z.infer<typeof publicationFields>;
export type Link = z.infer<typeof linkFields>;
export type Annotation = z.infer<typeof annotationFields>;
