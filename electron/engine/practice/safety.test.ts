import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startTrialArchive, type TrialArchive } from './practice-driver.ts';

/** Everything below a folder but the user's own files, which are what an upload may change. */
async function outsideUser(folder: string): Promise<string[]> {
  const all = await readdir(folder, { recursive: true });
  return all
    .filter((name) => !/^(?:user(?:\/|$)|requests\.jsonl$)/.test(name.split(path.sep).join('/')))
    .sort();
}

describe('paths that try to leave the user folder', () => {
  it.each([
    ['..', 'evil'],
    ['../..', 'evil'],
    ['a/../..', 'evil'],
    ['a', '../../evil'],
    ['', '../evil'],
    ['../user-twin', 'evil'],
    ['', '..'],
    ['', '.'],
    ['a', '..'],
    ['', 'a/'],
  ])('upload of filePath "%s", name "%s" writes nothing', async (folder, name) => {
    const around = await mkdtemp(path.join(tmpdir(), 'slipway-around-'));
    await using trial = await startTrialArchive({ folder: path.join(around, 'archive') });
    const before = await outsideUser(trial.folder);
    const reply = await trial.upload(folder, { [name]: 'evil' });
    expect(reply.status).toBe(500);
    expect(await outsideUser(trial.folder)).toEqual(before);
    expect(await readdir(around)).toEqual(['archive']);
    await trial.archive.close();
    await rm(around, { recursive: true });
  });

  it('an absolute path lands below the user folder', async () => {
    await using trial = await startTrialArchive();
    const place = path.join(tmpdir(), `slipway-absolute-${process.pid}`);
    expect((await trial.upload(place, { evil: 'x' })).status).toBe(200);
    await expect(readdir(place)).rejects.toThrow('ENOENT');
    expect(await readFile(path.join(trial.folder, 'user', place, 'evil'), 'utf8')).toBe('x');
  });

  it('no path of dots, slashes and names gets out', async () => {
    const around = await mkdtemp(path.join(tmpdir(), 'slipway-around-'));
    await using trial = await startTrialArchive({ folder: path.join(around, 'deep/archive') });
    const piece = fc.constantFrom('..', '.', '', 'a', 'b', '...', '..a', 'archive', 'user', '\\..', '%2e%2e');
    const paths = fc.array(piece, { minLength: 1, maxLength: 7 }).map((pieces) => pieces.join('/'));
    const expected = await outsideUser(path.join(around, 'deep/archive'));
    await fc.assert(
      fc.asyncProperty(paths, paths, async (folder, name) => {
        await trial.upload(folder, { [name]: 'evil' });
        expect(await readdir(around)).toEqual(['deep']);
        expect(await readdir(path.join(around, 'deep'))).toEqual(['archive']);
        expect(await outsideUser(path.join(around, 'deep/archive'))).toEqual(expected);
      }),
      { numRuns: 60 },
    );
    await trial.archive.close();
    await rm(around, { recursive: true });
  });

  it.each(['query', 'download', 'delete', 'rename'])('%s does not reach out', async (call) => {
    await using trial = await startTrialArchive();
    for (const folder of ['..', 'a/../..', '../requests']) {
      const body = { path: folder, fileName: 'account.json', originalName: 'account.json', newName: 'x' };
      const reply = await trial.request('POST', `/files/user/${call}`, body);
      expect(reply.status).toBe(500);
      expect(reply.text).not.toContain('signingKey');
    }
    expect(await readFile(path.join(trial.folder, 'account.json'), 'utf8')).toContain('signingKey');
  });

  it('an accession cannot name a file', async () => {
    await using trial = await startTrialArchive();
    const name = encodeURIComponent('../account');
    expect((await trial.request('GET', `/submissions/${name}.json`)).status).toBe(404);
    expect((await trial.request('DELETE', `/submissions/${name}`)).status).toBe(500);
    expect((await trial.request('PUT', `/submissions/drafts/${name}`, {})).status).toBe(500);
    expect(await readdir(trial.folder)).toContain('account.json');
  });
});

describe('symbolic links in the user folder', () => {
  async function withLinks(trial: TrialArchive) {
    const outside = await mkdtemp(path.join(tmpdir(), 'slipway-outside-'));
    await writeFile(path.join(outside, 'secret.txt'), 'secret');
    await mkdir(path.join(outside, 'deep'));
    const user = path.join(trial.folder, 'user');
    await symlink(outside, path.join(user, 'link'), 'dir');
    await symlink(path.join(outside, 'secret.txt'), path.join(user, 'file-link'));
    return outside;
  }

  it('are not followed out of it', async () => {
    await using trial = await startTrialArchive();
    const outside = await withLinks(trial);
    expect((await trial.upload('link', { evil: 'x' })).status).toBe(500);
    expect((await trial.upload('link/deep/new', { evil: 'x' })).status).toBe(500);
    expect((await trial.upload('', { 'link/evil': 'x' })).status).toBe(500);
    expect((await trial.request('POST', '/files/user/query', { path: 'link' })).status).toBe(500);
    for (const [folder, fileName] of [
      ['link', 'secret.txt'],
      ['', 'file-link'],
    ]) {
      const body = { path: folder, fileName };
      expect((await trial.request('POST', '/files/user/download', body)).text).not.toContain('secret\n');
      expect((await trial.request('POST', '/files/user/delete', body)).status).toBe(500);
    }
    expect((await readdir(outside, { recursive: true })).sort()).toEqual(['deep', 'secret.txt']);
    expect(await readFile(path.join(outside, 'secret.txt'), 'utf8')).toBe('secret');
    await rm(outside, { recursive: true });
  });

  it('are replaced by a file of their name, and what they pointed to stays', async () => {
    await using trial = await startTrialArchive();
    const outside = await withLinks(trial);
    expect((await trial.upload('', { 'file-link': 'mine' })).status).toBe(200);
    expect(await readFile(path.join(outside, 'secret.txt'), 'utf8')).toBe('secret');
    expect(await readFile(path.join(trial.folder, 'user/file-link'), 'utf8')).toBe('mine');
    await rm(outside, { recursive: true });
  });

  it('count as absent in file lists', async () => {
    await using trial = await startTrialArchive();
    const outside = await withLinks(trial);
    await trial.upload('', { 'l.tsv': 'Files\nlink/secret.txt\nfile-link\n../account.json\n' });
    const reply = await trial.validate('l.tsv');
    expect(reply.status).toBe(500);
    expect(reply.text).toContain('invalid characters: ../account.json');
    await trial.upload('', { 'l.tsv': 'Files\nlink/secret.txt\nfile-link\n..\n' });
    expect((await trial.validate('l.tsv')).text).toContain('link/secret.txt\\n  - file-link\\n  - ..\\n');
    await rm(outside, { recursive: true });
  });
});

describe('web pages', () => {
  const ask = (trial: TrialArchive, headers: Record<string, string>) =>
    new Promise<{ status: number; allowed: string | undefined }>((resolve, reject) => {
      const request = httpRequest(`${trial.url}/collections`, {
        headers: { 'x-session-token': trial.token, ...headers },
      });
      request.on('response', (response) => {
        response.resume();
        resolve({
          status: response.statusCode ?? 0,
          allowed: response.headers['access-control-allow-origin'] as string | undefined,
        });
      });
      request.on('error', reject);
      request.end();
    });

  it.each([
    'evil.example',
    'evil.example:80',
    '127.0.0.1.evil.example',
    'localhost.evil.example:1234',
    '10.0.0.1',
    '0.0.0.0',
  ])('under a name of their own ("%s") are refused', async (host) => {
    await using trial = await startTrialArchive();
    expect((await ask(trial, { host })).status).toBe(403);
  });

  it('that tell no name at all are refused', async () => {
    await using trial = await startTrialArchive();
    const { port, pathname } = new URL(trial.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(`GET ${pathname}/collections HTTP/1.0\r\nX-Session-Token: ${trial.token}\r\n\r\n`);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 403 /);
  });

  it.each(['127.0.0.1', 'localhost:4711', 'LOCALHOST', '[::1]:80'])(
    'the loopback name "%s" is answered',
    async (host) => {
      await using trial = await startTrialArchive();
      expect((await ask(trial, { host })).status).toBe(200);
    },
  );

  it.each(['https://evil.example', 'null', 'file://', 'http://localhost.evil.example'])(
    'from the origin "%s" are refused',
    async (origin) => {
      await using trial = await startTrialArchive();
      expect(await ask(trial, { origin })).toEqual({ status: 403, allowed: undefined });
    },
  );

  it('of this computer itself may read the answer', async () => {
    await using trial = await startTrialArchive();
    const origin = 'http://localhost:5173';
    expect(await ask(trial, { origin })).toEqual({ status: 200, allowed: origin });
    const preflight = await fetch(`${trial.url}/files/user/query`, {
      method: 'OPTIONS',
      headers: { origin },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('x-session-token');
  });

  it('on other machines do not reach it', async (context) => {
    await using trial = await startTrialArchive();
    const outer = Object.values(networkInterfaces())
      .flat()
      .find((address) => address && !address.internal && address.family === 'IPv4');
    if (!outer) return context.skip('this machine has no other address');
    const { port } = new URL(trial.url);
    await expect(fetch(`http://${outer.address}:${port}/`)).rejects.toThrow('fetch failed');
  });
});
