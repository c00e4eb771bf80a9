import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { startPracticeArchive } from './practice-archive.ts';
import { startTrialArchive } from './practice-driver.ts';
import { readRequestLog } from './request-log.ts';
import { temporaryName } from './storage.ts';

const pageTab = (title: string) => ({
  attributes: [
    { name: 'Title', value: title },
    { name: 'ReleaseDate', value: '2099-01-01' },
  ],
  section: { type: 'Study', attributes: [{ name: 'File List', value: 'l.tsv' }] },
});

describe('an archive started again on its folder', () => {
  it('knows everything it knew', async () => {
    await using first = await startTrialArchive();
    await first.upload('', { 'l.tsv': 'Files\na.tif\n', 'a.tif': 'x' });
    const { key } = await first.submit(pageTab('done'));
    await first.outcome(key);
    const draft = await first.request('POST', '/submissions/drafts?attachTo=BioImages', pageTab('draft'));
    const before = {
      profile: (await first.request('GET', '/auth/profile')).json as { secret: string },
      files: await first.sizes(''),
      submissions: (await first.request('GET', '/submissions')).json,
      pageTab: (await first.request('GET', `/submissions/${key}.json`)).json,
      drafts: (await first.request('GET', '/submissions/drafts')).json,
    };
    await first.archive.close();

    await using second = await startTrialArchive({ folder: first.folder });
    expect(second.token).toBe(first.token);
    expect((await second.request('GET', '/auth/profile')).json).toMatchObject({
      secret: before.profile.secret,
    });
    expect(await second.sizes('')).toEqual(before.files);
    expect((await second.request('GET', '/submissions')).json).toEqual(before.submissions);
    expect((await second.request('GET', `/submissions/${key}.json`)).json).toEqual(before.pageTab);
    expect((await second.request('GET', '/submissions/drafts')).json).toEqual(before.drafts);
    const next = await second.request('POST', '/submissions/drafts?attachTo=BioImages', {});
    const last = (draft.json as { key: string }).key;
    expect(next.json).toMatchObject({ key: `S-BIAD${Number(last.slice(6)) + 1}` });
    expect((await second.upload('', { b: 'y' })).status).toBe(200);
    expect((await readRequestLog(first.folder)).filter((line) => line.what === 'upload')).toHaveLength(3);
  });

  it('goes on with a submission that was being processed, in the middle of its stages', async () => {
    await using first = await startTrialArchive({ processingMs: 600 });
    await first.upload('', { 'l.tsv': 'Files\na.tif\n', 'a.tif': 'x' });
    const { key } = await first.submit(pageTab('slow'));
    const status = async () => (await first.request('GET', `/submissions/requests/${key}/1/status`)).json;
    while ((await status()) === 'REQUESTED') await new Promise((resolve) => setTimeout(resolve, 5));
    await first.archive.close();
    await using second = await startTrialArchive({ folder: first.folder });
    expect(await second.outcome(key)).toMatchObject({ status: 'PROCESSED' });
    expect(await readdir(path.join(first.folder, 'submissions', key))).toEqual(['Files', `${key}.json`]);
    expect(await readdir(path.join(first.folder, 'work'))).toEqual([]);
  });

  it('gives back a draft whose acceptance it did not finish', async () => {
    await using first = await startTrialArchive();
    const draft = await first.request('POST', '/submissions/drafts?attachTo=BioImages', pageTab('half'));
    const { key } = draft.json as { key: string };
    await first.archive.close();
    const record = path.join(first.folder, 'requests', `${key}.1.json`);
    const kept = JSON.parse(await readFile(record, 'utf8')) as object;
    await writeFile(record, JSON.stringify({ ...kept, status: 'SUBMITTED' }));
    await using second = await startTrialArchive({ folder: first.folder });
    expect((await second.request('GET', '/submissions/drafts')).json).toMatchObject([{ key }]);
  });

  it('does not join a new line of the log to a torn one', async () => {
    await using first = await startTrialArchive();
    await first.upload('', { a: 'x' });
    await first.archive.close();
    await appendFile(path.join(first.folder, 'requests.jsonl'), '{"what":"upload","at":"20');
    await using second = await startTrialArchive({ folder: first.folder });
    await second.upload('', { b: 'y' });
    expect(await readRequestLog(first.folder)).toMatchObject([{ path: 'a' }, { path: 'b' }]);
  });

  it('removes what a dead process left, and leaves the work of a live one', async () => {
    await using first = await startTrialArchive();
    const incoming = path.join(first.folder, 'incoming');
    const alive = process.ppid;
    const name = (pid: number) => `.${pid}-01234567-0123456789abcdef.part`;
    const [mine, other] = [temporaryName(), name(alive)];
    const names = [mine, other, name(2 ** 30), name(process.pid), '.not-ours'];
    for (const left of names) await writeFile(path.join(incoming, left), 'x');
    await using _second = await startTrialArchive({ folder: first.folder });
    expect((await readdir(incoming)).sort()).toEqual([mine, other, '.not-ours'].sort());
  });
});

describe('an archive that cannot start', () => {
  it('says so for a folder it may not write to', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'slipway-practice-'));
    await writeFile(path.join(folder, 'user'), 'a file where a folder must be');
    await expect(startPracticeArchive({ folder })).rejects.toMatchObject({ code: 'practice-folder' });
    await rm(folder, { recursive: true });
  });

  it('says so for a port that is taken', async () => {
    await using trial = await startTrialArchive();
    const folder = path.join(trial.folder, 'other');
    await mkdir(folder);
    const port = Number(new URL(trial.url).port);
    await expect(startPracticeArchive({ folder, port })).rejects.toMatchObject({ code: 'practice-port' });
  });
});
