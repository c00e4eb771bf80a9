import { createHash, randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identityOf, PIECE } from '../local-file.ts';
import type { Method, OutgoingFile, RemoteItem, SendOptions, Session } from '../method.ts';
import { forgetfulPartLog } from '../part-log.ts';
import { Trouble } from '../trouble.ts';

/** A server that a method is tried against, made anew for each test. */
export interface ConformanceServer {
  readonly method: Method;
  /** The bytes the server holds at a path, null when it holds none. */
  held(remotePath: string): Promise<Buffer | null>;
  /** Orders a fault for the next upload; false when it cannot be had here. `bad-gateway` stores the file all the same. */
  order(fault: 'cut' | 'stall' | 'bad-gateway'): boolean;
  close(): Promise<void>;
}

/** What every method must keep to, whatever it speaks. Call it in a test file. */
export function conforms(title: string, start: () => Promise<ConformanceServer>): void {
  describe(`${title} keeps to what every method promises`, () => {
    let server: ConformanceServer;
    let session: Session;
    let folder: string;

    beforeEach(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'slipway-method-'));
      server = await start();
      session = server.method.open();
    });
    afterEach(async () => {
      await session.close();
      await server.close();
      await rm(folder, { recursive: true, force: true });
    });

    const make = async (content: Uint8Array, remotePath: string): Promise<OutgoingFile> => {
      const localPath = path.join(folder, randomBytes(8).toString('hex'));
      await writeFile(localPath, content);
      return { localPath, remotePath, ...identityOf(await stat(localPath, { bigint: true })) };
    };
    const list = async (of: string): Promise<RemoteItem[]> => {
      const items: RemoteItem[] = [];
      for await (const item of session.list(of, AbortSignal.timeout(20_000))) items.push(item);
      return items;
    };
    const send = (file: OutgoingFile, more: Partial<SendOptions> = {}) =>
      session.send(file, {
        signal: new AbortController().signal,
        onBytes: () => {},
        onSaving: () => {},
        ...more,
      });
    const failure = async (sending: Promise<unknown>): Promise<Trouble> => {
      const thrown = await sending.then(
        () => null,
        (error: unknown) => error,
      );
      expect(thrown).toBeInstanceOf(Trouble);
      return thrown as Trouble;
    };

    it.each([
      ['of no byte', 0],
      ['of one byte', 1],
      ['of exactly one piece', PIECE],
      ['of many pieces', 5 * PIECE + 17],
    ])('sends a file %s as it is, with its hash and every byte told', async (_what, size) => {
      const content = randomBytes(size);
      const file = await make(content, 'a folder/deeper/x.tif');
      let told = 0;
      const hashes: string[] = [];
      const result = await send(file, {
        onBytes: (bytes) => {
          told += bytes;
        },
        onSaving: (sha256) => hashes.push(sha256),
      });
      expect(await server.held(file.remotePath)).toEqual(content);
      expect(result.sha256).toBe(createHash('sha256').update(content).digest('hex'));
      expect(hashes).toEqual([result.sha256]);
      expect(told).toBe(size);
      expect(await list('a folder/deeper')).toEqual([{ name: 'x.tif', kind: 'file', size }]);
    });

    it('sends files of any size around the edges of its pieces', async () => {
      const sizes = fc.oneof(fc.nat(3000), fc.integer({ min: PIECE - 3, max: PIECE + 3 }));
      await fc.assert(
        fc.asyncProperty(sizes, async (size) => {
          const content = randomBytes(size);
          const file = await make(content, `p/${randomBytes(6).toString('hex')}.bin`);
          await send(file);
          expect((await server.held(file.remotePath))?.equals(content)).toBe(true);
        }),
        { numRuns: 12 },
      );
    });

    it.each([
      ["o'clock (1) !x_y-z.ome.tif"],
      [`${'n'.repeat(250)}.tif`],
      [`${Array.from({ length: 12 }, (_, n) => `folder-${n}-${'f'.repeat(60)}`).join('/')}/x.tif`],
    ])('keeps the name %s', async (remotePath) => {
      const file = await make(Buffer.from('named'), `names/${remotePath}`);
      await send(file);
      expect(await server.held(file.remotePath)).toEqual(Buffer.from('named'));
    });

    it('replaces a file that is there', async () => {
      await send(await make(randomBytes(3000), 'r/x.tif'));
      const second = await make(randomBytes(20), 'r/x.tif');
      await send(second);
      expect((await server.held('r/x.tif'))?.byteLength).toBe(20);
    });

    it('lists nothing for a folder that is not there, and folders as folders', async () => {
      expect(await list('nowhere/at all')).toEqual([]);
      await send(await make(randomBytes(5), 'top/below/x.tif'));
      if (!server.method.capabilities.listsRecursively) {
        expect((await list('top')).map(({ name, kind }) => ({ name, kind }))).toEqual([
          { name: 'below', kind: 'folder' },
        ]);
      }
    });

    it('sends several files at once without mixing them', async () => {
      const files = await Promise.all(
        Array.from({ length: 8 }, async (_, n) => ({ n, content: randomBytes(PIECE / 2 + n * 1000) })),
      );
      await Promise.all(
        files.map(async ({ n, content }) => {
          const file = await make(content, `many/${n}.bin`);
          const { sha256 } = await send(file);
          expect(sha256).toBe(createHash('sha256').update(content).digest('hex'));
        }),
      );
      for (const { n, content } of files) {
        expect((await server.held(`many/${n}.bin`))?.equals(content)).toBe(true);
      }
    });

    it('says of a file that vanished that this file cannot be sent', async () => {
      const file = await make(randomBytes(10), 'v/x.tif');
      await rm(file.localPath);
      expect(await failure(send(file))).toMatchObject({ kind: 'file', code: 'vanished' });
    });

    it('refuses a file that is no longer the one that was looked at', async () => {
      const longer = await make(randomBytes(10), 'c/x.tif');
      await appendFile(longer.localPath, 'more');
      expect(await failure(send(longer))).toMatchObject({ kind: 'file', code: 'changed' });
      const touched = await make(randomBytes(10), 'c/y.tif');
      await utimes(touched.localPath, 1, 1);
      expect(await failure(send(touched))).toMatchObject({ kind: 'file', code: 'changed' });
      expect(await list('c')).toEqual([]);
    });

    /** A method that can go on where it stopped leaves a beginning, never the whole. */
    const expectNotWhole = async (remotePath: string, size: number) => {
      const held = await server.held(remotePath);
      if (server.method.capabilities.resume === 'none') expect(held).toBeNull();
      else expect(held?.byteLength ?? 0).toBeLessThan(size);
    };

    it('keeps a file that changes while it is sent away from the archive', async () => {
      const file = await make(randomBytes(6 * PIECE), 'w/x.tif');
      let changing: Promise<void> | null = null;
      const sending = send(file, {
        onBytes: () => {
          changing ??= appendFile(file.localPath, 'more');
        },
      });
      expect(await failure(sending)).toMatchObject({ kind: 'file', code: 'changed' });
      await changing;
      await expectNotWhole('w/x.tif', file.size);
    });

    it('stops at once when asked, and never leaves the whole file', async () => {
      const file = await make(randomBytes(6 * PIECE), 's/x.tif');
      const stopping = new AbortController();
      const sending = send(file, { signal: stopping.signal, onBytes: () => stopping.abort() });
      await expect(sending).rejects.toMatchObject({ name: 'AbortError' });
      await expect(send(file, { signal: stopping.signal })).rejects.toMatchObject({ name: 'AbortError' });
      await expectNotWhole('s/x.tif', file.size);
      const other = await make(randomBytes(10), 's/y.tif');
      await send(other);
      expect(await list('s')).toContainEqual({ name: 'y.tif', kind: 'file', size: 10 });
    });

    it('calls a connection that breaks half-way worth another try', async (context) => {
      if (!server.order('cut')) return context.skip('not to be had at this server');
      const file = await make(randomBytes(4 * PIECE), 'b/x.tif');
      expect((await failure(send(file))).kind).toBe('retry');
      await send(file);
      expect((await list('b')).map(({ size }) => size)).toEqual([file.size]);
    });

    it('gives up a connection on which nothing moves', async (context) => {
      if (!server.order('stall')) return context.skip('not to be had at this server');
      const file = await make(randomBytes(12 * PIECE), 't/x.tif');
      expect(await failure(send(file))).toMatchObject({ kind: 'retry', code: 'stalled' });
    });

    it('says that it is unclear when an error comes after the last byte', async (context) => {
      if (!server.order('bad-gateway')) return context.skip('not to be had at this server');
      const file = await make(randomBytes(2 * PIECE), 'u/x.tif');
      expect(await failure(send(file))).toMatchObject({ kind: 'retry', unclear: true });
      expect((await list('u')).map(({ size }) => size)).toEqual([file.size]);
    });

    it('goes on where an earlier attempt was broken off, with the hash of the whole', async (context) => {
      const { resume } = server.method.capabilities;
      if (resume === 'none') return context.skip('the method cannot');
      const content = randomBytes(30 * PIECE + 5);
      const file = { ...(await make(content, 'g/x.tif')), parts: forgetfulPartLog() };
      const stopping = new AbortController();
      let told = 0;
      const breakOff = (bytes: number) => {
        told += bytes;
        if (told > 14 * PIECE) stopping.abort();
      };
      await send(file, { signal: stopping.signal, onBytes: breakOff }).catch(() => {});
      let held = -1;
      let again = 0;
      const { sha256 } = await send(
        { ...file, begun: true },
        { onHeld: (bytes) => (held = bytes), onBytes: (bytes) => (again += bytes) },
      );
      expect(sha256).toBe(createHash('sha256').update(content).digest('hex'));
      expect((await server.held('g/x.tif'))?.equals(content)).toBe(true);
      expect(held).toBeGreaterThan(0);
      expect(held + again).toBe(file.size);
    });

    it('sends the whole file when what the archive has is not its beginning', async () => {
      await send(await make(randomBytes(9000), 'h/x.tif'));
      const content = randomBytes(300);
      const file = await make(content, 'h/x.tif');
      await send({ ...file, begun: true });
      expect((await server.held('h/x.tif'))?.equals(content)).toBe(true);
    });
  });
}
