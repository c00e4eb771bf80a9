import type { FindingLevel, FindingPlace, Fix } from '../../../shared/model/finding.ts';
import type { NewFinding } from '../library/findings.ts';

/** A cause of findings, said once: what, why, whose rule it is, and what its fix does. */
export interface Rule {
  readonly id: string;
  readonly level: FindingLevel;
  /** Read after a number: `1 name contains +`, `1,204 names contain +`. */
  readonly title: { readonly one: string; readonly many: string };
  readonly reason: string;
  /** The document of the archive that says so, or on whose experience it rests. */
  readonly source: string;
  /** What its safe fix does to all at once; null when a person has to decide. */
  readonly fixTitle: string | null;
}

/** Makes a finding of a rule. */
export function found(rule: Rule, place: FindingPlace, message: string, fix: Fix | null = null): NewFinding {
  return { rule: rule.id, level: rule.level, place, message, fix };
}

/** What a person can do where Slipway cannot decide: a fix in words. */
export function advice(title: string): Fix {
  return { id: 'advice', title, safe: false, before: '', after: '' };
}

/** Leaves the entry out of what is sent. The file stays where it is. */
export const leaveOut: Fix = {
  id: 'leave-out',
  title: 'Leave it out',
  safe: true,
  before: 'sent',
  after: 'left out',
};

/** Gives the entry another path at the archive. */
export function renameTo(before: string, after: string, safe = true): Fix {
  return { id: 'remote-path', title: 'Rename at the archive', safe, before, after };
}

export function placeOfEntry(entry: {
  readonly id: number;
  readonly path: string;
  readonly name: string;
}): FindingPlace {
  return { kind: 'entry', entryId: entry.id, path: entry.path || entry.name };
}

export const wholeSubmission: FindingPlace = { kind: 'submission' };
