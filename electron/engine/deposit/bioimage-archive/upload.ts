import type { Method } from '../../transfer/method.ts';
import { submissionTool } from '../../transfer/methods/submission-tool.ts';
import type { TransferPolicy } from '../../transfer/retry.ts';
import type { BioStudiesClient } from './client.ts';

/** Bytes of the largest request the server takes (BioStudies application.yml: 20 GB), decimal to be on the safe side. */
export const LARGEST_FILE = 20e9;

/**
 * The submission-tool method for a BioStudies archive: `POST /files/user/upload`, the folder in the text part
 * `filePath`, the file in the part `files` (BioStudies backend, UserFilesResource). Folders come into being by it.
 */
export function submissionToolOf(client: BioStudiesClient, policy: TransferPolicy): Method {
  return submissionTool(
    {
      connections: client.connections,
      path: '/files/user/upload',
      headers: client.headers,
      fields: (folder) => [{ name: 'filePath', value: folder }],
      fileField: 'files',
      list: (folder, signal) => client.list(folder, signal),
      readBack: (remotePath, signal) => client.readBack(remotePath, signal),
      refusal: client.refusal,
      largestFile: LARGEST_FILE,
    },
    policy,
  );
}
