import { setTimeout as delay } from 'node:timers/promises';
import { ArchiveError } from './archive-error.ts';
import { type Answer, badGateway, type Call, empty } from './call.ts';
import type { UploadFault } from './faults.ts';
import type { UploadOutcome } from './request-log.ts';
import {
  BrokenOff,
  discard,
  type ReceivedFile,
  type ReceivedForm,
  readUpload,
  tooBig,
  type Watch,
} from './upload-reader.ts';
import { placeFile } from './user-files.ts';

/**
 * Takes an upload: `files` parts into the folder that the text part `filePath` names, or, in the older form, that
 * the address names. Parents are made, names are not checked, what is there is replaced. Files are spooled first
 * and put in place only when the whole request has arrived, as the server does.
 */
export async function upload(call: Call, folderOfAddress?: string): Promise<Answer> {
  const { request, archive } = call;
  if (Number(request.headers['content-length'] ?? 0) > archive.limits.bytes) throw tooBig();
  const fault = archive.faults.takeForUpload();
  const form: ReceivedForm = { fields: new Map(), files: [] };
  const keeps = fault === null || fault === 'bad-gateway';
  try {
    await readUpload(request, {
      incoming: keeps ? archive.places.incoming : null,
      limits: archive.limits,
      form,
      watch: watchFor(fault, request.headers['content-length'], () => {
        // Told now, for a held connection may stay open for good. The parser still has this chunk to read.
        setImmediate(() => void log(call, form, folderOfAddress, 'stalled', null));
      }),
    });
    if (fault === 'cut') throw new BrokenOff('Cut on order.');
  } catch (error) {
    if (fault === 'stall' && error instanceof BrokenOff) return null;
    await log(call, form, folderOfAddress, ...outcomeOf(call, error, fault));
    throw error;
  }
  return finish(call, form, folderOfAddress, fault);
}

function outcomeOf(call: Call, error: unknown, fault: UploadFault | null): [UploadOutcome, number | null] {
  if (call.archive.closing.aborted) return ['broken-off', null];
  if (error instanceof BrokenOff) return [fault === 'cut' ? 'cut' : 'broken-off', null];
  return ['refused', error instanceof ArchiveError ? error.status : 500];
}

async function finish(
  call: Call,
  form: ReceivedForm,
  folderOfAddress: string | undefined,
  fault: UploadFault | null,
): Promise<Answer> {
  const { archive } = call;
  const waiting = [...form.files];
  const placed: ReceivedFile[] = [];
  try {
    if (archive.savingMs > 0) await delay(archive.savingMs, undefined, { signal: archive.closing });
    const folder = folderOfAddress ?? form.fields.get('filePath');
    if (folder === undefined) throw new ArchiveError(400, "Required parameter 'filePath' is not present.");
    if (waiting.length === 0) throw new ArchiveError(400, "Required part 'files' is not present.");
    if (fault === 'error-log') {
      throw new ArchiveError(500, 'The file could not be stored.', {
        causes: ['Failed to write to the user folder (a fault of the practice archive, made on order).'],
      });
    }
    for (let file = waiting[0]; file !== undefined; file = waiting[0]) {
      if (file.temporary !== null)
        await placeFile(archive.places.user, `${folder}/${file.name}`, file.temporary);
      placed.push(file);
      waiting.shift();
    }
  } catch (error) {
    await discard(form);
    if (placed.length > 0) await log(call, { ...form, files: placed }, folderOfAddress, 'stored', 500);
    await log(call, { ...form, files: waiting }, folderOfAddress, ...outcomeOf(call, error, fault));
    throw error;
  }
  const answer = fault === 'bad-gateway' ? badGateway() : empty();
  await log(call, form, folderOfAddress, fault === 'lose-file' ? 'lost' : 'stored', answer?.status ?? null);
  return answer;
}

/** Breaks or holds the connection in the middle of the body, or at once when its length is not told. */
function watchFor(fault: UploadFault | null, length: string | undefined, held: () => void): Watch {
  const half = Math.max(1, Math.floor(Number(length ?? 0) / 2));
  return (bytes, ended) => {
    if (bytes < half && !ended) return 'go';
    if (fault === 'cut') return 'cut';
    if (fault !== 'stall') return 'go';
    held();
    return 'hold';
  };
}

async function log(
  call: Call,
  form: ReceivedForm,
  folderOfAddress: string | undefined,
  outcome: UploadOutcome,
  status: number | null,
): Promise<void> {
  const folder = folderOfAddress ?? form.fields.get('filePath') ?? '';
  const files = form.files.length === 0 ? [{ name: '', bytes: 0 }] : form.files;
  for (const { name, bytes } of files) {
    const path = `${folder}/${name}`.split('/').filter(Boolean).join('/');
    await call.archive.log.add({
      what: 'upload',
      at: new Date().toISOString(),
      path,
      bytes,
      outcome,
      status,
    });
  }
}
