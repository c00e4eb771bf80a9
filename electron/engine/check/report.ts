import type { Finding, FindingCounts, FindingGroup } from '../../../shared/model/finding.ts';
import { findingCounts, findingGroups, findingPage } from '../library/findings.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { profileOfFile } from '../library/submission-row.ts';
import { submissionSummary } from '../library/summary.ts';
import { reportHtml } from './report-html.ts';
import { describeRule } from './rules.ts';

/** Findings of a group that a report lists; their number is told in any case. */
const LISTED = { json: 10_000, html: 500 } as const;

/** The findings of a submission as data, to mail or to read by program. Times are ISO 8601 in UTC. */
export interface FindingsReport {
  readonly format: 'slipway-findings/1';
  readonly title: string;
  readonly fileName: string;
  readonly destination: string;
  readonly archive: string;
  readonly state: string;
  /** Null when something was changed since the last check, or nothing was ever checked. */
  readonly checkedAt: string | null;
  readonly counts: FindingCounts;
  readonly groups: readonly (FindingGroup & {
    readonly findings: readonly ReportedFinding[];
    readonly unlisted: number;
  })[];
}

export type ReportedFinding = Pick<Finding, 'place' | 'message' | 'fix'>;

/** Writes the findings as JSON, or as one HTML page that needs nothing else and runs nothing. */
export function findingsReport(file: SubmissionFile, as: 'json' | 'html'): string {
  const report = collect(file, LISTED[as]);
  return as === 'json' ? `${JSON.stringify(report, null, 2)}\n` : reportHtml(report);
}

function collect(file: SubmissionFile, most: number): FindingsReport {
  const summary = submissionSummary(file);
  const groups = findingGroups(file, describeRule).map((group) => {
    const findings = listed(file, group, most);
    return { ...group, findings, unlisted: group.count - findings.length };
  });
  return {
    format: 'slipway-findings/1',
    title: summary.title,
    fileName: summary.fileName,
    destination: profileOfFile(file).title,
    archive: summary.archive,
    state: summary.state,
    checkedAt: summary.checkedAt,
    counts: findingCounts(file),
    groups,
  };
}

function listed(file: SubmissionFile, { rule, level }: FindingGroup, most: number): ReportedFinding[] {
  const { rows } = findingPage(file, { rule, level, offset: 0, limit: most });
  return rows.map(({ place, message, fix }) => ({ place, message, fix }));
}
