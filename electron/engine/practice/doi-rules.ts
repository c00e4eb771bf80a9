import { allSections, attributeOf, type Section, type Submission } from './pagetab.ts';

const ORGANISATION_TYPES = ['organisation', 'organization'];
const DOI_PREFIX = '10.6019';

/** A submission that asks for a DOI and lacks something for it; the message is BioStudies' own. */
export class DoiError extends Error {
  override readonly name = 'DoiError';
}

/**
 * Decides about the DOI as BioStudies DoiService does. Only a root attribute named exactly `DOI` asks for one. Then
 * a title is needed, an organisation with accession and name, and for every named author a first `affiliation` that
 * equals the accession of an organisation, case included.
 *
 * @returns the DOI, or null when none is asked for
 */
export function decideDoi(accNo: string, submission: Submission, previous: string | null): string | null {
  const asked = submission.attributes.find((attribute) => attribute.name === 'DOI');
  if (previous !== null) {
    if (asked === undefined) throw new DoiError(`The previous DOI: '${previous}' cannot be removed`);
    if (asked.value !== null && asked.value !== previous) {
      throw new DoiError(`The given DOI '${asked.value}' should match the previous DOI '${previous}'`);
    }
    return previous;
  }
  if (asked === undefined) return null;
  checkContributors(submission);
  return `${DOI_PREFIX}/${accNo}`;
}

function checkContributors(submission: Submission): void {
  if (attributeOf(submission, 'Title') === null && attributeOf(submission.section, 'Title') === null) {
    throw new DoiError('A title is required for DOI registration');
  }
  const sections = allSections(submission);
  const organisations = accessionsOf(
    sections.filter((section) => ORGANISATION_TYPES.includes(section.type.toLowerCase())),
  );
  for (const section of sections) {
    if (section.type.toLowerCase() !== 'author') continue;
    const name = anyCase(section, 'name');
    if (name === null) continue;
    const affiliation = anyCase(section, 'affiliation');
    if (affiliation === null) throw new DoiError('Authors are required to have an affiliation');
    if (!organisations.has(affiliation)) {
      throw new DoiError(
        `The organization '${affiliation}' affiliated to the author '${name.trim()}' could not be found`,
      );
    }
  }
}

function accessionsOf(organisations: readonly Section[]): Set<string> {
  if (organisations.length === 0) {
    throw new DoiError("The required DOI field 'Organization' could not be found");
  }
  const accessions = new Set<string>();
  for (const organisation of organisations) {
    const { accno } = organisation;
    if (accno === null) throw new DoiError('Organizations are required to have an accession');
    if (attributeOf(organisation, 'Name') === null) {
      throw new DoiError(`The following organization name is empty: '${accno}'`);
    }
    accessions.add(accno);
  }
  return accessions;
}

function anyCase(section: Section, name: string): string | null {
  return section.attributes.find((attribute) => attribute.name.toLowerCase() === name)?.value ?? null;
}
