import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ContentAnswer,
  type ContentRequest,
  parsedTableView,
} from '../../../shared/contract/content.ts';
import { profileOf } from '../../../shared/destinations/index.ts';
import { Problem, type ProblemData, problemOf } from '../../../shared/model/problem.ts';
import { findingsReport } from '../check/report.ts';
import type { EngineContext } from '../context.ts';
import { documentOf, writeFileLists } from '../deposit/file-lists.ts';
import { blankTemplate } from '../library/description.ts';
import { localPath } from '../library/entries.ts';
import { submissionSummary } from '../library/summary.ts';
import { exportReport, exportTable } from '../tables/export-table.ts';

/** Answers content requests; a failure is an answer too, with its reason as plain text. */
export function createContentReader(context: EngineContext) {
  return async (request: ContentRequest, signal: AbortSignal): Promise<ContentAnswer> => {
    try {
      return await read(context, request, signal);
    } catch (error) {
      const problem = problemOf(error);
      if (signal.aborted) return answer(499, 'text/plain; charset=utf-8', '');
      const words = [problem.message, problem.cause, problem.advice]
        .filter((part) => part !== undefined)
        .join('\n');
      return answer(statusOf(request, problem), 'text/plain; charset=utf-8', words);
    }
  };
}

function statusOf({ what }: ContentRequest, problem: ProblemData): ContentAnswer['status'] {
  if (problem.code === 'internal') return 422;
  // That no picture can be made of a file is news about the file. A page reports an image that was refused as an error.
  return what === 'thumbnail' ? 200 : 404;
}

async function read(
  context: EngineContext,
  request: ContentRequest,
  signal: AbortSignal,
): Promise<ContentAnswer> {
  const { decoder, file, transfers } = context;
  switch (request.what) {
    case 'tile':
      return answer(200, 'application/octet-stream', await decoder.tile(request.imageId, request, signal));
    case 'thumbnail': {
      context.grantSources(request.id);
      const path = localPath(file(request.id), request.entryId);
      const mask =
        request.maskEntryId === undefined
          ? {}
          : { mask: { path: localPath(file(request.id), request.maskEntryId), part: request.maskPart } };
      return answer(
        200,
        'image/png',
        await decoder.thumbnail(path, request.part, { size: request.size, ...mask }, signal),
      );
    }
    case 'receipt': {
      const name = `${nameOf(context, request.id)} receipt.${request.as}`;
      return temporaryFile(types[request.as], name, (path) =>
        transfers.writeReceipt(file(request.id), path, request.as, signal),
      );
    }
    case 'report': {
      const report = findingsReport(file(request.id), request.as);
      return answer(200, types[request.as], report, `${nameOf(context, request.id)} findings.${request.as}`);
    }
    case 'document':
      return json(documentOf(file(request.id)), `${nameOf(context, request.id)} document.json`);
    case 'template':
      return json(context.library.template(request.id), `${nameOf(context, request.id)} template.json`);
    case 'blank-template':
      return json(blankTemplate(profileOf(request.destination)), `${request.destination} template.json`);
    case 'table': {
      const { filter = {}, sort, columns } = parsedTableView(request.view) ?? {};
      const name = `${nameOf(context, request.id)} files.${request.as}`;
      return temporaryFile(types[request.as], name, (path) =>
        exportTable(file(request.id), path, {
          format: request.as,
          filter,
          sort,
          columns,
          signal,
          progress: () => {},
        }),
      );
    }
    case 'table-report':
      return temporaryFile(types.tsv, `${nameOf(context, request.id)} import report.tsv`, (path) =>
        exportReport(file(request.id), path, { signal, progress: () => {} }),
      );
    case 'file-list':
      return fileList(context, request.id, request.block, signal);
  }
}

const types = {
  json: 'application/json',
  html: 'text/html; charset=utf-8',
  tsv: 'text/tab-separated-values; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** Has something large written to a temporary file that the host streams. */
async function temporaryFile(
  type: string,
  fileName: string,
  write: (path: string) => Promise<unknown>,
): Promise<ContentAnswer> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-content-'));
  const file = join(folder, 'content');
  try {
    await write(file);
    return { status: 200, type, body: new Uint8Array(0), fileName, file };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function fileList(
  context: EngineContext,
  id: string,
  block: string,
  signal: AbortSignal,
): Promise<ContentAnswer> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-list-'));
  try {
    const lists = await writeFileLists(context.file(id), folder, signal);
    const list = lists.find((written) => written.block === block);
    if (!list)
      throw new Problem('no-file-list', 'There is no such file list.', {
        advice: 'Look at the annotations under Describe.',
      });
    const body = new Uint8Array(0);
    return { status: 200, type: types.tsv, body, fileName: list.name, file: join(folder, list.name) };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

function nameOf(context: EngineContext, id: string): string {
  return submissionSummary(context.file(id)).fileName.replace(/\.slipway$/, '');
}

function json(data: unknown, fileName: string): ContentAnswer {
  return answer(200, types.json, `${JSON.stringify(data, null, 2)}\n`, fileName);
}

function answer(
  status: ContentAnswer['status'],
  type: string,
  body: string | Uint8Array,
  fileName?: string,
): ContentAnswer {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  return { status, type, body: bytes, ...(fileName === undefined ? {} : { fileName }) };
}
