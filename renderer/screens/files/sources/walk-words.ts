import type { LinkRule, ScanReport, WalkCause } from '../../../../shared/model/walk.ts';
import { formatCount } from '../../../../shared/rules/format-quantities.ts';
import type { ChangeKind } from './walk-panel-store.ts';

export const changeTitle: Readonly<Record<ChangeKind, string>> = {
  added: 'New',
  changed: 'Changed',
  gone: 'Gone',
  renamed: 'Renamed',
};

/** The kinds of changes there are in a report, in the order in which they are told. */
export function changesIn(report: ScanReport): ChangeKind[] {
  return (['added', 'changed', 'gone', 'renamed'] as const).filter((kind) => report[kind] > 0);
}

/** What a scan found otherwise than the one before, in a few words; '' when nothing. */
export function reportWords(report: ScanReport | null): string {
  if (report === null) return '';
  return changesIn(report)
    .map((kind) => `${formatCount(report[kind])} ${changeTitle[kind].toLowerCase()}`)
    .join(', ');
}

export const linkTitle: Readonly<Record<LinkRule, string>> = {
  skip: 'Skip links',
  inside: 'Follow links inside this folder',
  all: 'Follow all links, also out of this folder',
};

const causeTitle: Readonly<Record<WalkCause, string>> = {
  link: 'Links that are not followed',
  'link-lost': 'Links that lead nowhere',
  loop: 'Folders that lead back to themselves',
  special: 'Neither files nor folders',
  mount: 'On another disk',
  followed: 'Links that were followed',
  vanished: 'Gone while looking',
};

/** What a cause of skipping is called; `reason` is how a rule says it. */
export function causeWords(cause: string, reason: string): string {
  const title = (causeTitle as Readonly<Record<string, string>>)[cause];
  return title ?? reason.charAt(0).toUpperCase() + reason.slice(1);
}

/** What a rule leaves out, by what the last scans met. `files` are in the index now and would leave it. */
export function ruleWords({ skipped, files }: { readonly skipped: number; readonly files: number }): string {
  const parts = [
    skipped > 0 && `${formatCount(skipped)} skipped now`,
    files > 0 &&
      `would skip ${formatCount(files)} ${skipped > 0 ? 'more ' : ''}${files === 1 ? 'file' : 'files'}`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? 'fits nothing here' : parts.join(', ');
}
