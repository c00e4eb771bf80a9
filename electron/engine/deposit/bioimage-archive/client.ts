import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Problem } from '../../../../shared/model/problem.ts';
import { type Answer, Connections, isThisComputer } from '../../transfer/http-exchange.ts';
import { type RemoteItem, splitRemotePath } from '../../transfer/method.ts';
import type { TransferPolicy } from '../../transfer/retry.ts';
import { refusalTrouble, Trouble } from '../../transfer/trouble.ts';
import { redactor } from '../redact.ts';
import { jsonItems, NoItems } from './json-items.ts';
import { readArchiveError } from './log-tree.ts';

const MEGABYTE = 1024 * 1024;

const profileSchema = z.object({
  sessid: z.string().min(1),
  email: z.string().default(''),
  username: z.string().default(''),
  fullname: z.string().nullish(),
  secret: z.string().nullish(),
  uploadType: z.string().nullish(),
});
export type Profile = z.infer<typeof profileSchema>;

const itemSchema = z.object({
  name: z.string().min(1),
  type: z.enum(['FILE', 'DIR']),
  size: z.number().nullish(),
});

const collectionsSchema = z.array(z.object({ accno: z.string() }));
const draftSchema = z.object({ key: z.string().min(1), content: z.unknown() });
export type Draft = z.infer<typeof draftSchema>;

const submissionSchema = z.object({
  accno: z.string(),
  status: z.string(),
  errors: z.array(z.unknown()).nullish(),
});
export interface SubmissionRow {
  readonly accession: string;
  readonly status: string;
  readonly errors: readonly string[];
}

type Method = 'GET' | 'POST' | 'PUT';

interface Request {
  readonly method: Method;
  readonly path: string;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** For requests that take the archive long. */
  readonly answerMs?: number;
}

/**
 * The BioStudies submission interface (BioStudies backend, public API), one method a call. Failures are `Trouble`;
 * what comes from the archive is parsed, bounded and free of the token before anything else sees it.
 */
export class BioStudiesClient {
  readonly connections: Connections;
  readonly #token: string | null;
  readonly #policy: TransferPolicy;
  readonly #redact: (text: string) => string;

  /**
   * @param endpoint base of the interface, ending in `/api`
   * @param token of a login, or null to log in
   * @throws Problem `unsafe-address` for plain HTTP to another computer
   */
  constructor(endpoint: string, token: string | null, policy: TransferPolicy) {
    requireSafe(endpoint);
    this.connections = new Connections(endpoint);
    this.#token = token;
    this.#policy = policy;
    this.#redact = redactor(token === null ? [] : [token]);
  }

  /** Headers that say who asks. */
  readonly headers = (): Record<string, string> =>
    this.#token === null ? {} : { 'X-Session-Token': this.#token };

  /** @throws Problem `wrong-password` */
  async logIn(user: string, password: string, signal: AbortSignal): Promise<Profile> {
    const redact = redactor([password]);
    const answer = await this.#ask({
      method: 'POST',
      path: '/auth/login',
      json: { login: user, password },
      signal,
    });
    if (answer.status === 401 || answer.status === 403) {
      throw new Problem('wrong-password', 'The archive does not know this user with this password.', {
        cause: redact(readArchiveError(answer.text).words),
        advice: 'Look for a typing mistake, or set a new password on the web page of the archive.',
      });
    }
    if (!isGood(answer)) throw this.refusal(answer.status, redact(answer.text), undefined);
    return this.#parse(profileSchema, answer);
  }

  async profile(signal: AbortSignal): Promise<Profile> {
    return this.#parse(profileSchema, await this.#get({ method: 'GET', path: '/auth/profile', signal }));
  }

  /** Accessions of the collections the account may submit to; null when the archive does not say. */
  async collections(signal: AbortSignal): Promise<string[] | null> {
    const answer = await this.#ask({ method: 'GET', path: '/collections', signal });
    if (answer.status === 404) return null;
    if (!isGood(answer)) throw this.#refused(answer);
    return this.#parse(collectionsSchema, answer).map(({ accno }) => accno);
  }

  /** What is in a folder of the user's space, not below it; nothing when there is no such folder. */
  async *list(folder: string, signal: AbortSignal): AsyncIterable<RemoteItem> {
    const { status, headers, pieces } = await this.connections.askOpen({
      method: 'POST',
      path: '/files/user/query',
      headers: { ...this.headers(), 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({ path: folder }),
      signal,
      answerMs: this.#policy.answerMs,
    });
    if (status < 200 || status > 299) {
      const text = await firstBytes(pieces, MEGABYTE);
      throw this.refusal(status, text, headers['retry-after']);
    }
    try {
      for await (const item of jsonItems(pieces)) {
        const parsed = itemSchema.safeParse(item);
        if (!parsed.success) throw new NoItems('An item has no name, type or size.');
        const { name, type, size } = parsed.data;
        yield { name, kind: type === 'FILE' ? 'file' : 'folder', size: size ?? 0 };
      }
    } catch (error) {
      throw error instanceof NoItems ? this.#strange(error.message) : error;
    }
  }

  /** The SHA-256 of a file of the user's space as the archive gives it back; nothing of it is kept. */
  async readBack(remotePath: string, signal: AbortSignal): Promise<string> {
    const { folder, name } = splitRemotePath(remotePath);
    const { status, headers, pieces } = await this.connections.askOpen({
      method: 'POST',
      path: '/files/user/download',
      headers: { ...this.headers(), 'Content-Type': 'application/json' },
      body: JSON.stringify({ path: folder, fileName: name }),
      signal,
      answerMs: this.#policy.answerMs,
    });
    if (status < 200 || status > 299) {
      throw this.refusal(status, await firstBytes(pieces, MEGABYTE), headers['retry-after']);
    }
    const hash = createHash('sha256');
    for await (const piece of pieces) hash.update(piece);
    return hash.digest('hex');
  }

  /** @throws Trouble with what is wrong with the list, in the archive's words */
  async validateFileList(name: string, signal: AbortSignal): Promise<void> {
    await this.#get({
      method: 'POST',
      path: '/submissions/fileLists/validate',
      form: { fileListName: name },
      signal,
      answerMs: this.#policy.longestSavingMs,
    });
  }

  async createDraft(content: unknown, attachTo: string, signal: AbortSignal): Promise<Draft> {
    const path = `/submissions/drafts?attachTo=${encodeURIComponent(attachTo)}`;
    return this.#parse(draftSchema, await this.#get({ method: 'POST', path, json: content, signal }));
  }

  async drafts(offset: number, limit: number, signal: AbortSignal): Promise<Draft[]> {
    const path = `/submissions/drafts?offset=${offset}&limit=${limit}`;
    return this.#parse(z.array(draftSchema), await this.#get({ method: 'GET', path, signal }));
  }

  /** Replaces the content of a draft. For a processed accession the archive would make a new version of it. */
  async updateDraft(key: string, content: unknown, signal: AbortSignal): Promise<void> {
    const path = `/submissions/drafts/${encodeURIComponent(key)}`;
    await this.#get({ method: 'PUT', path, json: content, signal });
  }

  /** Hands the draft in; the archive goes on by itself. Not to be repeated before its state was asked. */
  async submitDraft(key: string, signal: AbortSignal): Promise<void> {
    await this.#get({
      method: 'POST',
      path: `/submissions/drafts/${encodeURIComponent(key)}/submit`,
      headers: { Submission_Type: 'application/json' },
      signal,
      answerMs: this.#policy.longestSavingMs,
    });
  }

  /** The state of what was handed in under an accession; null when nothing was. */
  async submission(accession: string, signal: AbortSignal): Promise<SubmissionRow | null> {
    const path = `/submissions?offset=0&limit=15&accNo=${encodeURIComponent(accession)}`;
    const rows = this.#parse(z.array(submissionSchema), await this.#get({ method: 'GET', path, signal }));
    const row = rows.find(({ accno }) => accno === accession);
    if (!row) return null;
    return { accession: row.accno, status: row.status, errors: (row.errors ?? []).map(wordsOf) };
  }

  /** What an answer other than 2xx means, with the archive's own words where there are any. */
  readonly refusal = (status: number, text: string, retryAfter: string | undefined): Trouble =>
    refusalTrouble({ status, ...readArchiveError(this.#redact(text)), retryAfter }, this.connections.host);

  close(): void {
    this.connections.close();
  }

  async #get(request: Request): Promise<Answer> {
    const answer = await this.#ask(request);
    if (!isGood(answer)) throw this.#refused(answer);
    return answer;
  }

  #ask(request: Request): Promise<Answer> {
    const { json, form } = request;
    const body = json === undefined ? form && new URLSearchParams(form).toString() : JSON.stringify(json);
    const type = json === undefined ? 'application/x-www-form-urlencoded' : 'application/json';
    return this.connections.ask(
      {
        method: request.method,
        path: request.path,
        headers: {
          Accept: 'application/json',
          ...this.headers(),
          ...(body === undefined ? {} : { 'Content-Type': type }),
          ...request.headers,
        },
        ...(body === undefined ? {} : { body }),
        signal: request.signal,
        answerMs: request.answerMs ?? this.#policy.answerMs,
      },
      16 * MEGABYTE,
    );
  }

  #refused(answer: Answer): Trouble {
    return this.refusal(answer.status, answer.text, answer.headers['retry-after']);
  }

  #parse<T>(schema: z.ZodType<T>, answer: Answer): T {
    let json: unknown;
    try {
      json = JSON.parse(answer.text);
    } catch {
      throw this.#strange(readArchiveError(answer.text).words);
    }
    const parsed = schema.safeParse(json);
    if (!parsed.success) throw this.#strange(z.prettifyError(parsed.error));
    return parsed.data;
  }

  #strange(detail: string): Trouble {
    return new Trouble(
      'retry',
      'strange-answer',
      `${this.connections.host} answered in a form that Slipway does not know.`,
      {
        cause: this.#redact(detail),
        advice: 'Look whether the address of the archive is right, and whether a proxy answers in its place.',
      },
    );
  }
}

function isGood(answer: Answer): boolean {
  return answer.status >= 200 && answer.status <= 299;
}

/** An error of a submission, told as a text or as a tree. */
function wordsOf(error: unknown): string {
  if (typeof error !== 'string') return readArchiveError(JSON.stringify({ log: error })).words;
  return readArchiveError(JSON.stringify({ log: { message: error } })).words;
}

async function firstBytes(pieces: AsyncIterable<Uint8Array>, limit: number): Promise<string> {
  const kept: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    kept.push(piece);
    size += piece.byteLength;
    if (size > limit) break;
  }
  return Buffer.concat(kept).subarray(0, limit).toString('utf8');
}

function requireSafe(endpoint: string): void {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isThisComputer(url))) return;
  throw new Problem('unsafe-address', `Slipway does not sign in at ${url?.origin ?? endpoint}.`, {
    cause: 'Without TLS your password and your files could be read on the way.',
    advice: 'Use an address that begins with https://. Plain http:// is fine on this computer only.',
  });
}
