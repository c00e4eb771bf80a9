import { Problem } from '../../../shared/model/problem.ts';

/**
 * What to do about a failure on the way to the archive: `retry` after a pause; `wait` as long as the archive asks,
 * then retry; `stop` the whole transfer, because every further request would fail alike; `file`: this file cannot
 * be sent, the others go on.
 */
export type TroubleKind = 'retry' | 'wait' | 'stop' | 'file';

interface TroubleDetails {
  readonly cause?: string;
  readonly advice?: string;
  /** How long the archive asked to wait, in milliseconds. */
  readonly waitMs?: number;
  /** True when every byte had gone out: the archive may hold the file although it did not say so. */
  readonly unclear?: boolean;
}

/** An expected failure on the way to the archive, with what is to be done about it. */
export class Trouble extends Problem {
  readonly kind: TroubleKind;
  readonly waitMs: number | null;
  readonly unclear: boolean;

  constructor(kind: TroubleKind, code: string, message: string, details: TroubleDetails = {}) {
    super(code, message, details);
    this.kind = kind;
    this.waitMs = details.waitMs ?? null;
    this.unclear = details.unclear ?? false;
  }

  /** The same trouble, met after the last byte had gone out. */
  afterLastByte(): Trouble {
    return new Trouble(this.kind, this.code, this.message, {
      ...(this.why === undefined ? {} : { cause: this.why }),
      ...(this.advice === undefined ? {} : { advice: this.advice }),
      ...(this.waitMs === null ? {} : { waitMs: this.waitMs }),
      unclear: true,
    });
  }
}

const certificateCodes =
  /^(CERT_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_CERT|UNABLE_TO_(VERIFY|GET)_|ERR_TLS_CERT|HOSTNAME_MISMATCH)/;

const networkWords: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing answers at that address: the server is down or the port is closed.',
  ENOTFOUND: 'The name of the server is not known here: there is no network, or the address is wrong.',
  EAI_AGAIN: 'The name of the server could not be looked up: there is no network just now.',
  ECONNRESET: 'The connection broke.',
  EPIPE: 'The server closed the connection.',
  ECONNABORTED: 'The connection broke.',
  ETIMEDOUT: 'The server did not answer in time.',
  EHOSTUNREACH: 'There is no way to the server from this network.',
  ENETUNREACH: 'There is no network.',
  ENETDOWN: 'The network went down.',
  ENETRESET: 'The network went down.',
  EMFILE: 'This program has too many files and connections open.',
};

/** The code of a Node error; of the first one inside where several addresses were tried. */
export function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError) return errorCode(error.errors[0]);
  return '';
}

/** Says what an error of a connection to `host` means. Every one may pass, but for a certificate that is not trusted. */
export function networkTrouble(error: unknown, host: string): Trouble {
  if (error instanceof Trouble) return error;
  const code = errorCode(error);
  if (certificateCodes.test(code)) {
    return new Trouble('stop', 'certificate', `The certificate of ${host} is not to be trusted.`, {
      cause: `${error instanceof Error ? error.message : code}. Slipway sends nothing to a server it cannot be sure of.`,
      advice:
        'Look whether the clock of this computer is right and whether a proxy of your institute stands in between; ask its IT.',
    });
  }
  if (code.startsWith('HPE_')) {
    return new Trouble('retry', 'bad-answer', `${host} answered something that is not HTTP.`, {
      cause: `A proxy or another program may answer in its place (${code}).`,
      advice: 'Look whether the address of the archive is right.',
    });
  }
  const detail = error instanceof Error ? error.message : String(error);
  return new Trouble('retry', 'network', `${host} could not be reached.`, {
    cause: networkWords[code] ?? `The connection failed: ${detail}`,
    advice: 'Look whether this computer is online. What the archive confirmed stays; send again to go on.',
  });
}

interface Refusal {
  readonly status: number;
  /** What the archive said, in words for people; empty when it said nothing that can be read. */
  readonly words: string;
  /** True when the words came in the archive's own error form, so they are its verdict and not a gateway's. */
  readonly verdict: boolean;
  /** The Retry-After header. */
  readonly retryAfter: string | undefined;
}

/**
 * Says what an HTTP answer other than 2xx means. BioStudies answers 500 to mistakes of users as well, so a 500 that
 * carries an error log is a verdict and not a reason to try again (BioStudies backend, REST error shapes).
 */
export function refusalTrouble(refusal: Refusal, host: string): Trouble {
  const { status, words, verdict } = refusal;
  const said = words === '' ? `It answered with code ${status} and no reason.` : words;
  if (status === 401) {
    return new Trouble('stop', 'sign-in-again', `${host} no longer knows this sign-in.`, {
      cause: said,
      advice: 'Sign in again, then send again: what the archive confirmed is not sent twice.',
    });
  }
  if (status === 403) {
    return new Trouble('stop', 'not-allowed', `${host} does not allow this account to do that.`, {
      cause: said,
      advice: 'Ask the archive whether the account may submit there.',
    });
  }
  if (status === 429 || (status === 503 && refusal.retryAfter !== undefined)) {
    return new Trouble('wait', 'busy', `${host} asks to wait.`, {
      cause: said,
      waitMs: retryAfterMs(refusal.retryAfter),
    });
  }
  if (status === 413) {
    return new Trouble('file', 'too-large', 'The archive takes no file of this size this way.', {
      cause: said,
      advice: 'Ask the archive for another way to send files of this size.',
    });
  }
  if (verdict || (status >= 400 && status < 500 && status !== 404 && status !== 405 && status !== 408)) {
    return new Trouble('file', 'refused', said, { advice: 'Put right what it names, then send again.' });
  }
  if (status < 400 || status === 404 || status === 405) {
    return new Trouble('stop', 'wrong-address', `${host} does not know this request (code ${status}).`, {
      cause: said,
      advice: 'Look whether the address of the archive is right.',
    });
  }
  return new Trouble('retry', 'server-trouble', `${host} has trouble just now (code ${status}).`, {
    cause: said,
    advice: 'Wait a while, then send again: what the archive confirmed is not sent twice.',
    ...(refusal.retryAfter === undefined ? {} : { waitMs: retryAfterMs(refusal.retryAfter) }),
  });
}

const LONGEST_ASKED_WAIT_MS = 600_000;

/** Reads Retry-After (RFC 9110 §10.2.3: seconds, or a date); at most ten minutes, 30 s when it is missing or odd. */
export function retryAfterMs(header: string | undefined, nowMs: number = Date.now()): number {
  const text = header?.trim() ?? '';
  const asked = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  if (!Number.isFinite(asked)) return 30_000;
  return Math.min(LONGEST_ASKED_WAIT_MS, Math.max(0, asked));
}

/** What happened, why, and what to do, as one text for a row. */
export function describeTrouble(problem: Problem): string {
  return [problem.message, problem.why, problem.advice]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
}
