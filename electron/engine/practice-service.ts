import type { Fault } from '../../shared/model/practice.ts';
import { type PracticeArchive, startPracticeArchive } from './practice/practice-archive.ts';

export interface PracticeStatus {
  readonly url: string;
  readonly folder: string;
  readonly user: string;
  readonly password: string;
  readonly faults: Fault[];
  readonly ftp: PracticeArchive['ftp'];
}

/** The engine's own practice archive, started when it is first needed. */
export interface PracticeService {
  status(): Promise<PracticeStatus>;
  setFaults(faults: readonly Fault[]): Promise<PracticeStatus>;
  close(): Promise<void>;
}

/** @param folder where the archive keeps what it gets, from one start of Slipway to the next */
export function createPracticeService(folder: string): PracticeService {
  let starting: Promise<PracticeArchive> | null = null;
  const archive = () => {
    starting ??= startPracticeArchive({ folder });
    // A start that failed (a full disk, say) must not stand in the way of the next try.
    starting.catch(() => {
      starting = null;
    });
    return starting;
  };
  const statusOf = (running: PracticeArchive): PracticeStatus => ({
    url: running.url,
    folder: running.folder,
    ...running.account,
    ftp: running.ftp,
    faults: [...running.faults()],
  });
  return {
    status: async () => statusOf(await archive()),
    async setFaults(faults) {
      const running = await archive();
      running.setFaults(faults);
      return statusOf(running);
    },
    async close() {
      const running = starting;
      starting = null;
      await (await running?.catch(() => null))?.close();
    },
  };
}
