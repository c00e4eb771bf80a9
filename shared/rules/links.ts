import { normalDoi } from './identifiers.ts';
import { cleanLine } from './invisible-characters.ts';

/** Prefixes of the `prefix:id` form that the web tool offers (submission-tool, templates/links.ts). */
export const LINK_PREFIXES: readonly string[] = [
  'pmc',
  'pmid',
  'doi',
  'chembl',
  'ega',
  'uniprot',
  'ena',
  'array design',
  'arrayexpress',
  'arrayexpress files',
  'dbsnp',
  'pdbe',
  'pfam',
  'omim',
  'interpro',
  'nucleotide',
  'geo',
  'intact',
  'biostudies',
  'biostudies title',
  'biostudies search',
  'go',
  'chebi',
  'bioproject',
  'biosamples',
  'chemagora',
  'compound',
  'rfam',
  'rnacentral',
  'nct',
  'expression atlas',
  'expression atlas (single cell)',
  'idr',
  'empiar',
];

/** A link as a PageTab stores it: an address without type, or an id whose type is the prefix. */
export interface LinkParts {
  readonly url: string;
  readonly type: string | null;
}

/** Accessions that say themselves where they are kept, with the prefix of that place. */
const ACCESSIONS: readonly (readonly [RegExp, string])[] = [
  [/^S-[A-Z]{2,10}\d+$/, 'biostudies'],
  [/^EMPIAR-\d+$/, 'empiar'],
  [/^idr\d{4}$/, 'idr'],
];

/**
 * Reads a link: an address (`http`, `https`, `ftp`), a `prefix:id`, or a bare accession such as `S-BIAD634`. Null
 * when it is none of them. Source: the web tool's link patterns `^(http|https|ftp)://.+$` and
 * `^([\w\s].+):([\w\W]+)$`; blanks, which curators had to take out, are refused.
 */
export function linkParts(text: string): LinkParts | null {
  if (/^(?:https?|ftp):\/\/[^\s/?#]+(?:[/?#]\S*)?$/.test(text)) return { url: text, type: null };
  const accession = ACCESSIONS.find(([pattern]) => pattern.test(text));
  if (accession) return { url: text, type: accession[1] };
  const pair = /^(?!https?:|ftp:)(\w[\w ()]*[\w)]):(?!\/\/)(\S+)$/i.exec(text);
  return pair ? { url: pair[2] ?? '', type: pair[1] ?? '' } : null;
}

export function isLink(text: string): boolean {
  return linkParts(text) !== null;
}

/** True when the prefix of a `prefix:id` link is one the web tool knows. */
export function isKnownPrefix(prefix: string): boolean {
  return LINK_PREFIXES.includes(prefix.toLowerCase());
}

/**
 * Mends what was clearly meant: blanks around and inside an address, a missing `https://`, `doi: 10.…`, blanks
 * after a prefix, an accession in lower case. Else the text merely cleaned.
 */
export function normalLink(text: string): string {
  const line = cleanLine(text);
  if (isLink(line)) return line;
  if (/^(?:https?|ftp):\/\//i.test(line)) {
    const address = line.replace(/\s+/g, '').replace(/^[a-z]+/i, (scheme) => scheme.toLowerCase());
    return isLink(address) ? address : line;
  }
  const doi = normalDoi(line);
  if (doi.startsWith('10.')) return `doi:${doi}`;
  if (/^(?:s-[a-z]{2,10}|empiar-)\d+$/i.test(line)) return line.toUpperCase();
  const host = `https://${line}`;
  if (/^(?:[a-z0-9-]+\.)+[a-z]{2,}(?:\/\S*)?$/i.test(line) && isLink(host)) return host;
  const pair = /^(\w[\w ()]*[\w)])\s*:\s*(\S+)$/.exec(line);
  const mended = pair ? `${pair[1]}:${pair[2]}` : line;
  return isLink(mended) ? mended : line;
}

/**
 * True when a link leads to a data set of images: an accession of BioStudies, EMPIAR or IDR, an address at one of
 * them, or a DOI (data sets elsewhere have one). The annotations page of the BioImage Archive asks for such a link.
 */
export function leadsToDataset(text: string): boolean {
  const parts = linkParts(text);
  if (!parts) return false;
  if (parts.type === null) {
    return /biostudies|bioimage-archive|empiar|idr\.openmicroscopy|doi\.org|zenodo|S-[A-Z]{2,10}\d+|EMPIAR-\d+/i.test(
      parts.url,
    );
  }
  return ['biostudies', 'empiar', 'idr', 'doi', 'arrayexpress'].includes(parts.type.toLowerCase());
}
