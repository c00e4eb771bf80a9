import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  isDoi,
  isEmail,
  isOrcid,
  isRorId,
  normalDoi,
  normalOrcid,
} from '../../../shared/rules/identifiers.ts';
import { invisibleCharacters } from '../../../shared/rules/invisible-characters.ts';
import { isLink, normalLink } from '../../../shared/rules/links.ts';

const folder = resolve(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data', 'pagetab');

interface Section {
  readonly attributes?: readonly { readonly name: string; readonly value?: string | null }[];
  readonly links?: readonly unknown[];
  readonly subsections?: readonly unknown[];
}

/** Every section of every study that was really submitted. */
function sections(): Section[] {
  const below = (section: unknown): Section[] =>
    Array.isArray(section)
      ? section.flatMap(below)
      : [section as Section, ...((section as Section).subsections ?? []).flatMap(below)];
  return readdirSync(folder)
    .filter((name) => name.startsWith('S-BIAD'))
    .flatMap((name) => readdirSync(join(folder, name)).map((file) => join(folder, name, file)))
    .flatMap((path) => {
      const document = JSON.parse(readFileSync(path, 'utf8')) as { section?: unknown };
      return document.section === undefined ? [] : below(document.section);
    });
}

describe.skipIf(!existsSync(folder))(
  'studies at the BioImage Archive (skipped without the test data)',
  () => {
    const values = (...names: string[]) =>
      sections().flatMap(({ attributes }) =>
        (attributes ?? []).flatMap(({ name, value }) => (names.includes(name) && value ? [value] : [])),
      );

    it('have no e-mail address and no ROR id that is refused', () => {
      expect(values('E-mail', 'Email').length).toBeGreaterThan(10);
      expect(values('E-mail', 'Email').filter((mail) => !isEmail(mail))).toEqual([]);
      expect(values('RORID').filter((id) => !isRorId(id))).toEqual([]);
    });

    it('have DOIs and ORCID iDs in many forms, each of which is understood', () => {
      const dois = values('DOI');
      expect(dois.filter((doi) => !isDoi(doi))).toContain('https://doi.org/DOI: 10.26508/lsa.202403067');
      expect(dois.map(normalDoi).filter((doi) => !isDoi(doi))).toEqual([]);
      const orcids = values('ORCID');
      expect(orcids.some((id) => !isOrcid(id))).toBe(true);
      expect(orcids.map(normalOrcid).filter((id) => !isOrcid(id))).toEqual([]);
    });

    it('have links that are understood, a bare DOI among them', () => {
      const links = sections().flatMap((section) => (section.links ?? []).flat() as { url: string }[]);
      expect(links.map(({ url }) => normalLink(url)).filter((link) => !isLink(link))).toEqual([]);
      expect(normalLink('10.3389/fcell.2024.1430728')).toBe('doi:10.3389/fcell.2024.1430728');
    });

    it('hold invisible characters here and there, which are seen', () => {
      expect(values('Image analysis overview').flatMap(invisibleCharacters)).toContain('U+200B');
    });
  },
);
