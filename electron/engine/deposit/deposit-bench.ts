import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { profileOf } from '../../../shared/destinations/index.ts';
import type { Fault } from '../../../shared/model/practice.ts';
import type { TransferSnapshot } from '../../../shared/model/transfer.ts';
import { setField } from '../library/description.ts';
import { metadataOf } from '../library/metadata-document.ts';
import { beginSubmission } from '../library/new-submission.ts';
import { addSource } from '../library/sources.ts';
import { SubmissionFile } from '../library/submission-file.ts';
import { type PracticeArchive, startPracticeArchive } from '../practice/practice-archive.ts';
import { type RequestLine, readRequestLog } from '../practice/request-log.ts';
import { scanSources } from '../scan/scan.ts';
import type { TransferPolicy } from '../transfer/retry.ts';
import type { DepositAccount } from './deposit.ts';
import { signIn } from './index.ts';
import { createTransfers, type Transfers } from './transfers.ts';

/** A submission with real files, and a practice archive to send it to: for tests of the whole way. */
export interface DepositBench {
  readonly file: SubmissionFile;
  readonly transfers: Transfers;
  readonly account: DepositAccount;
  readonly archive: PracticeArchive;
  readonly snapshots: TransferSnapshot[];
  /** Path of a file in the folder that was added. */
  local(name: string): string;
  put(name: string, content: Uint8Array | string): Promise<void>;
  scan(): Promise<void>;
  upload(more?: { signal?: AbortSignal; existing?: 'ask' | 'replace' | 'keep' }): Promise<TransferSnapshot>;
  submit(): Promise<string>;
  describe(section: string, field: string, value: string): void;
  order(...faults: Fault[]): void;
  /** What the archive holds in the submission's folder, by path below it. */
  held(): Promise<Map<string, Buffer>>;
  log(): Promise<RequestLine[]>;
  /** Stops the archive and starts it again on the same folder, at another port. */
  restartArchive(): Promise<void>;
  close(): Promise<void>;
}

/** Patience for tests: nothing waits longer than it must to be seen. */
export const quickPolicy: Partial<TransferPolicy> = {
  firstWaitMs: 5,
  longestWaitMs: 40,
  tries: 5,
  stallMs: 800,
  savingMs: 1500,
  askWhileSavingMs: 100,
  answerMs: 5000,
  snapshotMs: 5,
  pollMs: 20,
};

export const benchDescription = {
  study: {
    title: 'Masks of nuclei, to try the way to an archive',
    description: 'Made by a test.',
    releaseDate: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
    keywords: ['test'],
  },
  contacts: [
    {
      name: 'Test Person',
      email: 'test@slipway.example',
      organisations: [{ name: 'Practice archive' }],
      role: 'submitter',
    },
  ],
  links: [{ link: 'biostudies:S-BIAD0', description: 'The images' }],
  annotations: [{ title: 'Masks', overview: 'Masks.', type: 'segmentation_mask', method: 'By hand.' }],
};

/** Starts a bench; `files` go into a folder called `masks` that is added and scanned. */
export async function startBench(
  files: Readonly<Record<string, Uint8Array | string>>,
  options: { policy?: Partial<TransferPolicy>; processingMs?: number; savingMs?: number } = {},
): Promise<DepositBench> {
  const root = await mkdtemp(path.join(tmpdir(), 'slipway-deposit-'));
  const data = path.join(root, 'masks');
  const archiveOptions = {
    folder: path.join(root, 'archive'),
    processingMs: options.processingMs ?? 20,
    savingMs: options.savingMs ?? 0,
  };
  let archive = await startPracticeArchive(archiveOptions);
  let account = await accountOf(archive);
  const transfers = createTransfers({ policy: { ...quickPolicy, ...options.policy }, random: () => 0.5 });
  const snapshots: TransferSnapshot[] = [];

  const put = async (name: string, content: Uint8Array | string) => {
    const target = path.join(data, name);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, content);
  };
  await mkdir(data);
  for (const [name, content] of Object.entries(files)) await put(name, content);
  const file = SubmissionFile.create(path.join(root, 'bench.slipway'));
  beginSubmission(file, {
    title: '',
    destination: 'bia-annotations',
    archive: 'practice',
    template: benchDescription,
  });
  addSource(file, data);
  const scan = async () => {
    await scanSources(file, { settleMs: 0 });
    // What the files are is not what is tried here: all of them are sent.
    file.run('UPDATE entry SET send_chosen = 1');
  };
  await scan();

  return {
    file,
    transfers,
    get account() {
      return account;
    },
    get archive() {
      return archive;
    },
    snapshots,
    local: (name) => path.join(data, name),
    put,
    scan,
    upload: ({ signal = new AbortController().signal, existing = 'ask' } = {}) =>
      transfers.upload(file, account, {
        signal,
        existing,
        progress: (snapshot) => snapshots.push(snapshot),
      }),
    submit: async () =>
      (
        await transfers.submit(file, account, {
          signal: new AbortController().signal,
          progress: (snapshot) => snapshots.push(snapshot),
        })
      ).accession,
    describe(section, field, value) {
      const block = metadataOf(file)[section]?.[0]?.id ?? '';
      setField(file, { section, block, field, value });
    },
    order: (...faults) => archive.setFaults(faults),
    held: () => filesBelow(path.join(archive.folder, 'user', transfers.plan(file).remoteFolder)),
    log: () => readRequestLog(archive.folder),
    async restartArchive() {
      await archive.close();
      archive = await startPracticeArchive(archiveOptions);
      account = await accountOf(archive);
    },
    async close() {
      await transfers.close();
      try {
        file.close();
      } catch {
        // A test had closed it, to let another process open it.
      }
      await archive.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** Signs in at a practice archive with its own account. */
export async function accountOf(archive: PracticeArchive): Promise<DepositAccount> {
  const { user, password } = archive.account;
  const { token } = await signIn(profileOf('bia-annotations'), archive.url, user, password);
  const { host, port, user: ftpUser, password: ftpPassword } = archive.ftp;
  const ftp = { host, port, users: { ftp: ftpUser }, password: ftpPassword, allowPlain: true };
  return { endpoint: archive.url, token, user, practice: true, ftp };
}

/** Every file below a folder by its path in it; none when the folder is not there. */
export async function filesBelow(folder: string): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  const items = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const item of items) {
    if (!item.isFile()) continue;
    const full = path.join(item.parentPath, item.name);
    found.set(path.relative(folder, full).replaceAll(path.sep, '/'), await readFile(full));
  }
  return found;
}

export function sha256Of(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
