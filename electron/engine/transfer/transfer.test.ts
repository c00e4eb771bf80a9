import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TransferSnapshot } from '../../../shared/model/transfer.ts';
import { SubmissionFile } from '../library/submission-file.ts';
import { Journal } from './journal.ts';
import { claimJournal } from './journal-owner.ts';
import { type FileToSend, syncJournal } from './journal-sync.ts';
import { hashLocalFile, identityOf } from './local-file.ts';
import { type Method, type RemoteItem, splitRemotePath } from './method.ts';
import type { ExistingChoice } from './reconcile.ts';
import { Alarm, patientPolicy, type TransferPolicy } from './retry.ts';
import { transferFiles } from './transfer.ts';
import { TransferView } from './transfer-view.ts';
import { Trouble } from './trouble.ts';

type Outcome = 'ok' | 'lose' | 'cut' | 'bad-gateway' | 'bad-gateway-lost' | 'refuse' | 'gone' | 'signed-out';

const policy: TransferPolicy = {
  ...patientPolicy,
  firstWaitMs: 0,
  longestWaitMs: 0,
  snapshotMs: 1,
  tries: 4,
};

/** An archive in memory whose every answer is decided by the test. */
class FakeArchive {
  readonly held = new Map<string, Buffer>();
  readonly sends: string[] = [];
  outcomes: Outcome[] = [];
  listingLies: number[] = [];
  beforeSend: (remotePath: string) => void = () => {};

  method(): Method {
    return {
      id: 'submission-tool',
      capabilities: {
        resume: 'none',
        verify: ['size'],
        parallel: 2,
        largestFile: null,
        needsFolderFirst: false,
        listsRecursively: false,
      },
      open: () => ({
        list: (folder) => this.#list(folder),
        close: async () => {},
        send: async (file, options) => {
          this.beforeSend(file.remotePath);
          options.signal.throwIfAborted();
          this.sends.push(file.remotePath);
          const outcome = this.outcomes.shift() ?? 'ok';
          if (outcome === 'gone') throw new Trouble('retry', 'network', 'The archive could not be reached.');
          if (outcome === 'signed-out') throw new Trouble('stop', 'sign-in-again', 'Sign in again.');
          if (outcome === 'cut') {
            options.onBytes(Math.floor(file.size / 2));
            throw new Trouble('retry', 'network', 'The connection broke.');
          }
          const sha256 = await hashLocalFile(file, options.signal, options.onBytes);
          options.onSaving(sha256);
          if (outcome === 'refuse') throw new Trouble('file', 'refused', 'The name is refused.');
          if (outcome !== 'lose' && outcome !== 'bad-gateway-lost') {
            this.held.set(file.remotePath, await readFile(file.localPath));
          }
          if (outcome.startsWith('bad-gateway')) {
            throw new Trouble('retry', 'server-trouble', '502', { unclear: true });
          }
          return { sha256, answer: 'answered 200' };
        },
      }),
    };
  }

  async *#list(folder: string): AsyncIterable<RemoteItem> {
    const folders = new Set<string>();
    const lie = this.listingLies.shift() ?? 0;
    for (const [remotePath, content] of this.held) {
      if (!remotePath.startsWith(`${folder}/`)) continue;
      const rest = remotePath.slice(folder.length + 1);
      const below = splitRemotePath(rest).folder.split('/')[0] ?? '';
      if (below === '') yield { name: rest, kind: 'file', size: content.byteLength + lie };
      else folders.add(below);
    }
    for (const name of folders) yield { name, kind: 'folder', size: 0 };
  }
}

let folder: string;
let file: SubmissionFile;
let archive: FakeArchive;
let snapshots: TransferSnapshot[];

function setUp(): void {
  folder = mkdtempSync(path.join(tmpdir(), 'slipway-transfer-'));
  file = SubmissionFile.create(path.join(folder, 'x.slipway'));
  file.run(
    `INSERT INTO submission (one, id, destination, archive, created_at, edited_at)
     VALUES (1, 'id', 'bia-annotations', 'practice', '', '')`,
  );
  claimJournal(file, 'practice', true);
  archive = new FakeArchive();
  snapshots = [];
}
function tearDown(): void {
  file.close();
  rmSync(folder, { recursive: true, force: true });
}
beforeEach(setUp);
afterEach(tearDown);

function local(name: string, content: Buffer = randomBytes(100)): FileToSend {
  const localPath = path.join(folder, name.replaceAll('/', '_'));
  writeFileSync(localPath, content);
  const identity = identityOf(statSync(localPath, { bigint: true }));
  return { entryId: 1, member: '', remotePath: name, localPath, ...identity };
}

async function run(
  files: FileToSend[],
  more: { signal?: AbortSignal; existing?: ExistingChoice; policy?: Partial<TransferPolicy> } = {},
): Promise<void> {
  const signal = more.signal ?? new AbortController().signal;
  await syncJournal(file, 'top', files, signal);
  const journal = new Journal(file);
  const view = new TransferView(
    { totals: () => journal.totals, steps: () => [], accession: () => null },
    policy.snapshotMs,
  );
  view.listen((snapshot) => snapshots.push(snapshot));
  try {
    await transferFiles({
      file,
      journal,
      method: archive.method(),
      remoteFolder: 'top',
      existing: more.existing ?? 'ask',
      policy: { ...policy, ...more.policy },
      view,
      signal,
      alarm: new Alarm(),
      random: () => 0.5,
    });
  } finally {
    view.end('uploaded', null, 'done');
  }
}

const rows = () =>
  file.all<{
    remote_path: string;
    state: string;
    problem: string | null;
    remote_proof: string | null;
    attempts: number;
  }>('SELECT * FROM transfer_file ORDER BY remote_path');
const states = () => rows().map(({ state }) => state);

describe('sending files', () => {
  it('ends with every file at the archive as it is here', async () => {
    const files = [local('a.tif'), local('deep/er/b.tif'), local('deep/c.tif', Buffer.alloc(0))];
    await run(files);
    expect(states()).toEqual(['confirmed', 'confirmed', 'confirmed']);
    for (const one of files) {
      expect(archive.held.get(`top/${one.remotePath}`)).toEqual(await readFile(one.localPath));
    }
    expect(rows()[0]?.remote_proof).toContain('listed with 100 bytes');
    await run(files);
    expect(archive.sends).toHaveLength(3);
  });

  it('never believes a 200, and gives a file up that is lost three times while others go on', async () => {
    archive.outcomes = ['lose'];
    await run([local('a.tif')]);
    expect([states(), archive.sends.length]).toEqual([['confirmed'], 2]);
    archive.outcomes = ['lose', 'lose', 'lose'];
    await run([local('b.tif')], { policy: { parallel: 1 } });
    const [, lost] = rows();
    expect(lost).toMatchObject({ state: 'failed', attempts: 3 });
    expect(lost?.problem).toContain('does not list it');
  });

  it('sends again what is listed with a wrong size', async () => {
    archive.listingLies = [0, 1];
    await run([local('a.tif')]);
    expect([states(), archive.sends.length]).toEqual([['confirmed'], 2]);
  });

  it('asks the listing before it sends again what a gateway answered for', async () => {
    archive.outcomes = ['bad-gateway'];
    await run([local('a.tif')]);
    expect([states(), archive.sends.length]).toEqual([['confirmed'], 1]);
    archive.outcomes = ['bad-gateway-lost'];
    await run([local('a.tif'), local('b.tif')]);
    expect(archive.held.size).toBe(2);
  });

  it('goes on with the others when the archive refuses one, and tries it anew next time', async () => {
    archive.outcomes = ['refuse'];
    await run([local('a.tif'), local('b.tif')]);
    expect(states().toSorted()).toEqual(['confirmed', 'failed']);
    expect(rows().find(({ state }) => state === 'failed')?.problem).toContain('The name is refused.');
    await run([local('a.tif'), local('b.tif')].map((one) => one));
    expect(states()).toEqual(['confirmed', 'confirmed']);
  });

  it('stops when the archive is gone, with nothing lost and nothing called failed', async () => {
    archive.outcomes = Array(50).fill('gone');
    await expect(run([local('a.tif'), local('b.tif')])).rejects.toMatchObject({ code: 'network' });
    expect(states()).toEqual(['queued', 'queued']);
    archive.outcomes = [];
    await run([local('a.tif'), local('b.tif')]);
    expect(states()).toEqual(['confirmed', 'confirmed']);
  });

  it('gives one file up that never gets through while others do', async () => {
    const cursed = local('a.tif');
    const method = archive.method();
    archive.method = () => ({
      ...method,
      open: () => {
        const session = method.open();
        return {
          ...session,
          send: async (one, options) => {
            if (one.remotePath === 'top/a.tif') {
              while (!states().includes('confirmed')) await new Promise((resolve) => setTimeout(resolve, 1));
              throw new Trouble('retry', 'network', 'The connection broke.');
            }
            return session.send(one, options);
          },
        };
      },
    });
    await run([cursed, ...['b', 'c', 'd', 'e', 'f'].map((name) => local(name))], { policy: { tries: 3 } });
    expect(rows().map(({ state }) => state)).toEqual(['failed', ...Array(5).fill('confirmed')]);
  });

  it('stops at once on a sign-in that is no longer known', async () => {
    archive.outcomes = ['signed-out'];
    await expect(run([local('a.tif'), local('b.tif')], { policy: { parallel: 1 } })).rejects.toMatchObject({
      code: 'sign-in-again',
    });
    expect(archive.sends).toHaveLength(1);
  });

  it('takes many failures of one kind for one trouble', async () => {
    const files = Array.from({ length: 30 }, (_, n) => local(`f${n}`));
    for (const one of files) rmSync(one.localPath);
    await expect(run(files, { policy: { sameFailures: 5 } })).rejects.toMatchObject({
      kind: 'stop',
      code: 'vanished',
    });
    expect(states().filter((state) => state === 'failed').length).toBeLessThan(10);
  });
});

describe('what the archive holds is asked', () => {
  it('sends again what it lost after it had confirmed it', async () => {
    const files = [local('a.tif'), local('b.tif')];
    await run(files);
    archive.held.delete('top/a.tif');
    await run(files);
    expect(archive.sends.filter((name) => name === 'top/a.tif')).toHaveLength(2);
    expect(archive.held.size).toBe(2);
  });

  it('sends no file again that was only copied or touched, and every one whose content changed', async () => {
    const content = randomBytes(50);
    await run([local('a.tif', content), local('b.tif', content)]);
    const touched = { ...local('a.tif', content), modifiedMs: 5 };
    const { utimesSync } = await import('node:fs');
    utimesSync(touched.localPath, 0.005, 0.005);
    await run([touched, local('b.tif', randomBytes(50))]);
    expect(archive.sends).toEqual(['top/a.tif', 'top/b.tif', 'top/b.tif']);
    expect(rows()[0]?.remote_proof).toContain('same SHA-256');
    expect(rows()[1]?.remote_proof).toContain('an earlier version of this size was there before');
  });

  it('does not take an earlier version of the same size for the new one after an unclear answer', async () => {
    await run([local('a.tif')]);
    const changed = local('a.tif');
    archive.outcomes = ['bad-gateway-lost'];
    await run([changed]);
    expect(archive.held.get('top/a.tif')).toEqual(await readFile(changed.localPath));
  });

  it('reads a file back where its size proves nothing, and sends it again when the earlier one is still there', async () => {
    const readBack: string[] = [];
    const plain = archive.method();
    archive.method = () => ({
      ...plain,
      open: () => ({
        ...plain.open(),
        readBack: async (remotePath) => {
          readBack.push(remotePath);
          return createHash('sha256')
            .update(archive.held.get(remotePath) ?? '')
            .digest('hex');
        },
      }),
    });
    await run([local('a.tif'), local('b.tif', randomBytes(60))]);
    archive.outcomes = ['lose'];
    const files = [local('a.tif'), local('b.tif', randomBytes(61))];
    await run(files, { policy: { parallel: 1 } });
    expect(archive.held.get('top/a.tif')).toEqual(await readFile(files[0]?.localPath ?? ''));
    expect(readBack).toEqual(['top/a.tif', 'top/a.tif']);
    expect(rows()[0]?.remote_proof).toContain('read back with the same SHA-256');
    expect(rows()[1]?.remote_proof).not.toContain('read back');
  });

  it('asks before it writes over files that it did not send', async () => {
    const files = [local('a.tif'), local('b.tif')];
    archive.held.set('top/a.tif', randomBytes(7));
    archive.held.set('top/b.tif', randomBytes(100));
    const stranger = archive.held.get('top/a.tif');
    await expect(run(files)).rejects.toMatchObject({ code: 'already-there' });
    expect(archive.sends).toEqual([]);
    await run(files, { existing: 'keep' });
    expect(archive.sends).toEqual([]);
    expect(archive.held.get('top/a.tif')).toBe(stranger);
    expect(rows().map(({ state }) => state)).toEqual(['failed', 'confirmed']);
    expect(rows()[1]?.remote_proof).toContain('not compared');
    await run(files, { existing: 'replace' });
    expect(archive.sends).toEqual(['top/a.tif']);
    expect(states()).toEqual(['confirmed', 'confirmed']);
  });
});

describe('whatever happens on the way', () => {
  const outcome = fc.constantFrom<Outcome>(
    'ok',
    'ok',
    'lose',
    'cut',
    'bad-gateway',
    'bad-gateway-lost',
    'gone',
    'refuse',
  );
  const attempt = fc.record({
    outcomes: fc.array(outcome, { maxLength: 8 }),
    stopAt: fc.option(fc.nat(6), { nil: null }),
    lies: fc.array(fc.constantFrom(0, 0, 1), { maxLength: 3 }),
  });

  it('ends the same: every byte there, nothing sent once confirmed, the journal ahead of the network', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(attempt, { maxLength: 5 }),
        async (count, attempts) => {
          tearDown();
          setUp();
          const files = Array.from({ length: count }, (_, n) =>
            local(n % 2 ? `d/f${n}` : `f${n}`, randomBytes(n * 40)),
          );
          const confirmedAt = new Set<string>();
          for (const { outcomes, stopAt, lies } of [...attempts, { outcomes: [], stopAt: null, lies: [] }]) {
            archive.outcomes = [...outcomes];
            archive.listingLies = [...lies];
            const stopping = new AbortController();
            let sent = 0;
            archive.beforeSend = (remotePath) => {
              if (sent++ === stopAt) stopping.abort();
              const row = file.get<{ state: string }>(
                'SELECT state FROM transfer_file WHERE remote_path = ?',
                remotePath,
              );
              expect(row?.state).toBe('sending');
              expect(confirmedAt.has(remotePath) && lies.length === 0).toBe(false);
            };
            await run(files, { signal: stopping.signal }).catch((error: unknown) => {
              if (!(error instanceof Trouble) && !(error as Error).name.includes('Abort')) throw error;
            });
            expect(states()).not.toContain('sending');
            for (const { remote_path, state } of rows())
              if (state === 'confirmed') confirmedAt.add(remote_path);
          }
          for (const one of files) {
            const content = await readFile(one.localPath);
            expect(archive.held.get(`top/${one.remotePath}`)).toEqual(content);
            const row = file.get<{ sha256: string; state: string }>(
              'SELECT sha256, state FROM transfer_file WHERE remote_path = ?',
              `top/${one.remotePath}`,
            );
            expect(row).toMatchObject({
              state: 'confirmed',
              sha256: createHash('sha256').update(content).digest('hex'),
            });
          }
          for (const snapshot of snapshots) {
            expect(snapshot.bytesDone).toBeLessThanOrEqual(snapshot.bytesTotal);
            expect(snapshot.filesDone).toBeLessThanOrEqual(snapshot.filesTotal);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
