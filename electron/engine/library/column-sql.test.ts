import { afterEach, beforeEach, expect, it } from 'vitest';
import { entryPage } from './entries.ts';
import { type NewFinding, replaceFindings } from './findings.ts';
import type { SubmissionFile } from './submission-file.ts';
import { newSubmissionFile, temporaryFolder, writeIndex } from './test-support.ts';

let remove: () => void;
let file: SubmissionFile;
let ids: Record<string, number>;
beforeEach(() => {
  const made = temporaryFolder();
  remove = made.remove;
  file = newSubmissionFile(made.folder);
  ids = writeIndex(file, { 'a+b.tif': 'mask', 'b.tif': 'mask', 'c.tif': 'image' });
});
afterEach(() => {
  file.close();
  remove();
});

function found(rule: string, path: string): NewFinding {
  const place = { kind: 'entry', entryId: ids[path] ?? 0, path } as const;
  return { rule, level: 'should', place, message: 'Odd.', fix: null };
}

async function pathsWith(text: string): Promise<string[]> {
  const columns = [{ column: 'findings', is: 'equals', text } as const];
  const { rows } = await entryPage(file, { offset: 0, limit: 10, filter: { columns }, soon: false });
  return rows.map(({ path }) => path);
}

it('finds the files of one rule, and others after another check', async () => {
  await replaceFindings(file, [[found('name', 'a+b.tif'), found('name', 'b.tif'), found('size', 'b.tif')]]);
  expect(await pathsWith('name')).toEqual(['a+b.tif', 'b.tif']);
  expect(await pathsWith('size')).toEqual(['b.tif']);
  expect(await pathsWith('2')).toEqual(['b.tif']);
  await replaceFindings(file, [[found('name', 'c.tif')]]);
  expect(await pathsWith('name')).toEqual(['c.tif']);
});
