import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { receiptSchema } from '../../../shared/model/receipt.ts';
import { beginSubmission } from '../library/new-submission.ts';
import { SubmissionFile } from '../library/submission-file.ts';
import { Journal } from './journal.ts';
import { claimJournal } from './journal-owner.ts';
import { syncJournal } from './journal-sync.ts';
import { makeReceipt, receiptJson } from './receipt.ts';
import { escapeHtml, receiptHtml } from './receipt-html.ts';
import { inChunks, writeReceipts } from './write-receipt.ts';

const SHA = 'ab'.repeat(32);
const NOW = new Date('2026-11-20T10:00:00Z');
const EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>\'&';

let folder: string;
let file: SubmissionFile;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'slipway-receipt-'));
  file = SubmissionFile.create(path.join(folder, 'x.slipway'));
});
afterEach(() => {
  file.close();
  rmSync(folder, { recursive: true, force: true });
});

async function confirmed(title: string, archive: 'practice' | 'production', names: string[]): Promise<void> {
  beginSubmission(file, { title, destination: 'bia-annotations', archive });
  claimJournal(file, archive, archive === 'practice');
  const files = names.map((name, n) => ({
    entryId: n,
    member: '',
    remotePath: name,
    localPath: `/secret/place/${name}`,
    size: 1_234_567,
    modifiedMs: 1,
    inode: '1',
  }));
  await syncJournal(file, 'top', files, new AbortController().signal);
  const journal = new Journal(file, () => NOW);
  for (let row = journal.takeNext('submission-tool'); row; row = journal.takeNext('submission-tool')) {
    journal.sent(row.id, SHA);
    journal.confirmed(row.id, SHA, `listed with ${row.size} bytes ${EVIL}`);
  }
}

describe('a receipt', () => {
  it('proves each confirmed file, says nothing of the others, and does not tell where data lies', async () => {
    await confirmed('Masks', 'production', ['a.tif', 'b.tif']);
    file.run("UPDATE transfer_file SET state = 'queued' WHERE remote_path = 'top/b.tif'");
    const receipt = receiptSchema.parse(makeReceipt(file, NOW));
    expect(receipt.files).toHaveLength(1);
    expect(receipt.files[0]).toMatchObject({
      path: 'a.tif',
      remotePath: 'top/a.tif',
      sha256: SHA,
      attempts: 1,
    });
    expect(receipt.totals).toEqual({ files: 1, bytes: 1_234_567 });
    expect(receipt).toMatchObject({ practice: false, createdAt: NOW.toISOString(), title: 'Masks' });
    const html = [...receiptHtml(file, NOW)].join('');
    expect(html).toContain('has not confirmed 1 more file');
    expect(html + JSON.stringify(receipt)).not.toContain('/secret/place');
  });

  it('is the same in pieces, however many files there are', async () => {
    await confirmed(
      'Many',
      'practice',
      Array.from({ length: 1203 }, (_, n) => `f${n}`),
    );
    const json = JSON.parse([...receiptJson(file, NOW)].join(''));
    expect(json).toEqual(makeReceipt(file, NOW));
    expect(json.files).toHaveLength(1203);
    file.run('DELETE FROM transfer_file');
    expect(JSON.parse([...receiptJson(file, NOW)].join(''))).toEqual(makeReceipt(file, NOW));
  });

  it('of practice says so, in both forms', async () => {
    await confirmed('Masks', 'practice', ['a.tif']);
    expect(makeReceipt(file, NOW).practice).toBe(true);
    expect([...receiptHtml(file, NOW)].join('')).toContain('Nothing was deposited');
  });

  it('runs nothing that somebody typed or named', async () => {
    await confirmed(EVIL, 'practice', [`x${EVIL}.tif`]);
    file.run('UPDATE submission SET accession = ?', EVIL);
    const html = [...receiptHtml(file, NOW)].join('');
    const tags = [...html.matchAll(/<\s*\/?\s*([a-z!][a-z0-9]*)/gi)].map((match) =>
      (match[1] ?? '').toLowerCase(),
    );
    expect(tags).not.toContain('script');
    expect(tags).not.toContain('img');
    expect(html).not.toMatch(/<[^>]*\son\w+=/i);
    expect(html).toContain("default-src 'none'");
    expect(html).toContain('&lt;script&gt;');
  });

  it('escapes so that text is text again when a browser reads it', () => {
    const read = (html: string) =>
      html
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'")
        .replaceAll('&amp;', '&');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"']/);
        expect(read(escapeHtml(text))).toBe(text);
      }),
    );
  });

  it('is written to a folder piece by piece, the same as in one piece', async () => {
    const names = Array.from({ length: 700 }, (_, at) => `masks/a "quoted" & long name ${at} é.tif`);
    await confirmed('Masks', 'production', names);
    const paths = await writeReceipts(file, folder, NOW);
    expect(paths.map((one) => path.basename(one))).toEqual(['receipt.json', 'receipt.html']);
    const [json = '', html = ''] = paths.map((one) => readFileSync(one, 'utf8'));
    expect(JSON.parse(json)).toEqual(makeReceipt(file, NOW));
    expect(html).toBe([...receiptHtml(file, NOW)].join(''));
    const pieces = [...inChunks(receiptJson(file, NOW))];
    expect(pieces.length).toBeGreaterThan(1);
    for (const piece of pieces) expect(piece.length).toBeLessThan(70_000);
  });
});
