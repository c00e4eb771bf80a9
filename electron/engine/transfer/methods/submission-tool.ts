import { SteadyFile } from '../local-file.ts';
import {
  type Method,
  type MethodCapabilities,
  type OutgoingFile,
  type SendOptions,
  type SendResult,
  splitRemotePath,
} from '../method.ts';
import { savingTime, type TransferPolicy } from '../retry.ts';
import { frameFile } from './multipart.ts';
import { UploadRequest } from './upload-request.ts';
import type { UploadTarget } from './upload-target.ts';

/**
 * Sends each file as one multipart/form-data request, straight from the disk, hashed on the way. Nothing of a file
 * can be resumed. The memory does not depend on the file: three pieces of 1 MiB for each file under way.
 */
export function submissionTool(target: UploadTarget, policy: TransferPolicy): Method {
  const capabilities: MethodCapabilities = {
    resume: 'none',
    verify: ['size'],
    parallel: 3,
    largestFile: target.largestFile,
    needsFolderFirst: false,
    listsRecursively: false,
  };
  return {
    id: 'submission-tool',
    capabilities,
    open: () => ({
      list: target.list,
      send: (file, options) => sendFile(target, policy, file, options),
      ...(target.readBack ? { readBack: target.readBack } : {}),
      close: async () => {},
    }),
  };
}

async function sendFile(
  target: UploadTarget,
  policy: TransferPolicy,
  file: OutgoingFile,
  options: SendOptions,
): Promise<SendResult> {
  options.signal.throwIfAborted();
  const { folder, name } = splitRemotePath(file.remotePath);
  const frame = frameFile(target.fields(folder), target.fileField, name);
  const source = await SteadyFile.open(file);
  try {
    const upload = new UploadRequest(target, frame, file.size, policy.stallMs, options.signal);
    try {
      const sha256 = await upload.sendBody(source, options.onBytes);
      // Before the last bytes of the request: without them the archive keeps nothing.
      await source.verify();
      upload.finish();
      options.onSaving(sha256);
      const answer = await awaitSaved(upload, savingTime(file.size, policy), policy, options);
      return { sha256, answer };
    } finally {
      upload.end();
    }
  } finally {
    await source.close();
  }
}

/**
 * Waits for the answer. Routers and gateways drop connections on which nothing is said for minutes, and the answer
 * with them, so the archive's listing is asked meanwhile; twice in a row, because a file may grow while it is listed.
 */
async function awaitSaved(
  upload: UploadRequest,
  patienceMs: number,
  policy: TransferPolicy,
  options: SendOptions,
): Promise<string> {
  const { hasArrived, signal } = options;
  const answered = upload.answer(patienceMs);
  if (!hasArrived) return answered;
  const asking = new AbortController();
  const both = AbortSignal.any([signal, asking.signal]);
  const seen = new Promise<string>((resolve) => {
    let interval = policy.askWhileSavingMs;
    let inARow = 0;
    const ask = async () => {
      try {
        inARow = (await hasArrived(both)) ? inARow + 1 : 0;
      } catch {
        inARow = 0;
      }
      if (inARow >= 2) return resolve('no answer came, but the archive lists the whole file');
      interval *= inARow > 0 ? 1 : 2;
      again();
    };
    const again = () => {
      if (both.aborted) return;
      const timer = setTimeout(() => void ask(), interval);
      both.addEventListener('abort', () => clearTimeout(timer), { once: true });
    };
    again();
  });
  try {
    return await Promise.race([answered, seen]);
  } finally {
    asking.abort();
    answered.catch(() => {});
  }
}
