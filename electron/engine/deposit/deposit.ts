import type { FileListColumn } from '../../../shared/destinations/profile.ts';
import type { Metadata } from '../../../shared/model/metadata.ts';
import type { MethodId } from '../../../shared/model/plan.ts';
import type { Method } from '../transfer/method.ts';
import type { ReadyMethod } from '../transfer/plan.ts';
import type { TransferPolicy } from '../transfer/retry.ts';
import type { FileListRows } from './file-list-rows.ts';

/** How the archive takes files by FTP, and what a person agreed to. */
export interface FtpAccess {
  readonly host: string;
  readonly port: number;
  /** By the kind of upload space of the account. */
  readonly users: Readonly<Record<string, string>>;
  readonly password: string;
  /** Whether a person accepted that password and files go in the clear where the server has no TLS. */
  readonly allowPlain: boolean;
}

/** Where a submission goes and as whom. */
export interface DepositAccount {
  /** Address of the archive's interface. */
  readonly endpoint: string;
  readonly token: string;
  readonly user: string;
  readonly practice: boolean;
  /** Null until a person gave it. */
  readonly ftp: FtpAccess | null;
}

/** The outcome of signing in. The token is a secret; what is beside it may be shown. */
export interface SignedIn {
  readonly token: string;
  readonly user: string;
  readonly displayName: string;
  /** The account's secret directory so that its owner knows it, and nobody can use it. */
  readonly secretMasked: string;
}

/** Where a submission stands at the archive. */
export interface HandedIn {
  readonly state: 'nothing' | 'processing' | 'processed' | 'refused';
  readonly accession: string;
  /** Why it was refused, in the archive's words. */
  readonly errors: readonly string[];
}

/**
 * What one archive is asked for in the course of a deposit. The order of the steps, and what is asked again after a
 * failure or a kill, is the same for every destination and not decided here. Failures are thrown as `Trouble`.
 */
export interface DepositSession {
  /**
   * A way to move bytes, one of those the destination has.
   * @throws Trouble `ftp-access` for FTP without access to it
   */
  method(id: MethodId, signal: AbortSignal): Promise<Method>;
  /** Makes sure that the account is known and may deposit; says so in a few words. */
  welcome(signal: AbortSignal): Promise<string>;
  /** Has the archive check a file list that it holds, and that it holds every file the list names. */
  validateList(path: string, signal: AbortSignal): Promise<void>;
  /** Finds the draft of an earlier attempt by a text that only this submission's document has; null when there is none. */
  findDraft(mark: string, signal: AbortSignal): Promise<string | null>;
  /** Returns the key of the new draft. */
  createDraft(document: unknown, signal: AbortSignal): Promise<string>;
  updateDraft(key: string, document: unknown, signal: AbortSignal): Promise<void>;
  /** Hands the draft in; not to be repeated before {@link handedIn} was asked. */
  submit(key: string, signal: AbortSignal): Promise<void>;
  handedIn(key: string, signal: AbortSignal): Promise<HandedIn>;
  close(): void;
}

/** A destination: how to sign in there, and how to write what it reads. */
export interface Deposit {
  /** Id of its profile. */
  readonly destination: string;
  /** Ways to send that this version has for it. */
  readonly methods: readonly ReadyMethod[];
  /** @throws Problem `wrong-password` */
  signIn(endpoint: string, user: string, password: string, signal: AbortSignal): Promise<SignedIn>;
  open(account: DepositAccount, policy: TransferPolicy): DepositSession;
  /**
   * Enters the archive's FTP server with the account's access, as an upload would.
   * @throws Trouble that says what stands in the way
   */
  tryFtp(account: DepositAccount, signal: AbortSignal): Promise<{ encrypted: boolean }>;
  /** The document that describes the submission. `fileLists` are paths at the archive by block id. */
  document(metadata: Metadata, fileLists: Readonly<Record<string, string>>): unknown;
  /** Writes a file list to `target`. Returns the number of rows. */
  writeList(
    target: string,
    rows: FileListRows,
    columns: readonly FileListColumn[],
    signal?: AbortSignal,
  ): Promise<number>;
}
