import type { Organisation } from '../../../../shared/model/metadata.ts';
import { normalRorId } from '../../../../shared/rules/identifiers.ts';
import { titleKey } from '../../../../shared/rules/titles.ts';
import type { PageTabAttribute, PageTabSection } from './page-tab-shape.ts';

/**
 * Type of organisation sections, as the archive's web tool writes it; the backend takes `Organization` as well.
 */
export const ORGANISATION_SECTION = 'organisation';

interface Listed {
  readonly accno: string;
  readonly name: string;
  rorId: string;
  address: string;
}

/**
 * The organisations of a document, each once, as `o1`, `o2`, … People refer to them by these accessions, letter
 * case included, because the backend compares them so. Same ROR id or same name means the same organisation, unless
 * two ROR ids differ.
 */
export class OrganisationList {
  readonly #listed: Listed[] = [];

  /** Adds an organisation unless it is there; returns its accession. */
  add(organisation: Organisation): string {
    const rorId = normalRorId(organisation.rorId ?? '');
    const name = organisation.name;
    const known = this.#listed.find(
      (listed) =>
        (rorId !== '' && listed.rorId === rorId) ||
        (titleKey(listed.name) === titleKey(name) && (rorId === '' || listed.rorId === '')),
    );
    if (known) {
      known.rorId ||= rorId;
      known.address ||= organisation.address ?? '';
      return known.accno;
    }
    const accno = `o${this.#listed.length + 1}`;
    this.#listed.push({ accno, name, rorId, address: organisation.address ?? '' });
    return accno;
  }

  sections(): PageTabSection[] {
    return this.#listed.map(({ accno, name, rorId, address }) => ({
      type: ORGANISATION_SECTION,
      accno,
      attributes: [
        { name: 'Name', value: name },
        { name: 'RORID', value: rorId },
        { name: 'Address', value: address },
      ].filter((attribute: PageTabAttribute) => attribute.value !== ''),
    }));
  }
}
