import { afterEach, describe, expect, it } from 'vitest';
import type { NewFinding } from '../library/findings.ts';
import { replaceFindings } from '../library/findings.ts';
import { findingsReport } from './report.ts';
import { submissionWith } from './submission-for-tests.ts';

let submission: Awaited<ReturnType<typeof submissionWith>> | undefined;
afterEach(() => {
  submission?.remove();
  submission = undefined;
});

const hostile = `<script>alert(1)</script>"'><img src=x onerror=alert(2)>\u202egpj.exe\u0007&amp;`;
const finding = (path: string, message: string): NewFinding => ({
  rule: 'name-plus',
  level: 'must',
  place: { kind: 'source', sourceId: 1, path },
  message,
  fix: { id: 'advice', title: path, safe: false, before: path, after: message },
});
const report = async (findings: NewFinding[], as: 'json' | 'html') => {
  submission = await submissionWith({});
  submission.describe({ study: [{ id: 's', values: { title: hostile } }] });
  await replaceFindings(submission.file, [findings]);
  return findingsReport(submission.file, as);
};

describe('report', () => {
  it('as JSON holds groups, places and fixes', async () => {
    const data = JSON.parse(await report([finding('a+b', 'm')], 'json'));
    expect(data).toMatchObject({
      format: 'slipway-findings/1',
      destination: 'BIA annotations',
      counts: { must: 1, should: 0, may: 0 },
      groups: [
        {
          rule: 'name-plus',
          title: 'name contains +',
          count: 1,
          unlisted: 0,
          findings: [{ place: { path: 'a+b' }, message: 'm' }],
        },
      ],
    });
  });

  it('as HTML lets no name or text of others become markup, script or turned text', async () => {
    const html = await report([finding(hostile, hostile)], 'html');
    expect(html.match(/<[a-z][^>]*>/gi)?.filter((tag) => /script|img|onerror/i.test(tag))).toEqual([]);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/[\u202a-\u202e\u2066-\u2069]|[\p{Cc}--[\n]]/v);
    expect(html).toContain('[U+202E]');
    // An attribute value never holds text of others but in the one place where it is a time of our own.
    expect(html.match(/\s[a-z-]+="[^"]*"/g)?.every((attribute) => !attribute.includes('alert'))).toBe(true);
  });

  it('lists at most 500 of a group and says how many more there are', async () => {
    const many = Array.from({ length: 700 }, (_, at) => finding(`f${at}`, `m${at}`));
    const html = await report(many, 'html');
    expect(html.match(/<li>/g)).toHaveLength(500);
    expect(html).toContain('… and 200 more.');
    expect(html).toContain('700 <bdi>names contain +</bdi>');
  });

  it('says when it is out of date', async () => {
    const html = await report([], 'html');
    expect(html).toContain('Checked <time');
    submission?.file.run('UPDATE submission SET checked_at = NULL');
    expect(submission && findingsReport(submission.file, 'html')).toContain('check again');
  });
});
