import { cleanLine } from './invisible-characters.ts';

/**
 * What people paste where an identifier is asked for, and the form the archive wants. A `normal…` function gives
 * that form for anything that clearly means one, else the text merely cleaned; an `is…` function accepts only that
 * form. The mistakes handled are those that BioImage Archive curators mended by hand (BioImage-Archive/bia-integrator,
 * submission_overrides).
 */

const EMAIL =
  /^[^\s@<>(),;:"[\]\\]+@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}][\p{L}\p{N}-]+$/u;

/** One address as `name@host.tld`. Stricter than the web form's pattern `^[^\s@]+@[^\s@]+\.[^\s@]+$`, never looser. */
export function isEmail(text: string): boolean {
  return EMAIL.test(text);
}

/** Takes the address out of `Name <mail>`, drops `mailto:`, a full stop at the end, and an address typed twice. */
export function normalEmail(text: string): string {
  let mail = cleanLine(text);
  mail = /<([^<>]+)>/.exec(mail)?.[1]?.trim() ?? mail;
  mail = mail.replace(/^mailto:\s*/i, '').replace(/[.,;]+$/, '');
  const half = mail.slice(0, mail.length / 2);
  if (half + half === mail && isEmail(half)) mail = half;
  return isEmail(mail) ? mail : cleanLine(text);
}

/**
 * The ISO 7064 mod 11-2 check character of 15 digits, as ORCID uses it: `0`–`9` or `X`.
 */
export function orcidCheckCharacter(digits: string): string {
  let total = 0;
  for (const digit of digits) total = (total + Number(digit)) * 2;
  const result = (12 - (total % 11)) % 11;
  return result === 10 ? 'X' : String(result);
}

/** `0000-0002-1825-0097`: the web form's ORCID pattern with a right check character. An address is refused, as there. */
export function isOrcid(text: string): boolean {
  if (!/^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/.test(text)) return false;
  const plain = text.replaceAll('-', '');
  return orcidCheckCharacter(plain.slice(0, 15)) === plain.slice(15);
}

/** Takes the iD out of its address, puts hyphens where they belong. */
export function normalOrcid(text: string): string {
  const line = cleanLine(text);
  const bare = line
    .replace(/^(?:https?:\/\/)?(?:www\.)?orcid\.org\//i, '')
    .replace(/^orcid\s*(?:id|iD)?\s*:?\s*/i, '')
    .replace(/\/$/, '')
    .replace(/[\s\u2010-\u2015-]/gu, '')
    .toUpperCase();
  if (!/^\d{15}[\dX]$/.test(bare)) return line;
  return bare.replace(/(.{4})(?=.)/g, '$1-');
}

/** Registrant of four digits or more, then anything without blanks that does not end in a sentence's mark. */
export const DOI = /^10\.\d{4,9}(?:\.\d+)*\/[^\s<>"]*[^\s<>".,;]$/;

/** A DOI alone, such as `10.1038/s41592-025-02835-8`, not its address. */
export function isDoi(text: string): boolean {
  return DOI.test(text);
}

/** Takes the DOI out of its address or `doi:…`; an arXiv id becomes the DOI that arXiv gave it. */
export function normalDoi(text: string): string {
  const line = cleanLine(text);
  const arxiv =
    /^(?:https?:\/\/arxiv\.org\/(?:abs|pdf)\/|arxiv\s*:\s*)(\d{4}\.\d{4,5})(?:v\d+)?(?:\.pdf)?$/i.exec(
      line,
    )?.[1];
  if (arxiv !== undefined) return `10.48550/arXiv.${arxiv}`;
  const bare = line
    .replace(/^(?:https?:\/\/)?(?:dx\.|www\.)?doi\.org\//i, '')
    .replace(/^doi\s*:?\s*/i, '')
    .replace(/[.,;]+$/, '')
    .trim();
  return isDoi(bare) ? bare : line;
}

export const PUBMED_ID = /^[1-9]\d{0,7}$/;

/** A PubMed id: digits only, no leading zero, at most eight. */
export function isPubmedId(text: string): boolean {
  return PUBMED_ID.test(text);
}

/** Takes the number out of `PMID: …` or a PubMed address. */
export function normalPubmedId(text: string): string {
  const line = cleanLine(text);
  const id =
    /^(?:(?:https?:\/\/)?(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov\/pubmed)\/|pmid\s*:?\s*)(\d+)\/?$/i.exec(
      line,
    )?.[1];
  return id ?? line;
}

const ROR_LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';

/** `https://ror.org/` with `0`, six base-32 characters and an ISO 7064 mod 97-10 check number. */
export function isRorId(text: string): boolean {
  const id = /^https:\/\/ror\.org\/0([0-9a-hjkmnp-tv-z]{6})(\d\d)$/.exec(text);
  if (!id) return false;
  let number = 0;
  for (const letter of id[1] ?? '') number = number * 32 + ROR_LETTERS.indexOf(letter);
  return 98 - ((number * 100) % 97) === Number(id[2]);
}

/** Puts `https://ror.org/` before a bare ROR id. */
export function normalRorId(text: string): string {
  const line = cleanLine(text);
  const id = /^(?:https?:\/\/)?(?:www\.)?(?:ror\.org\/)?(0[0-9a-z]{6}\d\d)\/?$/i.exec(line)?.[1];
  return id === undefined ? line : `https://ror.org/${id.toLowerCase()}`;
}
