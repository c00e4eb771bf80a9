import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type PracticeArchive,
  type PracticeArchiveOptions,
  startPracticeArchive,
} from './practice-archive.ts';

/** An answer, read: the text, and the same as JSON when it is that. */
export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly json: unknown;
}

/** Asks a practice archive as a plain HTTP client; for tests of everything that talks to one. */
export interface PracticeDriver {
  readonly url: string;
  readonly token: string;
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  /** Uploads files, by name and content, into a folder of the user's space. */
  upload(folder: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<Reply>;
  /** Names and sizes in a folder. */
  sizes(folder: string): Promise<Record<string, number>>;
  validate(fileListName: string, more?: Record<string, string>): Promise<Reply>;
  /** Makes a draft and hands it in; gives the key and the answer to handing in. */
  submit(content: unknown): Promise<{ key: string; reply: Reply }>;
  /** Asks until a submission is no longer being processed. */
  outcome(accNo: string): Promise<{ status: string; errors: string[] }>;
}

/** Logs in and gives the driver. Throws when that fails. */
export async function drive(archive: Pick<PracticeArchive, 'url' | 'account'>): Promise<PracticeDriver> {
  const { url } = archive;
  const ask = async (method: string, where: string, init: RequestInit): Promise<Reply> => {
    const answer = await fetch(url + where, { method, ...init });
    const text = await answer.text();
    return { status: answer.status, text, json: parsed(text) };
  };
  const login = await ask('POST', '/auth/login', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: archive.account.user, password: archive.account.password }),
  });
  const { sessid: token } = login.json as { sessid: string };
  if (login.status !== 200) throw new Error(login.text);

  const request: PracticeDriver['request'] = (method, where, body, headers = {}) =>
    ask(method, where, {
      headers: { 'x-session-token': token, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });

  return {
    url,
    token,
    request,
    upload(folder, files) {
      const form = new FormData();
      form.set('filePath', folder);
      for (const [name, content] of Object.entries(files)) {
        form.append(
          'files',
          new Blob([typeof content === 'string' ? content : new Uint8Array(content)]),
          name,
        );
      }
      return ask('POST', '/files/user/upload', { headers: { 'x-session-token': token }, body: form });
    },
    async sizes(folder) {
      const { json } = await request('POST', '/files/user/query', { path: folder });
      return Object.fromEntries(
        (json as { name: string; size: number }[]).map((row) => [row.name, row.size]),
      );
    },
    validate: (fileListName, more = {}) =>
      ask('POST', '/submissions/fileLists/validate', {
        headers: { 'x-session-token': token },
        body: new URLSearchParams({ fileListName, ...more }),
      }),
    async submit(content) {
      const draft = await request('POST', '/submissions/drafts?attachTo=BioImages', content);
      const { key } = draft.json as { key: string };
      return { key, reply: await request('POST', `/submissions/drafts/${key}/submit`) };
    },
    async outcome(accNo) {
      for (;;) {
        const { json } = await request('GET', `/submissions/${accNo}`);
        const row = json as { status: string; errors: string[] };
        if (row.status !== 'PROCESSING') return row;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An archive in a folder of its own, which goes with it. */
export interface TrialArchive extends PracticeDriver {
  readonly archive: PracticeArchive;
  readonly folder: string;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts an archive for one test; `await using` closes it and removes its folder. */
export async function startTrialArchive(
  options: Partial<PracticeArchiveOptions> = {},
): Promise<TrialArchive> {
  const folder = options.folder ?? (await mkdtemp(path.join(tmpdir(), 'slipway-practice-')));
  const archive = await startPracticeArchive({ processingMs: 0, ...options, folder });
  return {
    ...(await drive(archive)),
    archive,
    folder,
    async [Symbol.asyncDispose]() {
      await archive.close();
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}
