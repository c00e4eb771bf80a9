import { formatBytes, formatCounted } from '../../../shared/rules/format-quantities.ts';
import { dayWords } from './submit-facts.ts';

export interface OwnerMessageFacts {
  readonly title: string;
  readonly archiveTitle: string;
  readonly accession: string;
  /** Public page; null when there is none. */
  readonly page: string | null;
  readonly files: number;
  readonly bytes: number;
  /** `YYYY-MM-DD`; empty when unknown. */
  readonly releaseDate: string;
  /** Today, `YYYY-MM-DD` in UTC. */
  readonly today: string;
  readonly practice: boolean;
}

/** A message to the owner of the data, ready to paste into an e-mail: what is where, since when, how to cite it. */
export function ownerMessage(facts: OwnerMessageFacts): string {
  const { title, archiveTitle, accession, page } = facts;
  const lines = [
    `Subject: ${facts.practice ? 'Rehearsal: ' : ''}Your data at the ${archiveTitle}, ${accession}`,
    '',
    'Hello,',
    '',
    facts.practice
      ? `this was a rehearsal: “${title}” went to a practice archive on our own computer, nothing was published.`
      : `“${title}” is now deposited at the ${archiveTitle}.`,
    '',
    `Accession: ${accession}`,
    ...(page === null ? [] : [`Page: ${page}`]),
    `Content: ${formatCounted(facts.files, 'file')}, ${formatBytes(facts.bytes)}. The archive confirmed each of them.`,
    ...releaseLines(facts),
    '',
    ...(facts.practice
      ? []
      : [
          `Please cite it as: ${title}. ${archiveTitle}, accession ${accession}.`,
          'Please keep your own copy until you have seen the submission on its page.',
          '',
        ]),
    'I have a receipt that lists every file with its size and SHA-256 checksum; say so if you want it.',
  ];
  return lines.join('\n');
}

function releaseLines({ releaseDate, today, practice }: OwnerMessageFacts): string[] {
  if (practice || releaseDate === '') return [];
  if (releaseDate <= today)
    return ['Release: public as soon as the archive has taken it in, after about a day.'];
  return [`Release: public from ${dayWords(releaseDate)} on. Tell me if this day should change.`];
}
