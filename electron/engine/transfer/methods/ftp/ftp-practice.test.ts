import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startTrialArchive } from '../../../practice/practice-driver.ts';
import { patientPolicy } from '../../retry.ts';
import { conforms } from '../conformance.ts';
import { ftp } from './ftp.ts';

const policy = { ...patientPolicy, stallMs: 700, savingMs: 2000, askWhileSavingMs: 100, answerMs: 10_000 };

conforms('FTP at the practice archive', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'slipway-practice-ftp-'));
  const trial = await startTrialArchive({ folder });
  const { secret } = (await trial.request('GET', '/auth/profile')).json as { secret: string };
  return {
    method: ftp(
      { ...trial.archive.ftp, startFolder: `/${secret}`, encryption: 'if-offered', largestFile: null },
      policy,
    ),
    held: (remotePath) => readFile(path.join(folder, 'user', remotePath)).catch(() => null),
    order(kind) {
      trial.archive.setFaults([{ kind, at: 1 }]);
      return true;
    },
    async close() {
      await trial.archive.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
});
