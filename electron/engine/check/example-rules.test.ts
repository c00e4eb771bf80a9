import { afterEach, beforeEach, expect, it } from 'vitest';
import { fillExample } from '../library/description-example.ts';
import { metadataOf } from '../library/metadata-document.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { profileOfFile, setArchive } from '../library/submission-row.ts';
import { newSubmissionFile, temporaryFolder } from '../library/test-support.ts';
import { checkExamples } from './example-rules.ts';
import { runChecks } from './run-checks.ts';
import { rightMetadata } from './submission-for-tests.ts';

let remove: () => void;
let file: SubmissionFile;
beforeEach(() => {
  const made = temporaryFolder();
  remove = made.remove;
  file = newSubmissionFile(made.folder);
});
afterEach(() => {
  file.close();
  remove();
});

const examplesFound = async () => {
  const run = { signal: new AbortController().signal, progress: () => undefined };
  await runChecks(file, { readImage: () => Promise.reject(new Error('no image here')) }, run);
  return file.all<{ field: string }>(
    "SELECT place ->> 'field' AS field FROM finding WHERE rule = 'field-example' AND level = 'must' ORDER BY id",
  );
};

it('holds back what practice filled in from a real archive, and only from there', async () => {
  fillExample(file);
  expect(await examplesFound()).toEqual([]);
  setArchive(file, 'production');
  expect((await examplesFound()).map(({ field }) => field)).toEqual([
    ...['description', 'email', 'overview', 'method'],
  ]);
});

it('finds nothing in a description of somebody', () => {
  const metadata = rightMetadata('2026-01-01');
  const [contact] = metadata.contacts ?? [];
  if (contact) contact.values.email = 'grace@navy.mil';
  expect(checkExamples(profileOfFile(file), metadata)).toEqual([]);
  expect(checkExamples(profileOfFile(file), metadataOf(file))).toEqual([]);
});
