import { Readable } from 'node:stream';
import { COLLECTIONS } from './accessions.ts';
import { PRACTICE_ACCOUNT } from './accounts.ts';
import { ArchiveError, notPractised, unsupportedFormat } from './archive-error.ts';
import { type Call, empty, type Handler, json, type Route } from './call.ts';
import { numberOf } from './draft-routes.ts';
import { type ListFormat, readList } from './file-list-reader.ts';
import { combineSources, userSource } from './file-sources.ts';
import { validateList } from './list-checks.ts';
import { type PageFile, readPageTab, type Submission } from './pagetab.ts';
import { pageTabJson, pageTabTsv } from './pagetab-writing.ts';
import { processedSource, readProcessed } from './processed-submissions.ts';
import { parseJson, readParameters, readText, required } from './request-body.ts';
import type { RequestRecord } from './request-records.ts';

const owner = PRACTICE_ACCOUNT.user;

const collections: Handler = async () => json(COLLECTIONS.map(({ accno, title }) => ({ accno, title })));

const list: Handler = async ({ query, archive }) => {
  const rows = await archive.submissions.list(owner, query.get('accNo'));
  const offset = numberOf(query, 'offset', 0);
  return json(rows.slice(offset, offset + numberOf(query, 'limit', 15)));
};

const one: Handler = async ({ parts, archive }) => {
  const [row] = await archive.submissions.list(owner, parts[0] ?? '');
  return row === undefined ? empty() : json(row);
};

const remove: Handler = async ({ parts, archive }) => {
  await archive.submissions.remove(parts[0] ?? '', owner);
  return empty();
};

async function processedOf(call: Call): Promise<Submission> {
  const accNo = call.parts[0] ?? '';
  const [record] = await call.archive.records.of(accNo);
  const submission = record === undefined ? null : await readProcessed(call.archive.places, record.accNo);
  if (submission === null) throw new ArchiveError(404, `The submission '${accNo}' was not found`);
  return submission;
}

const asJson: Handler = async (call) => json(pageTabJson(await processedOf(call)));
const asTsv: Handler = async (call) => plainText(pageTabTsv(await processedOf(call)));

async function requestOf(call: Call): Promise<RequestRecord> {
  const [accNo = '', version = ''] = call.parts;
  const found = (await call.archive.records.of(accNo)).find((record) => String(record.version) === version);
  if (found !== undefined) return found;
  throw new ArchiveError(500, `The submission request '${accNo}', version: ${version} was not found`);
}

const status: Handler = async (call) => json((await requestOf(call)).status);
const errors: Handler = async (call) => json((await requestOf(call)).errors);

const validate: Handler = async ({ request, query, archive }) => {
  const parameters = await readParameters(request, query);
  const name = required(parameters, 'fileListName');
  const accNo = parameters.get('accNo');
  const known = accNo === undefined ? undefined : (await archive.records.of(accNo))[0];
  const previous = known === undefined ? null : await processedSource(archive.places, known.accNo);
  const user = userSource(archive.places.user, owner, parameters.get('rootPath') ?? null);
  await validateList(name, combineSources(previous === null ? [user] : [user, previous]));
  return empty();
};

const checkPageTab: Handler = async ({ request, query }) => {
  if (formatOf(query, 'source') === 'tsv') throw notPractised('read PageTab as TSV; hand it in as JSON');
  const submission = readPageTab(parseJson(await readText(request)));
  return formatOf(query, 'target') === 'tsv'
    ? plainText(pageTabTsv(submission))
    : json(pageTabJson(submission));
};

const checkFileList: Handler = async ({ request, query }) => {
  const rows: PageFile[] = [];
  const body = Readable.from([await readText(request)]);
  for await (const batch of readList(body, formatOf(query, 'source'))) rows.push(...batch);
  if (formatOf(query, 'target') === 'json') {
    return plainText(JSON.stringify(rows.map(({ path, type, attributes }) => ({ path, type, attributes }))));
  }
  const headers = ['Files', ...(rows[0]?.attributes.map((attribute) => attribute.name) ?? [])];
  const cells = rows.map((row) => [row.path, ...row.attributes.map((attribute) => attribute.value ?? '')]);
  return plainText([headers, ...cells].map((line) => `${line.join('\t')}\n`).join(''));
};

function formatOf(query: URLSearchParams, name: string): ListFormat {
  const format = required(new Map(query), name).toLowerCase();
  if (format === 'tsv' || format === 'json') return format;
  throw unsupportedFormat(format);
}

function plainText(body: string) {
  return { status: 200, type: 'text/plain', body };
}

/** Submissions, and the server's own checks; paths are below the interface's base. */
export const submissionRoutes: readonly Route[] = [
  { method: 'GET', path: '/collections', handler: collections },
  { method: 'POST', path: '/submissions/fileLists/validate', handler: validate },
  { method: 'POST', path: '/submissions/check-pagetab', handler: checkPageTab },
  { method: 'POST', path: '/submissions/check-pagetab-file-list', handler: checkFileList },
  { method: 'GET', path: '/submissions/requests/{}/{}/status', handler: status },
  { method: 'GET', path: '/submissions/requests/{}/{}/errors', handler: errors },
  { method: 'GET', path: '/submissions', handler: list },
  { method: 'GET', path: '/submissions/{}.json', handler: asJson },
  { method: 'GET', path: '/submissions/{}.tsv', handler: asTsv },
  { method: 'GET', path: '/submissions/{}', handler: one },
  { method: 'DELETE', path: '/submissions/{}', handler: remove },
];
