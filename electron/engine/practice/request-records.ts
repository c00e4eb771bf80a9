import { readdir, unlink } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { type Places, readIfThere, writeWhole } from './storage.ts';

/** The stages of a request, in order, as `/submissions/requests/{acc}/{ver}/status` names them (BioStudies RequestStatus). */
export const STAGES = [
  'REQUESTED',
  'FILES_VALIDATED',
  'INDEXED',
  'LOADED',
  'INDEXED_CLEANED',
  'VALIDATED',
  'CLEANED',
  'FILES_COPIED',
  'CHECK_RELEASED',
  'PERSISTED',
  'PROCESSED',
  'POST_PROCESSED',
] as const;
export type Stage = (typeof STAGES)[number];

export const requestStatusSchema = z.enum(['DRAFT', 'SUBMITTED', ...STAGES, 'INVALID']);
export type RequestStatus = z.infer<typeof requestStatusSchema>;

const recordSchema = z.object({
  accNo: z.string(),
  version: z.number().int(),
  owner: z.string(),
  newSubmission: z.boolean(),
  status: requestStatusSchema,
  /** The PageTab as handed in. */
  draft: z.unknown(),
  errors: z.array(z.string()),
  preferredSources: z.array(z.enum(['USER_SPACE', 'SUBMISSION'])),
  /** Set when it is accepted. */
  doi: z.string().nullable(),
  releaseTime: z.string().nullable(),
  createdAt: z.string(),
  modifiedAt: z.string(),
});

/** One version of a submission, from draft to processed. Times are ISO 8601 in UTC. */
export type RequestRecord = z.infer<typeof recordSchema>;

/** True from the moment a request is handed in until it is through or found wrong. */
export function isProcessing(record: RequestRecord): boolean {
  return !['DRAFT', 'INVALID', 'POST_PROCESSED'].includes(record.status);
}

/** True for what a person may still change. */
export function isEditable(record: RequestRecord): boolean {
  return record.status === 'DRAFT' || record.status === 'INVALID';
}

/** Keeps requests, one JSON file each; nothing is held in memory, so several programs may use one folder. */
export interface RequestRecords {
  /** All versions of all submissions, newest first. */
  all(): Promise<RequestRecord[]>;
  /** The versions of one submission, newest first. */
  of(accNo: string): Promise<RequestRecord[]>;
  save(record: RequestRecord): Promise<void>;
  remove(record: RequestRecord): Promise<void>;
  /** Runs work on a submission after all other work on it. */
  alone<T>(accNo: string, work: () => Promise<T>): Promise<T>;
}

/** Opens the records of an archive. */
export function openRequestRecords(places: Places): RequestRecords {
  const fileOf = (accNo: string, version: number) => path.join(places.requests, `${accNo}.${version}.json`);
  const queues = new Map<string, Promise<unknown>>();

  const read = async (names: readonly string[]): Promise<RequestRecord[]> => {
    const texts = await Promise.all(names.map((name) => readIfThere(path.join(places.requests, name))));
    const records = texts.flatMap((text) => (text === null ? [] : [recordSchema.parse(JSON.parse(text))]));
    return records.sort((a, b) => b.createdAt.localeCompare(a.createdAt) || b.version - a.version);
  };
  const names = async () =>
    (await readdir(places.requests)).filter((name) => /^[^.].*\.\d+\.json$/.test(name));

  return {
    all: async () => read(await names()),
    of: async (accNo) =>
      (await read((await names()).filter((name) => name.replace(/\.\d+\.json$/, '') === accNo))).sort(
        (a, b) => b.version - a.version,
      ),
    save: (record) => writeWhole(fileOf(record.accNo, record.version), JSON.stringify(record)),
    remove: (record) => unlink(fileOf(record.accNo, record.version)),
    async alone(accNo, work) {
      const before = queues.get(accNo) ?? Promise.resolve();
      const mine = before.then(work, work);
      queues.set(accNo, mine);
      try {
        return await mine;
      } finally {
        if (queues.get(accNo) === mine) queues.delete(accNo);
      }
    },
  };
}
