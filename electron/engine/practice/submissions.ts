import { requireCollection } from './accessions.ts';
import { ArchiveError, validationErrors } from './archive-error.ts';
import { decideDoi } from './doi-rules.ts';
import { type Drafts, displayName } from './drafts.ts';
import { attributeOf, readPageTab, type Submission } from './pagetab.ts';
import { readProcessed, removeProcessed } from './processed-submissions.ts';
import type { Processing } from './processing.ts';
import { decideRelease, type Release } from './release-date.ts';
import { isProcessing, type RequestRecord, type RequestRecords } from './request-records.ts';
import type { Places } from './storage.ts';
import { type CheckedSubmission, checkFiles, checkLists, sourcesOf } from './submission-checks.ts';

/** A row of `GET /submissions` (BioStudies SubmissionDto). */
export interface SubmissionRow {
  readonly accno: string;
  readonly displayAccNo: string;
  readonly newSubmission: boolean;
  readonly title: string;
  readonly mtime: string;
  readonly rtime: string | null;
  readonly status: 'PROCESSING' | 'PROCESSED' | 'INVALID';
  readonly errors: readonly string[];
}

/** When the files of a submission are looked for; BioStudies can be set up either way (`app.asyncMode`). */
export type FileChecks = 'at-submit' | 'while-processing';

export interface SubmitOptions {
  readonly preferredSources: RequestRecord['preferredSources'];
  /** True to answer only when all is done; files are then looked for at once. */
  readonly wait: boolean;
}

/** Handing in, listing and deleting submissions. */
export interface Submissions {
  submitDraft(accNo: string, owner: string, options: SubmitOptions): Promise<RequestRecord>;
  /** Hands in PageTab JSON directly; with an accession it is a new version of that submission. */
  submitContent(owner: string, content: unknown, options: SubmitOptions): Promise<RequestRecord>;
  list(owner: string, accNo: string | null): Promise<SubmissionRow[]>;
  /** Deletes a submission that is not public. */
  remove(accNo: string, owner: string): Promise<void>;
}

export interface SubmissionsOptions {
  readonly places: Places;
  readonly records: RequestRecords;
  readonly drafts: Drafts;
  readonly processing: Processing;
  readonly fileChecks: FileChecks;
}

/** Makes the part that takes submissions. */
export function createSubmissions(options: SubmissionsOptions): Submissions {
  const { places, records, drafts, processing, fileChecks } = options;

  const processedBefore = async (accNo: string) =>
    (await records.of(accNo)).find((record) => record.status === 'POST_PROCESSED') ?? null;

  /**
   * Everything that is checked at once. Faults of the document, its lists and its collection are answered as they
   * are; date, DOI, empty lists and, `at-submit`, files as "Submission validation errors" with the cause below, and
   * the draft stays a draft.
   */
  const accept = async (draft: RequestRecord, submit: SubmitOptions): Promise<RequestRecord> => {
    const submission = readPageTab(draft.draft);
    const request = { ...draft, preferredSources: submit.preferredSources, errors: [] };
    const checked = { submission, sources: await sourcesOf(places, request, submission) };
    await checkLists(checked);
    requireCollection(attributeOf(submission, 'AttachTo'));
    await records.save({ ...request, status: 'SUBMITTED' });
    try {
      const decided = await decide(request, checked, submit.wait || fileChecks === 'at-submit');
      const accepted: RequestRecord = { ...request, ...decided, status: 'REQUESTED', modifiedAt: now() };
      await records.save(accepted);
      return accepted;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      await records.save({ ...request, status: 'DRAFT', errors: [message.trim()], modifiedAt: now() });
      throw validationErrors([message]);
    }
  };

  const decide = async (request: RequestRecord, checked: CheckedSubmission, lookForFiles: boolean) => {
    const { submission } = checked;
    const before = submission.accno === request.accNo ? await processedBefore(request.accNo) : null;
    const release = decideRelease(attributeOf(submission, 'ReleaseDate'), new Date(), releaseOf(before));
    await checkFiles(checked, { folder: null, lookForFiles });
    const doi = decideDoi(request.accNo, submission, before?.doi ?? null);
    return { doi, releaseTime: release.time.toISOString() };
  };

  const hand = async (draft: RequestRecord, submit: SubmitOptions): Promise<RequestRecord> => {
    const accepted = await accept(draft, submit);
    if (submit.wait) return processing.finish(accepted);
    processing.start(accepted);
    return accepted;
  };

  return {
    submitDraft: (accNo, owner, submit) =>
      records.alone(accNo, async () => hand(await drafts.get(accNo, owner), submit)),

    async submitContent(owner, content, submit) {
      const submission = readPageTab(content);
      if (submission.accno === '') {
        const collection = attributeOf(submission, 'AttachTo');
        requireCollection(collection);
        const draft = await drafts.create(owner, content, collection);
        return records.alone(draft.accNo, () => hand(draft, submit));
      }
      return submitVersion(owner, submission, content, submit);
    },

    async list(owner, accNo) {
      const seen = new Set<string>();
      const rows: SubmissionRow[] = [];
      for (const record of await records.all()) {
        if (record.owner !== owner || record.status === 'DRAFT' || seen.has(record.accNo)) continue;
        seen.add(record.accNo);
        if (accNo === null || record.accNo === accNo) rows.push(await rowOf(places, record));
      }
      return rows.sort((a, b) => rank(a) - rank(b));
    },

    remove: (accNo, owner) =>
      records.alone(accNo, async () => {
        const versions = await records.of(accNo);
        const processed = await processedBefore(accNo);
        const release = releaseOf(processed);
        if (processed?.owner !== owner || release?.released || versions.some(isProcessing)) {
          throw new ArchiveError(500, `The user ${owner} is not allowed to delete the submission ${accNo}`);
        }
        await removeProcessed(places, accNo);
        for (const version of versions) await records.remove(version);
      }),
  };

  async function submitVersion(
    owner: string,
    submission: Submission,
    content: unknown,
    submit: SubmitOptions,
  ): Promise<RequestRecord> {
    const { accno } = submission;
    if ((await records.of(accno)).some(isProcessing)) {
      throw new ArchiveError(
        500,
        `Submission request can't be accepted. Submission with '${accno}' is currently being processed.`,
      );
    }
    if ((await processedBefore(accno)) === null) {
      throw new ArchiveError(500, `The user ${owner} is not allowed to provide accession number directly`);
    }
    const draft = await drafts.update(accno, owner, content);
    return records.alone(accno, () => hand(draft, submit));
  }
}

function releaseOf(record: RequestRecord | null): Release | null {
  if (record === null || record.releaseTime === null) return null;
  const time = new Date(record.releaseTime);
  return { time, released: time.getTime() <= Date.now() };
}

async function rowOf(places: Places, record: RequestRecord): Promise<SubmissionRow> {
  const processed = record.status === 'POST_PROCESSED';
  const submission = processed ? await readProcessed(places, record.accNo) : readPageTab(record.draft);
  const title = submission && (attributeOf(submission.section, 'Title') ?? attributeOf(submission, 'Title'));
  return {
    accno: record.accNo,
    displayAccNo: processed ? record.accNo : displayName(record),
    newSubmission: !processed && record.newSubmission,
    title: title ?? '',
    mtime: record.modifiedAt,
    rtime: record.releaseTime,
    status: processed ? 'PROCESSED' : record.status === 'INVALID' ? 'INVALID' : 'PROCESSING',
    errors: record.errors,
  };
}

/** What is under way comes first. */
function rank(row: SubmissionRow): number {
  return row.status === 'PROCESSED' ? 1 : 0;
}

function now(): string {
  return new Date().toISOString();
}
