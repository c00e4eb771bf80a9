import { PRACTICE_ACCOUNT } from './accounts.ts';
import { ArchiveError, notPractised } from './archive-error.ts';
import { type Answer, badGateway, type Call, empty, type Handler, json, type Route } from './call.ts';
import { draftAnswer } from './drafts.ts';
import { pageTabJson } from './pagetab-writing.ts';
import { readProcessed } from './processed-submissions.ts';
import { parseJson, readText } from './request-body.ts';
import type { RequestRecord } from './request-records.ts';

const owner = PRACTICE_ACCOUNT.user;
const keyOf = (call: Call) => call.parts[0] ?? '';

/** A whole number of a query, or what the interface takes when it is left out. */
export function numberOf(query: URLSearchParams, name: string, otherwise: number): number {
  const value = Number(query.get(name) ?? otherwise);
  return Number.isInteger(value) && value >= 0 ? value : otherwise;
}

const list: Handler = async ({ query, archive }) => {
  const drafts = await archive.drafts.list(owner, numberOf(query, 'offset', 0), numberOf(query, 'limit', 15));
  return json(drafts.map(draftAnswer));
};

const create: Handler = async ({ request, query, archive }) => {
  const content = parseJson(await readText(request));
  return json(draftAnswer(await archive.drafts.create(owner, content, query.get('attachTo'))));
};

const get: Handler = async (call) =>
  json(draftAnswer(await call.archive.drafts.getOrCreate(keyOf(call), owner)));

const content: Handler = async (call) => json((await call.archive.drafts.get(keyOf(call), owner)).draft);

const update: Handler = async (call) => {
  const changed = parseJson(await readText(call.request));
  return json(draftAnswer(await call.archive.drafts.update(keyOf(call), owner, changed)));
};

const remove: Handler = async (call) => {
  await call.archive.drafts.remove(keyOf(call), owner);
  return empty();
};

/** Notes an accepted submission, and answers 502 instead when that is on order. */
async function accepted(call: Call, record: RequestRecord, answer: Answer): Promise<Answer> {
  const given = call.archive.faults.takeForSubmit() ? badGateway() : answer;
  await call.archive.log.add({
    what: 'submit',
    at: new Date().toISOString(),
    accession: record.accNo,
    version: record.version,
    status: given?.status ?? 200,
  });
  return given;
}

function preferredSources(query: URLSearchParams): RequestRecord['preferredSources'] {
  const known = ['USER_SPACE', 'SUBMISSION'] as const;
  return query
    .getAll('preferredSources')
    .flatMap((value) => value.split(','))
    .flatMap((value) => known.filter((source) => source === value));
}

async function processed(call: Call, record: RequestRecord): Promise<Answer> {
  if (record.status === 'INVALID') throw new ArchiveError(500, record.errors.join('\n'));
  const submission = await readProcessed(call.archive.places, record.accNo);
  return json(submission === null ? null : pageTabJson(submission));
}

const submit: Handler = async (call) => {
  const options = { preferredSources: preferredSources(call.query), wait: false };
  return accepted(call, await call.archive.submissions.submitDraft(keyOf(call), owner, options), empty());
};

const submitAndWait: Handler = async (call) => {
  const options = { preferredSources: preferredSources(call.query), wait: true };
  const record = await call.archive.submissions.submitDraft(keyOf(call), owner, options);
  return accepted(call, record, await processed(call, record));
};

async function submitBody(call: Call, wait: boolean): Promise<RequestRecord> {
  const { request, archive } = call;
  const type = String(request.headers.submission_type ?? 'application/json');
  if (!type.startsWith('application/json')) throw notPractised('read PageTab as TSV; hand it in as JSON');
  const body = parseJson(await readText(request));
  return archive.submissions.submitContent(owner, body, {
    preferredSources: preferredSources(call.query),
    wait,
  });
}

const submitDirectly: Handler = async (call) => {
  const record = await submitBody(call, false);
  return accepted(call, record, json({ accNo: record.accNo, version: record.version }));
};

const submitDirectlyAndWait: Handler = async (call) => {
  const record = await submitBody(call, true);
  return accepted(call, record, await processed(call, record));
};

/** Drafts, and handing in; paths are below the interface's base. */
export const draftRoutes: readonly Route[] = [
  { method: 'GET', path: '/submissions/drafts', handler: list },
  { method: 'POST', path: '/submissions/drafts', handler: create },
  { method: 'GET', path: '/submissions/drafts/{}', handler: get },
  { method: 'GET', path: '/submissions/drafts/{}/content', handler: content },
  { method: 'PUT', path: '/submissions/drafts/{}', handler: update },
  { method: 'DELETE', path: '/submissions/drafts/{}', handler: remove },
  { method: 'POST', path: '/submissions/drafts/{}/submit', handler: submit },
  { method: 'POST', path: '/submissions/drafts/{}/submit/sync', handler: submitAndWait },
  { method: 'POST', path: '/submissions/async', handler: submitDirectly },
  { method: 'POST', path: '/submissions', handler: submitDirectlyAndWait },
];
