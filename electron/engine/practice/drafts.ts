import { allocateAccession } from './accessions.ts';
import { ArchiveError, beingProcessed } from './archive-error.ts';
import { readPageTab } from './pagetab.ts';
import { pageTabJson } from './pagetab-writing.ts';
import { readProcessed } from './processed-submissions.ts';
import { isEditable, isProcessing, type RequestRecord, type RequestRecords } from './request-records.ts';
import type { Places } from './storage.ts';

/** A draft as the interface tells it. `displayKey` hides the accession of a new submission behind its time. */
export interface DraftAnswer {
  readonly key: string;
  readonly displayKey: string;
  readonly newSubmission: boolean;
  readonly content: unknown;
  readonly modificationTime: string;
}

/** Drafts: requests that a person may still change. */
export interface Drafts {
  list(owner: string, offset: number, limit: number): Promise<RequestRecord[]>;
  /** The draft of an accession; for a processed submission one is made of it. */
  getOrCreate(accNo: string, owner: string): Promise<RequestRecord>;
  get(accNo: string, owner: string): Promise<RequestRecord>;
  create(owner: string, content: unknown, collection: string | null): Promise<RequestRecord>;
  update(accNo: string, owner: string, content: unknown): Promise<RequestRecord>;
  remove(accNo: string, owner: string): Promise<void>;
}

/** Tells a draft in the form of the interface. */
export function draftAnswer(record: RequestRecord): DraftAnswer {
  return {
    key: record.accNo,
    displayKey: displayName(record),
    newSubmission: record.newSubmission,
    content: record.draft,
    modificationTime: record.modifiedAt,
  };
}

/** What is shown instead of the accession while a submission is new: the minute it was made, in UTC. */
export function displayName(record: RequestRecord): string {
  if (!record.newSubmission) return record.accNo;
  const [date = '', time = ''] = record.createdAt.split('T');
  return `${date.split('-').reverse().join('-')}:${time.slice(0, 5)}`;
}

/** Opens the drafts of an archive. */
export function openDrafts(places: Places, records: RequestRecords): Drafts {
  const newest = async (accNo: string, owner: string) =>
    (await records.of(accNo)).find((record) => record.owner === owner) ?? null;

  const create = async (owner: string, accNo: string, content: unknown, version: number) => {
    const now = new Date().toISOString();
    const record: RequestRecord = {
      accNo,
      version,
      owner,
      newSubmission: version === 1,
      status: 'DRAFT',
      draft: content,
      errors: [],
      preferredSources: [],
      doi: null,
      releaseTime: null,
      createdAt: now,
      modifiedAt: now,
    };
    await records.save(record);
    return record;
  };

  const getOrCreate = async (accNo: string, owner: string): Promise<RequestRecord> => {
    const record = await newest(accNo, owner);
    if (record === null) {
      throw new ArchiveError(500, `The user ${owner} is not allowed to update the submission ${accNo}`);
    }
    if (isProcessing(record)) throw beingProcessed(accNo);
    if (isEditable(record)) return record;
    const submission = (await readProcessed(places, accNo)) ?? { ...readPageTab(record.draft), accno: accNo };
    return create(owner, accNo, pageTabJson(submission), record.version + 1);
  };

  return {
    async list(owner, offset, limit) {
      const drafts = (await records.all()).filter(
        (record) => record.owner === owner && record.status === 'DRAFT',
      );
      return drafts.slice(offset, offset + limit);
    },
    getOrCreate: (accNo, owner) => records.alone(accNo, () => getOrCreate(accNo, owner)),
    async get(accNo, owner) {
      const record = await newest(accNo, owner);
      if (record !== null && isProcessing(record)) throw beingProcessed(accNo);
      if (record === null || !isEditable(record)) {
        throw new ArchiveError(500, `The draft '${accNo}' was not found`);
      }
      return record;
    },
    async create(owner, content, collection) {
      return create(owner, await allocateAccession(places, owner, collection), content, 1);
    },
    update: (accNo, owner, content) =>
      records.alone(accNo, async () => {
        const record = await getOrCreate(accNo, owner);
        const changed = { ...record, draft: content, modifiedAt: new Date().toISOString() };
        await records.save(changed);
        return changed;
      }),
    remove: (accNo, owner) =>
      records.alone(accNo, async () => {
        const record = await newest(accNo, owner);
        if (record?.status === 'DRAFT') await records.remove(record);
      }),
  };
}
