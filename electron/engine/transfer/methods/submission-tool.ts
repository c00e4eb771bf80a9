import { openSource } from '../local-file.ts';
import {
  type Method,
  type MethodCapabilities,
  type OutgoingFile,
  type SendOptions,
  type SendResult,
  splitRemotePath,
} from '../method.ts';
import { savingTime, type TransferPolicy } from '../retry.ts';
import { awaitSaved } from './await-saved.ts';
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
  const source = await openSource(file);
  try {
    const upload = new UploadRequest(target, frame, file.size, policy.stallMs, options.signal);
    try {
      const sha256 = await upload.sendBody(source, options.onBytes);
      // Before the last bytes of the request: without them the archive keeps nothing.
      await source.verify();
      upload.finish();
      options.onSaving(sha256);
      const answered = upload.answer(savingTime(file.size, policy));
      const answer = await awaitSaved(answered, options, policy.askWhileSavingMs);
      return { sha256, answer };
    } finally {
      upload.end();
    }
  } finally {
    await source.close();
  }
}
