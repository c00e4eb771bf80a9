import { readdir, readFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startTrialArchive, type TrialArchive } from './practice-driver.ts';
import { readRequestLog } from './request-log.ts';

const query = (trial: TrialArchive, folder: string) =>
  trial.request('POST', '/files/user/query', { path: folder });

/** Sends a request with a body that is told to be larger than what is sent, and gives the status. */
function announce(trial: TrialArchive, bytes: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${trial.url}/files/user/upload`, {
      method: 'POST',
      headers: {
        'x-session-token': trial.token,
        'content-type': 'multipart/form-data; boundary=b',
        'content-length': bytes,
      },
    });
    request.on('response', (response) => {
      resolve(response.statusCode ?? 0);
      request.destroy();
    });
    request.on('error', reject);
    request.write('--b\r\n');
  });
}

describe('uploading', () => {
  it('makes the folders and shows the file, not recursively', async () => {
    await using trial = await startTrialArchive();
    expect(await trial.upload('set 1/masks', { 'a.tif': 'abc' })).toMatchObject({ status: 200, text: '' });
    expect((await query(trial, 'set 1/masks')).json).toEqual([
      { name: 'a.tif', path: 'user/set 1/masks', size: 3, type: 'FILE' },
    ]);
    expect((await query(trial, '')).json).toEqual([{ name: 'set 1', path: 'user', size: 0, type: 'DIR' }]);
    expect((await query(trial, 'nowhere')).json).toEqual([]);
    expect((await query(trial, 'set 1/masks/a.tif')).json).toEqual([]);
  });

  it('replaces what is there without a word', async () => {
    await using trial = await startTrialArchive();
    await trial.upload('', { 'a.tif': 'abc' });
    expect((await trial.upload('', { 'a.tif': 'longer' })).status).toBe(200);
    expect(await trial.sizes('')).toEqual({ 'a.tif': 6 });
  });

  it('takes several files, empty ones, and folders in their names', async () => {
    await using trial = await startTrialArchive();
    await trial.upload('x', { 'a.tif': '', 'sub/dir/b.tif': 'bb' });
    expect(await trial.sizes('x')).toEqual({ 'a.tif': 0, sub: 0 });
    expect(await trial.sizes('x/sub/dir')).toEqual({ 'b.tif': 2 });
  });

  it('does not check names', async () => {
    await using trial = await startTrialArchive();
    for (const name of ['é.tif', 'a+b, c&d.tif', '.DS_Store', 'two  spaces.tif', 'u\u0308.tif', '漢.tif']) {
      expect((await trial.upload('odd', { [name]: 'x' })).status).toBe(200);
      expect(Object.keys(await trial.sizes('odd'))).toContain(name);
    }
  });

  it('keeps the bytes', async () => {
    await using trial = await startTrialArchive();
    const bytes = Uint8Array.from({ length: 3_000_001 }, (_value, index) => (index * 7919) % 251);
    await trial.upload('big', { 'a.bin': bytes });
    const kept = await readFile(path.join(trial.folder, 'user/big/a.bin'));
    expect(Buffer.compare(kept, bytes)).toBe(0);
    const back = await trial.request('POST', '/files/user/download', { path: 'big', fileName: 'a.bin' });
    expect(back.status).toBe(200);
  });

  it('any names the server takes come back as they were sent', async () => {
    await using trial = await startTrialArchive();
    const name = fc
      .stringMatching(/^[0-9A-Za-z!\-_*'(). ]{1,40}$/)
      .filter((text) => !['.', '..'].includes(text) && text.trim() === text);
    const files = fc.dictionary(name, fc.nat(3000), { minKeys: 1, maxKeys: 6 });
    const folders = fc.array(name, { maxLength: 3 });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(files, folders, async (sizes, segments) => {
        run += 1;
        const folder = [`run-${run}`, ...segments].join('/');
        const contents = Object.entries(sizes).map(([key, size]) => [key, new Uint8Array(size)] as const);
        expect((await trial.upload(folder, Object.fromEntries(contents))).status).toBe(200);
        expect(await trial.sizes(folder)).toEqual({ ...sizes });
      }),
      { numRuns: 40 },
    );
  });

  it('notes every file with its outcome', async () => {
    await using trial = await startTrialArchive();
    await trial.upload('x', { 'a.tif': 'abc', 'b.tif': '' });
    const lines = await readRequestLog(trial.folder);
    expect(lines).toMatchObject([
      { what: 'upload', path: 'x/a.tif', bytes: 3, outcome: 'stored', status: 200 },
      { what: 'upload', path: 'x/b.tif', bytes: 0, outcome: 'stored', status: 200 },
    ]);
  });

  it('refuses what is no form, or lacks a part', async () => {
    await using trial = await startTrialArchive();
    const send = (body: string | FormData) =>
      fetch(`${trial.url}/files/user/upload`, {
        method: 'POST',
        headers: { 'x-session-token': trial.token },
        body,
      });
    expect((await send('text')).status).toBe(500);
    const onlyFiles = new FormData();
    onlyFiles.append('files', new Blob(['x']), 'a');
    expect((await send(onlyFiles)).status).toBe(400);
    const onlyPath = new FormData();
    onlyPath.append('filePath', '');
    expect((await send(onlyPath)).status).toBe(400);
    expect(await trial.sizes('')).toEqual({});
  });
});

describe('limits of a request', () => {
  it('are 20 GB, counted in 1024s, before a byte is read', async () => {
    await using trial = await startTrialArchive();
    expect(await announce(trial, 20 * 1024 ** 3 + 1)).toBe(500);
  });

  it('hold for the bytes that come, and nothing is kept', async () => {
    await using trial = await startTrialArchive({ limits: { bytes: 100_000 } });
    const reply = await trial.upload('', { 'a.bin': new Uint8Array(100_001) });
    expect(reply).toMatchObject({ status: 500, json: { log: { message: 'Maximum upload size exceeded' } } });
    expect(await trial.sizes('')).toEqual({});
    expect(await readdir(path.join(trial.folder, 'incoming'))).toEqual([]);
  });

  it('are 2000 parts, the text part counted', async () => {
    await using trial = await startTrialArchive();
    const files = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_value, n) => [`f${n}`, '']));
    expect((await trial.upload('many', files(1999))).status).toBe(200);
    const refused = await trial.upload('more', files(2000));
    expect(refused).toMatchObject({
      status: 500,
      json: { log: { message: 'Failed to parse multipart servlet request' } },
    });
    expect(await trial.sizes('more')).toEqual({});
    expect(Object.keys(await trial.sizes('many'))).toHaveLength(1999);
  });

  it('are 512 bytes for the header of a part, so that long folders belong in filePath', async () => {
    await using trial = await startTrialArchive();
    const folder = Array.from({ length: 12 }, () => 'a'.repeat(40)).join('/');
    expect((await trial.upload('', { [`${folder}/x`]: '' })).status).toBe(500);
    expect((await trial.upload(folder, { x: '' })).status).toBe(200);
  });
});

describe('the other calls on files', () => {
  it('delete files and whole folders, and do not mind what is not there', async () => {
    await using trial = await startTrialArchive();
    await trial.upload('a/b', { 'c.tif': 'x' });
    const remove = (folder: string, fileName: string) =>
      trial.request('POST', '/files/user/delete', { path: folder, fileName });
    expect((await remove('a', 'nothing')).status).toBe(200);
    expect((await remove('a/b', 'c.tif')).status).toBe(200);
    expect(await trial.sizes('a/b')).toEqual({});
    expect((await remove('', 'a')).status).toBe(200);
    expect(await trial.sizes('')).toEqual({});
    expect((await remove('', '')).status).toBe(500);
  });

  it('rename, unless the source is gone or the name is taken', async () => {
    await using trial = await startTrialArchive();
    await trial.upload('a', { x: 'x', y: 'yy' });
    const rename = (originalName: string, newName: string) =>
      trial.request('POST', '/files/user/rename', { path: 'a', originalName, newName });
    expect((await rename('x', 'z')).status).toBe(200);
    expect(await trial.sizes('a')).toEqual({ y: 2, z: 1 });
    expect((await rename('x', 'w')).text).toContain('The file to be renamed does not exist');
    expect(await rename('y', 'z')).toMatchObject({
      status: 500,
      json: {
        log: {
          message: 'The new name for the file already exists at a, please choose a different name than z',
        },
      },
    });
  });

  it('download, but not what is absent or empty', async () => {
    await using trial = await startTrialArchive();
    await trial.upload('', { x: 'text', empty: '' });
    const download = (fileName: string) =>
      trial.request('POST', '/files/user/download', { path: '', fileName });
    expect(await download('x')).toMatchObject({ status: 200, text: 'text' });
    expect((await download('empty')).status).toBe(500);
    expect((await download('gone')).status).toBe(500);
  });

  it('work in their older form too', async () => {
    await using trial = await startTrialArchive();
    const form = new FormData();
    form.append('files', new Blob(['abc']), 'a.tif');
    const upload = await fetch(`${trial.url}/files/user/set%201/x`, {
      method: 'POST',
      headers: { 'x-session-token': trial.token },
      body: form,
    });
    expect(upload.status).toBe(200);
    expect((await trial.request('GET', '/files/user/set%201/x')).json).toEqual([
      { name: 'a.tif', path: 'user/set 1/x', size: 3, type: 'FILE' },
    ]);
    expect((await trial.request('GET', '/files/user')).json).toHaveLength(1);
    expect((await trial.request('DELETE', '/files/user/set%201/x?fileName=a.tif')).status).toBe(200);
    expect(await trial.sizes('set 1/x')).toEqual({});
  });

  it('generate a file list of everything below a folder', async () => {
    await using trial = await startTrialArchive();
    await trial.upload('a', { 'x.tif': '1', 'b/y.tif': '2' });
    await trial.upload('', { 'z.tif': '3' });
    const list = async (folder: string) => {
      const address = trial.url.replace(/\/api$/, `/filelist${folder}`);
      const answer = await fetch(address, { headers: { 'x-session-token': trial.token } });
      return (await answer.text()).split('\n').filter(Boolean).sort();
    };
    expect(await list('/a')).toEqual(['Files', 'a/b/y.tif', 'a/x.tif']);
    expect(await list('')).toEqual(['Files', 'a/b/y.tif', 'a/x.tif', 'z.tif']);
  });
});
