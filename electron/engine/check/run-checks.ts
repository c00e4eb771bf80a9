import { setImmediate } from 'node:timers/promises';
import type { CountedProgress } from '../../../shared/contract/call.ts';
import type { FindingCounts } from '../../../shared/model/finding.ts';
import type { PairChoices } from '../../../shared/model/pair.ts';
import { sendSql } from '../library/entry-sql.ts';
import { type NewFinding, replaceFindings } from '../library/findings.ts';
import { metadataOf } from '../library/metadata-document.ts';
import { choicesOf } from '../library/pair-choices.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { profileOfFile, submissionRow } from '../library/submission-row.ts';
import { makePlan, type ReadyMethod } from '../transfer/plan.ts';
import { checkCells } from './cell-rules.ts';
import { type CheckedEntry, entryPages } from './checked-entries.ts';
import { withChoice } from './choice-rules.ts';
import { checkDescription } from './description-rules.ts';
import { checkDisk } from './disk-checks.ts';
import { checkExamples } from './example-rules.ts';
import { checkFile } from './file-rules.ts';
import type { ReadImage } from './image-readings.ts';
import { listPaths } from './list-paths.ts';
import { checkName } from './name-rules.ts';
import { NameTable } from './name-table.ts';
import { checkPixels } from './pixel-checks.ts';
import { checkPlan } from './plan-rules.ts';
import { checkWalks } from './walk-findings.ts';

export interface CheckParts {
  readonly readImage: ReadImage;
  /** Ways to send that this version has; without it, the submission tool. */
  readonly ready?: readonly ReadyMethod[];
}

const SUBMISSION_TOOL: readonly ReadyMethod[] = [{ id: 'submission-tool', largestFile: null }];

export interface CheckRun {
  readonly signal: AbortSignal;
  readonly progress: (progress: CountedProgress) => void;
}

/**
 * Checks a submission by every rule and puts the findings in place of the old ones, which stay when it is stopped.
 * Memory does not grow with the number of files. People may go on editing meanwhile: then the findings are noted as
 * out of date. Local files are only read.
 */
export async function runChecks(
  file: SubmissionFile,
  parts: CheckParts,
  run: CheckRun,
): Promise<FindingCounts> {
  const names = new NameTable(file);
  try {
    return await replaceFindings(file, findings(file, parts, run, names));
  } finally {
    names.close();
  }
}

async function* findings(
  file: SubmissionFile,
  { readImage, ready = SUBMISSION_TOOL }: CheckParts,
  { signal, progress }: CheckRun,
  names: NameTable,
): AsyncGenerator<readonly NewFinding[]> {
  const profile = profileOfFile(file);
  const metadata = metadataOf(file);
  const tell = counter(file, progress);
  tell(0, 'Looking at what is described');
  yield checkDescription(profile, metadata);
  if (submissionRow(file).archive === 'production') yield checkExamples(profile, metadata);
  const plan = makePlan(file, ready);
  yield checkPlan(file, profile, metadata, plan);
  for (const page of checkWalks(file)) {
    await pause(signal);
    yield page;
  }

  tell(0, 'Comparing names');
  const blocks = metadata[profile.fileList.perBlockOf] ?? [];
  for (const _ of names.fill(profile, listPaths(profile, metadata))) await pause(signal);
  for (const _ of names.findClashes()) await pause(signal);

  const blockIds = new Set(blocks.map(({ id }) => id));
  const chunked = plan.method === 'chunked';
  for (const page of entryPages(file, profile)) {
    await pause(signal);
    const clashes = names.clashesOf(page.map(({ id }) => id));
    const choices = choicesByMask(file, page);
    yield page.flatMap((entry) => [
      ...withChoice(entry, checkFile(entry), choices.get(entry.id)),
      ...checkName(entry, clashes.get(entry.id) ?? [], names, { chunked }),
      ...checkCells(entry, profile, blockIds),
    ]);
    yield await checkDisk(file, page, signal);
    tell(page.length, 'Looking at names and files');
  }
  const onMask = (path: string) => tell(1, `Reading ${path}`);
  yield* checkPixels(file, profile, { read: readImage, signal, onMask });
}

/** What a person may choose from, by the masks of a page that have no source image. */
function choicesByMask(file: SubmissionFile, page: readonly CheckedEntry[]): Map<number, PairChoices> {
  const masks = page.filter(({ kind, sourceImage }) => kind === 'mask' && sourceImage === '');
  const ids = masks.map(({ id }) => id);
  return new Map(choicesOf(file, ids).map((choices) => [choices.maskEntryId, choices]));
}

/** Lets others be served; throws when the check is to stop. */
async function pause(signal: AbortSignal): Promise<void> {
  await setImmediate();
  signal.throwIfAborted();
}

/** Counts entries once for what the index knows of them, and those to be sent once more for what is in them. */
function counter(file: SubmissionFile, progress: CheckRun['progress']): (more: number, now: string) => void {
  const total =
    file.get<{ n: number }>(
      `SELECT count(*) + coalesce(sum(${sendSql(profileOfFile(file))}), 0) AS n FROM entry e`,
    )?.n ?? 0;
  let done = 0;
  return (more, now) => {
    done = Math.min(total, done + more);
    progress({ done, total, now });
  };
}
