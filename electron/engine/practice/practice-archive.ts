import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fault } from '../../../shared/model/practice.ts';
import { Problem } from '../../../shared/model/problem.ts';
import { openAccounts, PRACTICE_ACCOUNT } from './accounts.ts';
import type { Archive } from './archive.ts';
import { authRoutes } from './auth-routes.ts';
import type { Route } from './call.ts';
import { draftRoutes } from './draft-routes.ts';
import { openDrafts } from './drafts.ts';
import { createFaultDesk } from './faults.ts';
import { fileListRoute, fileRoutes } from './file-routes.ts';
import { PRACTICE_FTP_ACCOUNT } from './ftp/ftp-account.ts';
import { openFtpDoor } from './ftp/ftp-door.ts';
import { createProcessing } from './processing.ts';
import { openRequestLog } from './request-log.ts';
import { openRequestRecords } from './request-records.ts';
import { API_BASE, createRouter } from './router.ts';
import { openPlaces } from './storage.ts';
import { submissionRoutes } from './submission-routes.ts';
import { createSubmissions, type FileChecks } from './submissions.ts';
import { SERVER_LIMITS, type UploadLimits } from './upload-reader.ts';

/** A running practice archive. */
export interface PracticeArchive {
  /** Base of the interface, `http://127.0.0.1:PORT/biostudies/submissions/api`. */
  readonly url: string;
  readonly folder: string;
  /** Fixed, and no secret: it is shown in the window. */
  readonly account: { readonly user: string; readonly password: string };
  /** Where it takes files by FTP, and as whom. */
  readonly ftp: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly password: string;
  };
  /** Faults still to come; `at` counts from the next request on. */
  faults(): readonly Fault[];
  /** Replaces what was on order. Each fault fires once, at the n-th request of its kind from now. */
  setFaults(faults: readonly Fault[]): void;
  /** Breaks every connection and stops. What was answered for is kept; the folder may be opened again. */
  close(): Promise<void>;
}

export interface PracticeArchiveOptions {
  /** Where everything is kept; made when it is not there. */
  readonly folder: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly faults?: readonly Fault[];
  /** How long an upload is being saved after its last byte; milliseconds, default 0. */
  readonly savingMs?: number;
  /** How long a submission is being processed; milliseconds, default 300. */
  readonly processingMs?: number;
  /** When missing files are told: while processing (default), or at the moment of submission. */
  readonly fileChecks?: FileChecks;
  /** Smaller limits than the server's, for tests. */
  readonly limits?: Partial<UploadLimits>;
}

const below = (base: string, routes: readonly Route[]): Route[] =>
  routes.map((route) => ({ ...route, path: base + route.path }));

const ROUTES = [
  ...below(API_BASE, [...authRoutes, ...fileRoutes, ...draftRoutes, ...submissionRoutes]),
  fileListRoute,
];

/**
 * Starts an archive on this computer that speaks the BioStudies submission interface, enforces its rules and keeps
 * what it gets in a folder. Started again on the same folder it knows everything it knew. It listens on loopback
 * only. Throws Problem `practice-folder` or `practice-port`.
 */
export async function startPracticeArchive(options: PracticeArchiveOptions): Promise<PracticeArchive> {
  const closing = new AbortController();
  const places = await openPlaces(options.folder);
  const records = openRequestRecords(places);
  const drafts = openDrafts(places, records);
  const processing = createProcessing({
    places,
    records,
    processingMs: options.processingMs ?? 300,
    signal: closing.signal,
  });
  const fileChecks = options.fileChecks ?? 'while-processing';
  const archive: Archive = {
    places,
    records,
    drafts,
    accounts: await openAccounts(places),
    faults: createFaultDesk(options.faults),
    log: await openRequestLog(places.root),
    submissions: createSubmissions({ places, records, drafts, processing, fileChecks }),
    limits: { ...SERVER_LIMITS, ...options.limits },
    savingMs: options.savingMs ?? 0,
    closing: closing.signal,
  };
  const answering = new Set<Promise<void>>();
  const answer = createRouter(archive, ROUTES);
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 60_000 }, (request, response) => {
    const work = answer(request, response);
    answering.add(work);
    void work.finally(() => answering.delete(work));
  });
  const port = await listen(server, options.port ?? 0);
  const door = await openFtpDoor(archive, archive.accounts.secret);
  await processing.resume();

  return {
    url: `http://127.0.0.1:${port}${API_BASE}`,
    folder: places.root,
    account: PRACTICE_ACCOUNT,
    ftp: { host: '127.0.0.1', port: door.port, ...PRACTICE_FTP_ACCOUNT },
    faults: () => archive.faults.list(),
    setFaults: (faults) => archive.faults.set(faults),
    async close() {
      closing.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await Promise.all([closed, door.close()]);
      await Promise.allSettled(answering);
      await processing.settled();
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      reject(
        new Problem('practice-port', `The practice archive cannot listen on port ${port}.`, {
          cause: error.message,
          advice: 'Choose another port, or leave it out to take any free one.',
        }),
      );
    });
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
