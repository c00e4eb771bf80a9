import { fieldsOf, type Profile, type Section } from '../../../shared/destinations/profile.ts';
import type { Block, FieldValue, Metadata } from '../../../shared/model/metadata.ts';

/** What a person should see once more before the irreversible step. */
export interface SubmitFacts {
  readonly title: string;
  /** `YYYY-MM-DD`, empty while none is set. */
  readonly releaseDate: string;
  /** `Ada Lovelace <ada@example.org>`, in the order of the form. */
  readonly contacts: readonly string[];
}

/**
 * Reads title, release date and contacts from a description. Which field is which follows from the profile:
 * the title is the naming field of its first section, the release date its first date, a contact a block of
 * the section with an e-mail field.
 */
export function submitFacts(profile: Profile, metadata: Metadata): SubmitFacts {
  const [first] = profile.sections;
  const dated = sectionWith(profile, 'date');
  const people = sectionWith(profile, 'email');
  return {
    title: first ? text(metadata[first.id]?.[0]?.values[first.titleField]) : '',
    releaseDate: dated ? text(metadata[dated.section.id]?.[0]?.values[dated.field]) : '',
    contacts: people
      ? (metadata[people.section.id] ?? [])
          .map((block) => contactWords(block, people.section.titleField, people.field))
          .filter((words) => words !== '')
      : [],
  };
}

function sectionWith(profile: Profile, control: string): { section: Section; field: string } | null {
  for (const section of profile.sections) {
    const field = fieldsOf(section).find((one) => one.control === control);
    if (field) return { section, field: field.id };
  }
  return null;
}

function contactWords(block: Block, nameField: string, emailField: string): string {
  const name = text(block.values[nameField]);
  const email = text(block.values[emailField]);
  if (name === '') return email;
  return email === '' ? name : `${name} <${email}>`;
}

function text(value: FieldValue | undefined): string {
  return typeof value === 'string' ? value.trim() : '';
}

/** A calendar day as people write it: `31 January 2027`; text that is no day comes back as it is. */
export function dayWords(day: string): string {
  const time = Date.parse(`${day}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(time)) return day;
  return new Date(time).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

/** Who sees it when. `today` is `YYYY-MM-DD` in UTC, as the archive counts. */
export function releaseWords(releaseDate: string, today: string): string {
  if (releaseDate === '') return 'No release date is set.';
  if (releaseDate <= today) return `Everybody can see it as soon as the archive has taken it in.`;
  return `Everybody can see it from ${dayWords(releaseDate)} on; until then only the account that sends it.`;
}
