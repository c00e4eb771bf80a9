import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { drive, type PracticeDriver, startTrialArchive } from './practice-driver.ts';
import { readRequestLog } from './request-log.ts';

interface Doomed {
  readonly driver: PracticeDriver;
  kill(): Promise<void>;
}

async function startDoomed(folder: string, savingMs = 0, processingMs = 0): Promise<Doomed> {
  const script = path.join(import.meta.dirname, 'crash-child.ts');
  const child: ChildProcess = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', script, folder, String(savingMs), String(processingMs)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (child.stdout === null) throw new Error('The child has no output.');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return {
    driver: await drive(JSON.parse(line) as Parameters<typeof drive>[0]),
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'close');
    },
  };
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'slipway-crash-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const OLD = Buffer.alloc(300_000, 'old ');
const NEW = Buffer.alloc(2_000_000, 'new ');

/** Sends a body in pieces, and calls `after` when so many bytes of the file are out. Resolves when it is over. */
function sendUntil(driver: PracticeDriver, bytes: number, after: () => void): Promise<void> {
  return new Promise((resolve) => {
    const head = Buffer.from(
      '--b\r\nContent-Disposition: form-data; name="filePath"\r\n\r\nset\r\n' +
        '--b\r\nContent-Disposition: form-data; name="files"; filename="a.bin"\r\n\r\n',
    );
    const tail = Buffer.from('\r\n--b--\r\n');
    const request = httpRequest(`${driver.url}/files/user/upload`, {
      method: 'POST',
      headers: {
        'x-session-token': driver.token,
        'content-type': 'multipart/form-data; boundary=b',
        'content-length': head.length + NEW.length + tail.length,
      },
    });
    request.on('response', (response) => response.resume());
    request.on('error', () => resolve());
    request.on('close', () => resolve());
    request.write(head);
    request.write(NEW.subarray(0, bytes), () => {
      if (bytes === NEW.length) request.end(tail, after);
      else after();
    });
  });
}

describe('an archive that is killed', () => {
  // In the middle of the body, at its end, while it is being saved, and around the moment it is put in place.
  const moments: [string, number, number, number][] = [
    ['after no byte', 0, 0, 0],
    ['after some bytes', 700_000, 0, 0],
    ['after nearly all bytes', NEW.length - 1, 0, 5],
    ['while saving', NEW.length, 60_000, 20],
    ...[0, 1, 2, 4, 8, 16].map((wait): [string, number, number, number] => [
      `${wait} ms after the last byte`,
      NEW.length,
      0,
      wait,
    ]),
  ];

  it.each(moments)(
    '%s holds the old file or the new one, never a part',
    async (_when, bytes, savingMs, waitMs) => {
      await inFolder(async (folder) => {
        const doomed = await startDoomed(folder, 0);
        await doomed.driver.upload('set', { 'a.bin': OLD });
        await doomed.kill();

        const again = await startDoomed(folder, savingMs);
        const dead = Promise.withResolvers<void>();
        const kill = () => void again.kill().then(dead.resolve);
        await sendUntil(again.driver, bytes, () => void setTimeout(kill, waitMs));
        await dead.promise;

        await using reopened = await startTrialArchive({ folder });
        const kept = await readFile(path.join(folder, 'user/set/a.bin'));
        expect(kept.equals(OLD) || kept.equals(NEW)).toBe(true);
        if (bytes < NEW.length || savingMs > 0) expect(kept.equals(OLD)).toBe(true);
        expect(await reopened.sizes('set')).toEqual({ 'a.bin': kept.length });
        expect(await readdir(path.join(folder, 'incoming'))).toEqual([]);
        const stored = (await readRequestLog(folder)).filter(
          (line) => line.what === 'upload' && line.outcome === 'stored' && line.bytes === NEW.length,
        );
        if (kept.equals(OLD)) expect(stored).toEqual([]);
        expect((await reopened.upload('set', { 'a.bin': NEW })).status).toBe(200);
      });
    },
  );

  it('while processing goes on when it is started again', async () => {
    await inFolder(async (folder) => {
      const doomed = await startDoomed(folder, 0, 60_000);
      await doomed.driver.upload('', { 'l.tsv': 'Files\na.tif\n', 'a.tif': 'x' });
      const { key, reply } = await doomed.driver.submit({
        attributes: [{ name: 'ReleaseDate', value: '2099-01-01' }],
        section: { type: 'Study', attributes: [{ name: 'File List', value: 'l.tsv' }] },
      });
      expect(reply.status).toBe(200);
      await doomed.kill();
      await using reopened = await startTrialArchive({ folder });
      expect(await reopened.outcome(key)).toMatchObject({ status: 'PROCESSED' });
      expect(await readdir(path.join(folder, 'submissions', key, 'Files'))).toEqual(['l.json']);
    });
  });
});
