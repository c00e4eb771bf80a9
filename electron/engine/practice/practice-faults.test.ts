import { readdir, readFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { startTrialArchive, type TrialArchive } from './practice-driver.ts';
import { readRequestLog, type UploadLine } from './request-log.ts';

const uploads = async (trial: TrialArchive): Promise<UploadLine[]> =>
  (await readRequestLog(trial.folder)).filter((line) => line.what === 'upload');

const submission = {
  attributes: [{ name: 'ReleaseDate', value: '2099-01-01' }],
  section: { type: 'Study' },
};

/** Starts an upload by hand; `sent` bytes of the body go out at once, the rest never. */
function beginUpload(trial: TrialArchive, size: number, sent: number) {
  const head = [
    '--b',
    'Content-Disposition: form-data; name="filePath"',
    '',
    'set',
    '--b',
    'Content-Disposition: form-data; name="files"; filename="a.bin"',
    '',
    '',
  ].join('\r\n');
  const request = httpRequest(`${trial.url}/files/user/upload`, {
    method: 'POST',
    headers: {
      'x-session-token': trial.token,
      'content-type': 'multipart/form-data; boundary=b',
      'content-length': head.length + size + '\r\n--b--\r\n'.length,
    },
  });
  const ended = new Promise<string>((resolve) => {
    request.on('response', (response) => resolve(`answered ${response.statusCode}`));
    request.on('error', (error) => resolve(error.message));
  });
  request.write(head);
  request.write(Buffer.alloc(sent));
  return { request, ended };
}

async function until<T>(look: () => Promise<T[]>): Promise<T[]> {
  for (;;) {
    const found = await look();
    if (found.length > 0) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('a fault on order', () => {
  it('cut breaks the connection in the middle, and nothing is kept', async () => {
    await using trial = await startTrialArchive({ faults: [{ kind: 'cut', at: 2 }] });
    expect((await trial.upload('set', { 'first.bin': 'x' })).status).toBe(200);
    await expect(trial.upload('set', { 'a.bin': new Uint8Array(4_000_000) })).rejects.toThrow('fetch failed');
    expect(trial.archive.faults()).toEqual([]);
    expect(await trial.sizes('set')).toEqual({ 'first.bin': 1 });
    const cut = (await until(async () => (await uploads(trial)).filter((line) => line.outcome === 'cut')))[0];
    expect(cut).toMatchObject({ path: 'set/a.bin', status: null });
    expect(cut?.bytes).toBeLessThan(4_000_000);
    expect(cut?.bytes).toBeGreaterThan(0);
    expect(await readdir(path.join(trial.folder, 'incoming'))).toEqual([]);
    expect((await trial.upload('set', { 'a.bin': 'again' })).status).toBe(200);
  });

  it('cut breaks even an upload that comes in one piece', async () => {
    await using trial = await startTrialArchive({ faults: [{ kind: 'cut', at: 1 }] });
    await expect(trial.upload('', { a: 'x' })).rejects.toThrow('fetch failed');
    expect(await trial.sizes('')).toEqual({});
  });

  it('stall takes half and then neither reads nor answers', async () => {
    await using trial = await startTrialArchive({ faults: [{ kind: 'stall', at: 1 }] });
    const { request, ended } = beginUpload(trial, 100_000, 80_000);
    const stalled = await until(() => uploads(trial));
    expect(stalled).toMatchObject([{ path: 'set/a.bin', outcome: 'stalled', status: null }]);
    request.write(Buffer.alloc(20_000));
    request.end('\r\n--b--\r\n');
    // Everything else goes on meanwhile.
    expect((await trial.upload('set', { 'b.bin': 'x' })).status).toBe(200);
    expect(await trial.sizes('set')).toEqual({ 'b.bin': 1 });
    await trial.archive.close();
    expect(await ended).toMatch(/hang up|ECONNRESET/);
  });

  it('stall holds even an upload that comes in one piece, until the sender leaves', async () => {
    await using trial = await startTrialArchive({ faults: [{ kind: 'stall', at: 1 }] });
    const { request, ended } = beginUpload(trial, 10, 10);
    request.end('\r\n--b--\r\n');
    await until(() => uploads(trial));
    request.destroy(new Error('left'));
    expect(await ended).toBe('left');
    expect(await trial.sizes('set')).toEqual({});
  });

  it('bad-gateway stores the file and answers with a page', async () => {
    await using trial = await startTrialArchive({ faults: [{ kind: 'bad-gateway', at: 1 }] });
    const reply = await trial.upload('', { a: 'abc' });
    expect(reply.status).toBe(502);
    expect(reply.text).toMatch(/^<html>/);
    expect(await trial.sizes('')).toEqual({ a: 3 });
    expect(await uploads(trial)).toMatchObject([{ path: 'a', outcome: 'stored', status: 502 }]);
  });

  it('error-log answers 500 with a tree and keeps nothing', async () => {
    await using trial = await startTrialArchive({ faults: [{ kind: 'error-log', at: 1 }] });
    const reply = await trial.upload('', { a: 'abc' });
    expect(reply).toMatchObject({
      status: 500,
      json: { status: 'FAIL', log: { level: 'ERROR', subnodes: [{ level: 'ERROR', subnodes: [] }] } },
    });
    expect(await trial.sizes('')).toEqual({});
    expect(await uploads(trial)).toMatchObject([{ path: 'a', bytes: 3, outcome: 'refused', status: 500 }]);
  });

  it('lose-file answers 200 and keeps nothing; what was there before stays', async () => {
    await using trial = await startTrialArchive();
    await trial.upload('', { a: 'before' });
    trial.archive.setFaults([{ kind: 'lose-file', at: 1 }]);
    expect((await trial.upload('', { a: 'abc', b: 'x' })).status).toBe(200);
    expect(await trial.sizes('')).toEqual({ a: 6 });
    expect((await uploads(trial)).slice(1)).toMatchObject([
      { path: 'a', outcome: 'lost', status: 200 },
      { path: 'b', outcome: 'lost', status: 200 },
    ]);
    expect(await readdir(path.join(trial.folder, 'incoming'))).toEqual([]);
  });

  it('lie-size shows the newest file of a listing with a wrong size, once', async () => {
    await using trial = await startTrialArchive();
    await trial.upload('set', { old: 'abc' });
    await trial.upload('set', { a: 'ab' });
    trial.archive.setFaults([{ kind: 'lie-size', at: 1 }]);
    expect(await trial.sizes('')).toEqual({ set: 0 });
    expect(await trial.sizes('nowhere')).toEqual({});
    expect(await trial.sizes('set')).toEqual({ a: 3, old: 3 });
    expect(await trial.sizes('set')).toEqual({ a: 2, old: 3 });
    expect(await readFile(path.join(trial.folder, 'user/set/a'), 'utf8')).toBe('ab');
  });

  it('submit-bad-gateway takes the submission and answers 502', async () => {
    await using trial = await startTrialArchive({ faults: [{ kind: 'submit-bad-gateway', at: 1 }] });
    expect((await trial.submit({ ...submission, attributes: [] })).reply.status).toBe(500);
    const { key, reply } = await trial.submit(submission);
    expect(reply.status).toBe(502);
    expect(await trial.outcome(key)).toMatchObject({ status: 'PROCESSED' });
    const lines = (await readRequestLog(trial.folder)).filter((line) => line.what === 'submit');
    expect(lines).toMatchObject([{ accession: key, version: 1, status: 502 }]);
  });
});

describe('a sender that goes away', () => {
  it('leaves nothing behind', async () => {
    await using trial = await startTrialArchive();
    await trial.upload('set', { 'a.bin': 'before' });
    const { request, ended } = beginUpload(trial, 500_000, 200_000);
    await until(() => readdir(path.join(trial.folder, 'incoming')));
    request.destroy(new Error('left'));
    await ended;
    expect(await until(async () => (await uploads(trial)).slice(1))).toMatchObject([
      { path: 'set/a.bin', outcome: 'broken-off', status: null },
    ]);
    expect(await trial.sizes('set')).toEqual({ 'a.bin': 6 });
    expect(await readdir(path.join(trial.folder, 'incoming'))).toEqual([]);
  });
});
