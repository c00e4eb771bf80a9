import {
  type Annotation,
  annotationFields,
  type Contact,
  contactFields,
  fundingFields,
  linkFields,
  publicationFields,
  type Study,
  studyFields,
} from '../../../../shared/destinations/bia-annotations-fields.ts';
import type { Metadata } from '../../../../shared/model/metadata.ts';
import { normalDoi, normalEmail, normalOrcid, normalPubmedId } from '../../../../shared/rules/identifiers.ts';
import { linkParts, normalLink } from '../../../../shared/rules/links.ts';
import { type Draft, drafts } from './drafts.ts';
import { OrganisationList } from './organisation-list.ts';
import type { PageTab, PageTabAttribute, PageTabLink, PageTabSection } from './page-tab-shape.ts';

/** The collection that BioImage Archive submissions are attached to. */
export const COLLECTION = 'BioImages';
/** The template of annotations-only submissions; without it the web tool cannot open the submission again. */
export const TEMPLATE = 'BioImages.MIFA.v1';
/**
 * Type of the annotation sections. Templates MIFA.v1 and v5 say `Annotation`; v4 and older ingest said `Annotations`,
 * and curators had to rename one to the other (S-BIAD2808). It has changed before: change it here.
 */
export const ANNOTATION_SECTION = 'Annotation';

/** What the document needs beside what people described. */
export interface DocumentContext {
  /** Path of the file list of each annotation block, below the root of the user's space, by block id. */
  readonly fileLists: Readonly<Record<string, string>>;
  /** The accession, once the archive has given one to the draft. */
  readonly accno?: string;
}

/**
 * Writes the PageTab of an annotations-only submission (BioImages.MIFA.v1) from what people described. Identifiers
 * come out in their normal form, empty values and empty sections are left out, and what is wrong stays as typed: the
 * checks say so, this does not hide it. Source: BioStudies PageTab JSON as the submission tool writes it.
 */
export function writePageTab(metadata: Metadata, context: DocumentContext): PageTab {
  const study = drafts(metadata.study, studyFields)[0]?.draft ?? {};
  const organisations = new OrganisationList();
  const contacts = drafts(metadata.contacts, contactFields).map(({ draft }) => author(draft, organisations));
  const annotations = drafts(metadata.annotations, annotationFields).map(({ id, draft }, at) =>
    annotation(draft, `anno-${at + 1}`, context.fileLists[id]),
  );
  const links = drafts(metadata.links, linkFields).flatMap(({ draft }) =>
    link(draft.link, draft.description),
  );
  const subsections = [
    ...contacts,
    ...organisations.sections(),
    ...drafts(metadata.fundings, fundingFields).map(({ draft }) =>
      section('Funding', [one('Agency', draft.agency), one('grant_id', draft.grantId)]),
    ),
    ...drafts(metadata.publications, publicationFields).map(({ draft }) =>
      section('Publication', [
        one('Pubmed ID', mended(draft.pubmedId, normalPubmedId)),
        one('Title', draft.title),
        one('Authors', draft.authors),
        one('DOI', mended(draft.doi, normalDoi)),
        one('Year', draft.year),
      ]),
    ),
    ...annotations,
  ].filter((candidate) => candidate.attributes.length > 0);
  return {
    type: 'submission',
    ...(context.accno === undefined ? {} : { accno: context.accno }),
    attributes: attributes([
      one('Title', study.title),
      one('ReleaseDate', study.releaseDate),
      one('AttachTo', COLLECTION),
      one('Template', TEMPLATE),
    ]),
    section: {
      type: 'Study',
      attributes: studyAttributes(study),
      ...(links.length === 0 ? {} : { links }),
      ...(subsections.length === 0 ? {} : { subsections }),
    },
  };
}

type Maybe = readonly PageTabAttribute[];

/** An attribute, or none when there is nothing to say: the archive's web tool drops empty ones too. */
function one(name: string, value: string | undefined): Maybe {
  return value === undefined || value === '' ? [] : [{ name, value }];
}

function attributes(parts: readonly Maybe[]): PageTabAttribute[] {
  return parts.flat();
}

function section(type: string, parts: readonly Maybe[], accno?: string): PageTabSection {
  return { type, ...(accno === undefined ? {} : { accno }), attributes: attributes(parts) };
}

function mended(text: string | undefined, normal: (text: string) => string): string | undefined {
  return text === undefined ? undefined : normal(text);
}

function studyAttributes(study: Draft<Study>): PageTabAttribute[] {
  return attributes([
    one('Title', study.title),
    one('Description', study.description),
    one('ReleaseDate', study.releaseDate),
    (study.keywords ?? []).flatMap((keyword) => one('Keywords', keyword)),
    one('Acknowledgements', study.acknowledgements),
  ]);
}

function author(contact: Draft<Contact>, organisations: OrganisationList): PageTabSection {
  const affiliations = new Set(
    (contact.organisations ?? []).map((organisation) => organisations.add(organisation)),
  );
  return section('Author', [
    one('Name', contact.name),
    one('E-mail', mended(contact.email, normalEmail)),
    one('Role', contact.role),
    one('ORCID', mended(contact.orcid, normalOrcid)),
    Array.from(affiliations, (value) => ({ name: 'affiliation', value, reference: true }) as const),
  ]);
}

function annotation(draft: Draft<Annotation>, accno: string, fileList: string | undefined): PageTabSection {
  return section(
    ANNOTATION_SECTION,
    [
      one('Title', draft.title),
      one('Annotation Overview', draft.overview),
      one('Annotation Type', draft.type),
      one('Annotation Method', draft.method),
      one('Annotation Confidence Level', draft.confidence),
      one('Annotation Criteria', draft.criteria),
      one('Annotation Coverage', draft.coverage),
      one('File List', fileList),
    ],
    accno,
  );
}

/** `prefix:id` is stored as the id with the prefix as its type, an address as it is. */
function link(text: string | undefined, description: string | undefined): PageTabLink[] {
  const normal = mended(text, normalLink);
  if (normal === undefined || normal === '') return [];
  const parts = linkParts(normal);
  const told = attributes([one('Description', description), one('Type', parts?.type ?? undefined)]);
  return [{ url: parts?.url ?? normal, ...(told.length === 0 ? {} : { attributes: told }) }];
}
