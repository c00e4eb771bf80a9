import type { MethodId } from '../../../shared/model/plan.ts';
import type { SourceFile } from './local-file.ts';
import type { PartLog } from './part-log.ts';

/** What a way to move bytes is good for. */
export interface MethodCapabilities {
  /** What can be kept of a file whose sending was broken off: nothing, whole parts, every byte. */
  readonly resume: 'none' | 'part' | 'byte';
  /** What the archive can be asked about a file it holds, to compare with what was sent. */
  readonly verify: readonly ('size' | 'md5' | 'sha256')[];
  /** Files at once that are worth it. */
  readonly parallel: number;
  /** Bytes; null: no limit known. */
  readonly largestFile: number | null;
  readonly needsFolderFirst: boolean;
  readonly listsRecursively: boolean;
}

/** Something that the archive lists in a folder. Size in bytes, of files only. */
export interface RemoteItem {
  readonly name: string;
  readonly kind: 'file' | 'folder';
  readonly size: number;
}

/** A file to send. `remotePath` has `/` between segments and none at its ends. */
export interface OutgoingFile extends SourceFile {
  readonly remotePath: string;
  /** True when the archive may have the beginning of just these bytes from an earlier attempt. */
  readonly begun?: boolean;
  /** What the archive has of it in parts, for methods that send in parts. */
  readonly parts?: PartLog;
}

export interface SendOptions {
  readonly signal: AbortSignal;
  /** Told how many more bytes of the file the archive took. */
  readonly onBytes: (bytes: number) => void;
  /** Told, before any byte goes out, how many at the beginning the archive has from an earlier attempt. */
  readonly onHeld?: (bytes: number) => void;
  /** Told once, with the SHA-256 of the bytes, when all have gone out and the archive is expected to answer. */
  readonly onSaving: (sha256: string) => void;
  /**
   * Asked from time to time while the archive saves and says nothing: whether it lists the whole file by now. Left
   * out when a listing would prove nothing.
   */
  readonly hasArrived?: (signal: AbortSignal) => Promise<boolean>;
}

export interface SendResult {
  /** Of the bytes that were sent, 64 hexadecimal digits. */
  readonly sha256: string;
  /** What the archive answered, in a few words. */
  readonly answer: string;
  /** What the archive said of the bytes it has, beyond their number, in a few words for the receipt. */
  readonly proof?: string;
}

/** An open way to one archive. Failures are thrown as `Trouble`, a fired signal as AbortError. */
export interface Session {
  /** What is in a folder, not below it unless `listsRecursively`; nothing when there is no such folder. */
  list(folder: string, signal: AbortSignal): AsyncIterable<RemoteItem>;
  /** Sends one whole file, over one that is there. The answer is no proof: list the folder to be sure. */
  send(file: OutgoingFile, options: SendOptions): Promise<SendResult>;
  /**
   * The SHA-256 of a file as the archive gives it back, for the rare case in which its size proves nothing. Left out
   * where files cannot be read back.
   */
  readBack?(remotePath: string, signal: AbortSignal): Promise<string>;
  close(): Promise<void>;
}

/** A way to move bytes, by its capabilities; it knows no destination. */
export interface Method {
  readonly id: MethodId;
  readonly capabilities: MethodCapabilities;
  open(): Session;
}

/** The folder and the last segment of a remote path. */
export function splitRemotePath(path: string): { folder: string; name: string } {
  const cut = path.lastIndexOf('/');
  return { folder: path.slice(0, Math.max(0, cut)), name: path.slice(cut + 1) };
}
