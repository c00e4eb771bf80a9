import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';

const run = promisify(execFile);
const CHILD = path.join(import.meta.dirname, 'memory-child.ts');
const MEGABYTE = 1024 * 1024;

let folder: string;
let server: Server;
let taken = 0;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'slipway-memory-'));
  server = createServer((request, response) => {
    taken = 0;
    request.on('data', (piece: Buffer) => {
      taken += piece.byteLength;
    });
    request.on('end', () => response.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

async function sendSparse(size: number): Promise<{ sha256: string; bytes: number; peakKilobytes: number }> {
  const file = path.join(folder, `${size}.bin`);
  const handle = await open(file, 'w');
  await handle.truncate(size);
  await handle.close();
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { stdout } = await run(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    CHILD,
    file,
    address,
  ]);
  return JSON.parse(stdout) as Awaited<ReturnType<typeof sendSparse>>;
}

it('memory does not grow with the file: two gigabytes cost no more than some megabytes', async () => {
  const small = await sendSparse(16 * MEGABYTE);
  expect(small.sha256).toBe(
    createHash('sha256')
      .update(Buffer.alloc(16 * MEGABYTE))
      .digest('hex'),
  );
  const size = 2048 * MEGABYTE + 5;
  const large = await sendSparse(size);
  expect(large.bytes).toBe(size);
  expect(taken).toBeGreaterThan(size);
  expect(large.peakKilobytes - small.peakKilobytes).toBeLessThan(64 * 1024);
  expect(large.peakKilobytes).toBeLessThan(250 * 1024);
}, 180_000);
