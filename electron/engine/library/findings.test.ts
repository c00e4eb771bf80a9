import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fix } from '../../../shared/model/finding.ts';
import {
  eachFinding,
  type FindingQuery,
  findingCounts,
  findingGroups,
  findingGroupsWith,
  findingPage,
  findingPageOfMany,
  type NewFinding,
  removeFindings,
  replaceFindings,
} from './findings.ts';
import type { SubmissionFile } from './submission-file.ts';
import { setArchive, submissionRow } from './submission-row.ts';
import { newSubmissionFile, temporaryFolder, writeIndex } from './test-support.ts';

let remove: () => void;
let file: SubmissionFile;
let entryId: number;
beforeEach(() => {
  const made = temporaryFolder();
  remove = made.remove;
  file = newSubmissionFile(made.folder);
  entryId = writeIndex(file, { 'a+b.tif': 'mask' })['a+b.tif'] ?? 0;
});
afterEach(() => {
  file.close();
  remove();
});

const fix: Fix = {
  id: 'rename',
  title: 'Rename at the archive',
  safe: true,
  before: 'a+b.tif',
  after: 'a--b.tif',
};
const onEntry = (
  message: string,
  level: NewFinding['level'] = 'must',
  fixed: Fix | null = fix,
): NewFinding => ({
  rule: 'name',
  level,
  place: { kind: 'entry', entryId, path: 'a+b.tif' },
  message,
  fix: fixed,
});
const onField: NewFinding = {
  rule: 'required',
  level: 'must',
  place: { kind: 'field', section: 'study', block: 'x', field: 'title', label: 'Title' },
  message: 'Not filled.',
  fix: null,
};
const describeRule = (rule: string) => ({ title: `About ${rule}`, reason: 'because', source: 'page' });

describe('findings', () => {
  it('take the place of the old ones all at once, in any batches', async () => {
    await replaceFindings(file, [[onEntry('old')]]);
    async function* later() {
      yield [onEntry('one'), onField];
      expect(findingPage(file, { offset: 0, limit: 9 }).rows.map(({ message }) => message)).toEqual(['old']);
      yield [];
      yield [onEntry('two', 'should', null)];
    }
    expect(await replaceFindings(file, later())).toEqual({ must: 2, should: 1, may: 0 });
    expect(
      [...eachFinding(file)].map(({ message, place, fix: mending }) => [message, place.kind, mending?.id]),
    ).toEqual([
      ['one', 'entry', 'rename'],
      ['Not filled.', 'field', undefined],
      ['two', 'entry', undefined],
    ]);
  });

  it('stay as they were when the check breaks off', async () => {
    await replaceFindings(file, [[onField]]);
    async function* broken(): AsyncGenerator<NewFinding[]> {
      yield [onEntry('new')];
      throw new Error('stopped');
    }
    await expect(replaceFindings(file, broken())).rejects.toThrow('stopped');
    expect(findingCounts(file)).toEqual({ must: 1, should: 0, may: 0 });
  });

  it('make the submission checked, unless it was edited meanwhile', async () => {
    await replaceFindings(file, [[onField]]);
    expect(submissionRow(file).checked_at).not.toBeNull();
    setArchive(file, 'production');
    expect(submissionRow(file).checked_at).toBeNull();
    await replaceFindings(file, [[onField]], new Date(Date.now() - 60_000).toISOString());
    expect(submissionRow(file).checked_at).toBeNull();
  });

  it('are grouped by cause, and found by rule, level, entry and text', async () => {
    await replaceFindings(file, [
      [
        onField,
        onEntry('plus 1'),
        onEntry('plus 2', 'must', { ...fix, safe: false }),
        onEntry('100% sure', 'may'),
      ],
    ]);
    expect(findingGroups(file, describeRule)).toEqual([
      {
        rule: 'name',
        level: 'must',
        title: 'About name',
        reason: 'because',
        source: 'page',
        count: 2,
        fixable: 1,
        fixTitle: fix.title,
      },
      {
        rule: 'required',
        level: 'must',
        title: 'About required',
        reason: 'because',
        source: 'page',
        count: 1,
        fixable: 0,
        fixTitle: null,
      },
      {
        rule: 'name',
        level: 'may',
        title: 'About name',
        reason: 'because',
        source: 'page',
        count: 1,
        fixable: 1,
        fixTitle: fix.title,
      },
    ]);
    const total = (query: object) => findingPage(file, { offset: 0, limit: 1, ...query }).total;
    expect(
      [
        { rule: 'name' },
        { level: 'must' },
        { entryId },
        { text: 'PLUS' },
        { text: 'title' },
        { text: 'a+b' },
        { text: '%' },
      ].map(total),
    ).toEqual([3, 3, 3, 2, 1, 3, 1]);
    const withPlus = await findingGroupsWith(file, describeRule, 'plus');
    expect(withPlus.counts).toEqual({ must: 2, should: 0, may: 0 });
    expect(withPlus.groups).toEqual(findingGroups(file, describeRule).slice(0, 1));
    const sure = await findingGroupsWith(file, describeRule, 'sure');
    expect(sure.groups.map(({ level }) => level)).toEqual(['may']);
    expect(findingPage(file, { offset: 3, limit: 5 }).rows).toHaveLength(1);
    removeFindings(file, [findingPage(file, { rule: 'required', offset: 0, limit: 1 }).rows[0]?.id ?? 0]);
    expect(findingCounts(file).must).toBe(2);
  });

  it('have the same pages when there are many, in any order of looking and after some are gone', async () => {
    await replaceFindings(file, [[onEntry('of an earlier check')]]);
    const many = Array.from({ length: 12_000 }, (_, at) =>
      at % 3 === 0 ? onField : onEntry(`plus ${at}`, at % 2 === 0 ? 'must' : 'may'),
    );
    await replaceFindings(file, [many]);
    const queries = [
      {},
      { level: 'may' },
      { rule: 'name' },
      { text: '7' },
      { rule: 'name', level: 'must', text: 'us 1' },
    ];
    const compare = async () => {
      for (const query of queries as FindingQuery[]) {
        for (const offset of [0, 5, 1999, 4990, 11_990]) {
          const asked = { ...query, offset, limit: 20 };
          expect(await findingPageOfMany(file, asked)).toEqual(findingPage(file, asked));
        }
      }
    };
    await compare();
    removeFindings(
      file,
      [...eachFinding(file, { text: '77' })].map(({ id }) => id),
    );
    await compare();
    expect(file.get('SELECT count(*) AS n FROM finding_row WHERE rule = ?', 'name')).toEqual({
      n: findingPage(file, { rule: 'name', offset: 0, limit: 1 }).total,
    });
    file.run('DELETE FROM entry');
    expect(findingCounts(file)).toEqual({ must: 4000, should: 0, may: 0 });
    await compare();
  });

  it('of a check that was killed are never shown, and go with the next', async () => {
    await replaceFindings(file, [[onField]]);
    file.run(
      "INSERT INTO finding_row (run, rule, level, place, message) VALUES (9, 'name', 'must', '{}', 'half a check')",
    );
    expect(findingCounts(file).must).toBe(1);
    expect([...eachFinding(file)]).toHaveLength(1);
    await replaceFindings(file, [[onField]]);
    expect(file.get('SELECT count(*) AS n FROM finding_row')).toEqual({ n: 1 });
  });

  it('of an entry that left meanwhile are left out', async () => {
    async function* leaving() {
      yield [onEntry('one'), onField];
      file.run('DELETE FROM entry');
    }
    expect(await replaceFindings(file, leaving())).toEqual({ must: 1, should: 0, may: 0 });
  });
});
