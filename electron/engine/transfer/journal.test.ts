import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileState } from '../../../shared/model/transfer.ts';
import { SubmissionFile } from '../library/submission-file.ts';
import { Journal } from './journal.ts';
import { claimJournal, forgetJournal, journalOwner } from './journal-owner.ts';
import { type FileToSend, leftOverWords, syncJournal } from './journal-sync.ts';

const SHA = 'a'.repeat(64);
const signal = new AbortController().signal;
let folder: string;
let file: SubmissionFile;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'slipway-journal-'));
  file = SubmissionFile.create(path.join(folder, 'x.slipway'));
  file.run(
    `INSERT INTO submission (one, id, destination, archive, created_at, edited_at)
     VALUES (1, 'id', 'bia-annotations', 'practice', '', '')`,
  );
  claimJournal(file, 'practice', true);
});
afterEach(() => {
  file.close();
  rmSync(folder, { recursive: true, force: true });
});

const toSend = (name: string, more: Partial<FileToSend> = {}): FileToSend => ({
  entryId: 1,
  member: '',
  remotePath: name,
  localPath: `/data/${name}`,
  size: 10,
  modifiedMs: 1000.5,
  inode: '7',
  ...more,
});
const sync = (...files: FileToSend[]) => syncJournal(file, 'folder', files, signal);
const row = (name: string) =>
  file.get<{ id: number; state: FileState; attempts: number; wanted: number; older_copy: number }>(
    'SELECT * FROM transfer_file WHERE remote_path = ?',
    `folder/${name}`,
  );
function confirm(name: string): void {
  const journal = new Journal(file);
  const id = row(name)?.id ?? 0;
  journal.begin(id, 'submission-tool');
  journal.sent(id, SHA);
  journal.confirmed(id, SHA, 'listed');
}

describe('the states of a file', () => {
  const states: FileState[] = ['queued', 'sending', 'sent', 'confirmed', 'failed'];
  const allowed: Record<string, FileState[]> = {
    begin: ['queued'],
    sent: ['sending'],
    requeue: ['sending', 'sent', 'confirmed', 'failed'],
    failed: ['queued', 'sending', 'sent'],
    confirmed: states,
  };
  const step = fc.record({
    on: fc.nat(4),
    what: fc.constantFrom(...Object.keys(allowed)),
    reopen: fc.boolean(),
  });

  it('change only as they may; totals stay the sums; nothing confirmed is without hash, proof and time', async () => {
    await sync(...[1, 2, 3, 4, 5].map((n) => toSend(`f${n}`, { size: n * 100 })));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let journal = new Journal(file);
        const ids = file.all<{ id: number }>('SELECT id FROM transfer_file ORDER BY id').map(({ id }) => id);
        for (const { on, what, reopen } of steps) {
          if (reopen) journal = new Journal(file);
          const id = ids[on] ?? 0;
          const before = journal.read(id);
          const act = {
            begin: () => journal.begin(id, 'm'),
            sent: () => journal.sent(id, SHA),
            requeue: () => journal.requeue(id, 'why'),
            failed: () => journal.failed(id, 'why'),
            confirmed: () => journal.confirmed(id, SHA, 'listed'),
          }[what] as () => void;
          if (allowed[what]?.includes(before.state)) act();
          else {
            expect(act).toThrow(/cannot become/);
            expect(journal.read(id)).toEqual(before);
          }
          expect(journal.read(id).attempts).toBe(
            before.attempts + (journal.read(id) && what === 'begin' && before.state === 'queued' ? 1 : 0),
          );
        }
        for (const state of states)
          expect(journal.totals.of(state)).toEqual(new Journal(file).totals.of(state));
        expect(journal.totals.all).toEqual({ files: 5, bytes: 1500 });
        const bare = file.get<{ n: number }>(
          `SELECT count(*) AS n FROM transfer_file WHERE state = 'confirmed'
           AND (sha256 IS NULL OR remote_proof IS NULL OR confirmed_at IS NULL)`,
        );
        expect(bare?.n).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('keep the hash of what was sent for the next time', async () => {
    await sync(toSend('a'));
    confirm('a');
    expect(file.get('SELECT path, sha256 FROM checksum')).toEqual({ path: '/data/a', sha256: SHA });
  });

  it('hand out the queue in order, each file once', async () => {
    await sync(toSend('a'), toSend('b'));
    const journal = new Journal(file);
    expect(
      [journal.takeNext('m'), journal.takeNext('m'), journal.takeNext('m')].map((one) => one?.remotePath),
    ).toEqual(['folder/a', 'folder/b', undefined]);
  });
});

describe('in step with the index', () => {
  it('keeps what is as it was, whatever its state', async () => {
    await sync(toSend('a'), toSend('b'));
    confirm('a');
    expect(await sync(toSend('a', { modifiedMs: 1000.5001 }), toSend('b'))).toMatchObject({
      files: 2,
      added: 0,
      changed: 0,
    });
    expect([row('a')?.state, row('b')?.state]).toEqual(['confirmed', 'queued']);
  });

  it.each([{ size: 11 }, { modifiedMs: 2000 }, { inode: '8' }])(
    'queues again what looks different: %j',
    async (change) => {
      await sync(toSend('a'));
      confirm('a');
      expect(await sync(toSend('a', change))).toMatchObject({ changed: 1 });
      expect(row('a')).toMatchObject({ state: 'queued', older_copy: 1, attempts: 1 });
    },
  );

  it('drops what was never sent, remembers what may be at the archive, and says so', async () => {
    await sync(toSend('a'), toSend('b'), toSend('c'));
    confirm('a');
    const result = await sync(toSend('c'));
    expect(row('b')).toBeUndefined();
    expect(row('a')).toMatchObject({ state: 'confirmed', wanted: 0 });
    expect(leftOverWords(result)).toContain('1 file sent earlier is no longer part of it');
    expect(new Journal(file).totals.all).toEqual({ files: 1, bytes: 10 });
    await sync(toSend('a'), toSend('c'));
    expect(row('a')).toMatchObject({ state: 'confirmed', wanted: 1 });
  });

  it('refuses two files under one name', async () => {
    await expect(sync(toSend('a'), toSend('a', { entryId: 2, localPath: '/other/a' }))).rejects.toMatchObject(
      {
        code: 'same-remote-path',
      },
    );
  });

  it('takes files in any number of batches', async () => {
    const many = (function* () {
      for (let n = 0; n < 2500; n++) yield toSend(`n${n}`);
    })();
    expect(await syncJournal(file, 'folder', many, signal)).toMatchObject({ files: 2500, added: 2500 });
    expect(new Journal(file).totals.all.files).toBe(2500);
  });
});

describe('whose journal it is', () => {
  it('is forgotten when another archive is chosen', async () => {
    await sync(toSend('a'));
    confirm('a');
    claimJournal(file, 'practice', true);
    expect(row('a')?.state).toBe('confirmed');
    claimJournal(file, 'production', false);
    expect(row('a')).toBeUndefined();
    expect(journalOwner(file)).toEqual({ archive: 'production', practice: false, problem: null });
  });

  it('is not forgotten when it is the record of a real deposit', () => {
    claimJournal(file, 'production', false);
    file.run("UPDATE submission SET accession = 'S-BIAD1'");
    expect(() => claimJournal(file, 'practice', true)).toThrow(/S-BIAD1/);
    expect(() => forgetJournal(file)).toThrow(/S-BIAD1/);
  });
});
