import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BioStudiesClient } from '../../deposit/bioimage-archive/client.ts';
import { submissionToolOf } from '../../deposit/bioimage-archive/upload.ts';
import { startPracticeArchive } from '../../practice/practice-archive.ts';
import { patientPolicy } from '../retry.ts';
import { conforms } from './conformance.ts';

const policy = { ...patientPolicy, stallMs: 700, savingMs: 2000, askWhileSavingMs: 100 };

conforms('The submission-tool method at the practice archive', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'slipway-practice-'));
  const archive = await startPracticeArchive({ folder });
  const signal = new AbortController().signal;
  const { sessid } = await new BioStudiesClient(archive.url, null, policy).logIn(
    archive.account.user,
    archive.account.password,
    signal,
  );
  const client = new BioStudiesClient(archive.url, sessid, policy);
  return {
    method: submissionToolOf(client, policy),
    held: (remotePath) => readFile(path.join(folder, 'user', remotePath)).catch(() => null),
    order(kind) {
      archive.setFaults([{ kind, at: 1 }]);
      return true;
    },
    async close() {
      client.close();
      await archive.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
});
