import { createWriteStream } from 'node:fs';
import { unlink } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import { ArchiveError } from './archive-error.ts';
import { temporaryName } from './storage.ts';

/** What one request may hold. Bytes count for each file and for the whole request. */
export interface UploadLimits {
  readonly bytes: number;
  readonly parts: number;
  readonly partHeaderBytes: number;
}

/**
 * BioStudies application.yml: max-file-size and max-request-size 20 GB (Spring counts GB in 1024s),
 * max-part-count 2000; 512 bytes for the header of a part is Tomcat's default.
 */
export const SERVER_LIMITS: UploadLimits = { bytes: 20 * 1024 ** 3, parts: 2000, partHeaderBytes: 512 };

/** A file part. `name` is the name as sent, which may hold folders; `temporary` is null when nothing was kept. */
export interface ReceivedFile {
  readonly name: string;
  readonly temporary: string | null;
  bytes: number;
}

/** A multipart form: its text parts by name, and its `files` parts. Grows while it is read. */
export interface ReceivedForm {
  readonly fields: Map<string, string>;
  readonly files: ReceivedFile[];
}

/** What the watcher of a body wants: go on, break the connection, or stop reading and keep it open. */
export type Watch = (bytes: number, ended: boolean) => 'go' | 'cut' | 'hold';

export interface ReadOptions {
  /** Folder for unfinished files; null to read the files and keep nothing. */
  readonly incoming: string | null;
  readonly limits: UploadLimits;
  readonly form: ReceivedForm;
  readonly watch?: Watch;
}

/** The connection ended before the request did. */
export class BrokenOff extends Error {
  override readonly name = 'BrokenOff';
}

const CHUNK = 1 << 20;

/** The text that Spring answers for a request that is too big. */
export function tooBig(): ArchiveError {
  return new ArchiveError(500, 'Maximum upload size exceeded');
}

/**
 * Reads a multipart request into `options.form`; files go straight to temporary files, a few MiB of memory whatever
 * their size. Resolves when the last byte of the last file is written. On any error nothing temporary remains.
 * Throws BrokenOff when the sender goes away, ArchiveError when the request breaks a limit or is no multipart form.
 */
export async function readUpload(request: IncomingMessage, options: ReadOptions): Promise<void> {
  const writes: Promise<void>[] = [];
  try {
    await parse(request, options, writes);
    await Promise.all(writes);
  } catch (error) {
    await Promise.allSettled(writes);
    await discard(options.form);
    throw error;
  }
}

/** Removes what was written of a form. */
export async function discard(form: ReceivedForm): Promise<void> {
  for (const { temporary } of form.files)
    if (temporary !== null) await unlink(temporary).catch(() => undefined);
}

function parse(request: IncomingMessage, options: ReadOptions, writes: Promise<void>[]): Promise<void> {
  const { form, limits, incoming } = options;
  return new Promise((resolve, reject) => {
    const parser = openParser(request, limits);
    let parts = 0;
    let held = false;
    let failed = false;
    const fail = (error: Error) => {
      failed = true;
      request.unpipe(parser);
      parser.destroy();
      reject(error);
    };
    const countPart = (headerBytes: number) => {
      parts += 1;
      if (parts > limits.parts || headerBytes > limits.partHeaderBytes) {
        fail(new ArchiveError(500, 'Failed to parse multipart servlet request'));
      }
    };

    parser.on('field', (name, value) => {
      countPart(0);
      form.fields.set(name, value);
    });
    parser.on('file', (field, stream, info) => {
      countPart(partHeaderBytes(field, info.filename, info.mimeType));
      if (field !== 'files') return void stream.resume();
      const temporary = incoming === null ? null : path.join(incoming, temporaryName());
      const file: ReceivedFile = { name: info.filename ?? '', temporary, bytes: 0 };
      form.files.push(file);
      stream.on('limit', () => fail(tooBig()));
      const target = targetOf(file);
      const write = pipeline(stream, target);
      // The target's own end too: a file that is still being opened cannot be removed yet.
      writes.push(write, new Promise((done) => target.once('close', done)));
      // A full disk must end the request, which otherwise waits for a reader that is gone.
      write.catch((error: Error) => fail(error));
    });
    parser.on('error', (error) => fail(new ArchiveError(500, messageOf(error))));
    parser.on('close', () => {
      if (!held) resolve();
    });

    let bytes = 0;
    const look = (ended: boolean) => {
      if (failed) return;
      if (bytes > limits.bytes) return fail(tooBig());
      const wish = held ? 'go' : (options.watch?.(bytes, ended) ?? 'go');
      if (wish === 'cut') request.socket.destroy();
      if (wish === 'hold') {
        held = true;
        request.unpipe(parser);
        request.pause();
      }
    };
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      look(false);
    });
    request.on('end', () => look(true));
    request.on('error', () => fail(new BrokenOff('The connection broke.')));
    request.on('close', () => {
      if (held || !request.complete) fail(new BrokenOff('The connection ended.'));
    });
    request.pipe(parser);
  });
}

function openParser(request: IncomingMessage, limits: UploadLimits): busboy.Busboy {
  try {
    return busboy({
      headers: request.headers,
      preservePath: true,
      defParamCharset: 'utf8',
      highWaterMark: CHUNK,
      fileHwm: CHUNK,
      limits: { fileSize: limits.bytes },
    });
  } catch {
    throw new ArchiveError(500, 'Current request is not a multipart request');
  }
}

/** Where the bytes of a part go; they are counted on the way. */
function targetOf(file: ReceivedFile): Writable {
  const count = (chunk: Buffer) => {
    file.bytes += chunk.length;
  };
  if (file.temporary === null) {
    return new Writable({
      highWaterMark: CHUNK,
      write(chunk: Buffer, _encoding, done) {
        count(chunk);
        done();
      },
    });
  }
  const target = createWriteStream(file.temporary, { highWaterMark: CHUNK, flags: 'wx' });
  target.on('close', () => {
    file.bytes = target.bytesWritten;
  });
  return target;
}

/** The size of a part's header as clients write it; the parser does not hand out the bytes themselves. */
function partHeaderBytes(field: string, name: string | undefined, type: string): number {
  const disposition = `Content-Disposition: form-data; name="${field}"; filename="${name ?? ''}"`;
  return Buffer.byteLength(`${disposition}\r\nContent-Type: ${type}\r\n\r\n`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
