import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { Problem } from '../../../shared/model/problem.ts';
import { createDecoder, type Decoder, type DecoderLauncher, type DecoderOptions } from './decoder.ts';
import { createNodeDecoderLauncher, nodeDecoderLauncher } from './node-decoder-launcher.ts';
import { openSource } from './open-source.ts';
import { inProcessLauncher } from './test-fixtures/in-process-launcher.ts';
import { makeTiff } from './test-fixtures/make-tiff.ts';
import { dataFile, dataFolder, hasData } from './test-fixtures/test-data.ts';

const root = mkdtempSync(join(tmpdir(), 'slipway-decoder-'));
const folder = join(root, 'granted');
mkdirSync(folder);
const file = (name: string, value = 1) => {
  const path = join(folder, name);
  writeFileSync(
    path,
    makeTiff([{ width: 4, height: 3, bits: 8, values: new Array<number>(12).fill(value) }]),
  );
  return path;
};
const running: Decoder[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((decoder) => decoder.stop()));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const failing = createNodeDecoderLauncher({
  entry: join(import.meta.dirname, 'test-fixtures', 'failing-process.ts'),
});
const probe = createNodeDecoderLauncher({
  entry: join(import.meta.dirname, 'test-fixtures', 'probe-process.ts'),
});

function start(launch: DecoderLauncher, options: DecoderOptions = {}, folders: readonly string[] = [folder]) {
  const state = { launches: 0 };
  const decoder = createDecoder((granted) => {
    state.launches++;
    return launch(granted);
  }, options);
  decoder.grant(folders);
  running.push(decoder);
  return Object.assign(state, { decoder });
}

const origin = { level: 0, c: 0, z: 0, t: 0, x: 0, y: 0 };
const problemOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error as Problem,
  );

describe('the decoder process', () => {
  test('opens, measures, hands out tiles and thumbnails', async () => {
    const { decoder, launches } = start(nodeDecoderLauncher);
    expect(launches).toBe(0);
    const info = await decoder.open(file('plain.tif', 9), '');
    expect(info).toMatchObject({ name: 'plain.tif', pixelType: 'uint8', sizes: { x: 4, y: 3 } });
    expect(await decoder.facts(info.imageId, { c: 0, z: 0, t: 0 })).toMatchObject({
      min: 9,
      max: 9,
      distinct: 1,
    });
    expect([...(await decoder.tile(info.imageId, origin))]).toEqual(new Array(12).fill(9));
    const png = await decoder.thumbnail(file('plain.tif'), '', { size: 32 });
    expect([...png.subarray(1, 4)]).toEqual([80, 78, 71]);
  });

  test('may read the granted folders and nothing else, not write, start programs or threads, or see the environment', async () => {
    process.env.SLIPWAY_TEST_SECRET = 'token';
    writeFileSync(join(root, 'outside.tif'), 'x');
    try {
      const { decoder } = start(probe);
      const problem = await problemOf(decoder.open(file('plain.tif'), ''));
      expect(problem?.why?.split(', ')).toEqual([
        'granted done',
        'outside ERR_ACCESS_DENIED',
        'sibling ERR_ACCESS_DENIED',
        'write ERR_ACCESS_DENIED',
        'spawn ERR_ACCESS_DENIED',
        'thread ERR_ACCESS_DENIED',
        'secret refused',
      ]);
    } finally {
      delete process.env.SLIPWAY_TEST_SECRET;
    }
  });

  test('does not follow links out of the granted folders, and works in folders that are links', async () => {
    const outside = join(root, 'elsewhere.tif');
    writeFileSync(outside, makeTiff([{ width: 1, height: 1, bits: 8, values: [1] }]));
    symlinkSync(outside, join(folder, 'link.tif'));
    const { decoder } = start(nodeDecoderLauncher);
    expect(await problemOf(decoder.open(join(folder, 'link.tif'), ''))).toMatchObject({
      code: 'not-granted',
    });
    expect(await problemOf(decoder.open(outside, ''))).toMatchObject({ code: 'not-granted' });
    expect(await problemOf(decoder.open(join(folder, '..', 'elsewhere.tif'), ''))).toMatchObject({
      code: 'not-granted',
    });
    symlinkSync(folder, join(root, 'way-in'));
    decoder.grant([join(root, 'way-in')]);
    file('plain.tif', 5);
    const info = await decoder.open(join(root, 'way-in', 'plain.tif'), '');
    expect((await decoder.tile(info.imageId, origin))[0]).toBe(5);
  });

  test('is started again when a folder is added, and images stay open', async () => {
    const further = join(root, 'further');
    mkdirSync(further);
    writeFileSync(join(further, 'b.tif'), makeTiff([{ width: 1, height: 1, bits: 8, values: [3] }]));
    const state = start(nodeDecoderLauncher);
    const first = await state.decoder.open(file('plain.tif', 7), '');
    state.decoder.grant([folder, further]);
    const second = await state.decoder.open(join(further, 'b.tif'), '');
    expect(
      await Promise.all(
        [first, second].map(async ({ imageId }) => (await state.decoder.tile(imageId, origin))[0]),
      ),
    ).toEqual([7, 3]);
    expect(state.launches).toBe(2);
    state.decoder.grant([further]);
    expect(await problemOf(state.decoder.tile(first.imageId, origin))).toMatchObject({ code: 'not-granted' });
  });

  test.skipIf(!hasData)(
    'survives the files that killed or hung its readers, and reads them right (needs ../shared/data)',
    async () => {
      const { decoder } = start(nodeDecoderLauncher, {}, [dataFolder]);
      const lzw = await decoder.open(dataFile('tiff/compression/quad-lzw.tif'), '');
      expect(await decoder.facts(lzw.imageId, { c: 0, z: 0, t: 0 })).toMatchObject({ min: 0, max: 254 });
      const loop = await decoder.open(dataFile('broken/multipage_single_frame_loop.tiff'), '');
      expect(loop.notes.join(' ')).toMatch(/leads back to itself/);
    },
  );
});

describe('a file that kills the process', () => {
  test('costs a Problem that names it, then is refused without starting the process', async () => {
    const state = start(failing);
    const kills = file('kills.tif');
    const first = await problemOf(state.decoder.open(kills, ''));
    expect(first).toBeInstanceOf(Problem);
    expect(first).toMatchObject({ code: 'decoder-crashed', message: expect.stringContaining('"kills.tif"') });
    expect(await problemOf(state.decoder.open(kills, ''))).toMatchObject({ code: 'decoder-crashed' });
    const launches = state.launches;
    expect(await problemOf(state.decoder.open(kills, ''))).toMatchObject({
      code: 'unsafe-image',
      message: expect.stringContaining('"kills.tif"'),
    });
    expect(state.launches).toBe(launches);
    await expect(state.decoder.open(file('plain.tif'), '')).resolves.toMatchObject({ name: 'plain.tif' });
  });

  test('costs the others nothing: they are repeated, and images stay open', async () => {
    const state = start(failing);
    const open = await state.decoder.open(file('plain.tif', 42), '');
    const answers = await Promise.all([
      state.decoder.open(file('slow-1.tif'), ''),
      problemOf(state.decoder.open(file('kills.tif'), '')),
      state.decoder.open(file('slow-2.tif'), ''),
      state.decoder.thumbnail(file('slow-3.tif'), '', { size: 16 }),
      state.decoder.thumbnail(file('slow-4.tif'), '', { size: 16 }),
    ]);
    expect(answers).toMatchObject([
      { name: 'slow-1.tif' },
      { code: 'decoder-crashed' },
      { name: 'slow-2.tif' },
      {},
      {},
    ]);
    expect([...(await state.decoder.tile(open.imageId, origin))]).toEqual(new Array(12).fill(42));
    // The innocent are not held against: only the one that was alone with the second death is refused.
    expect(await problemOf(state.decoder.open(file('kills.tif'), ''))).toMatchObject({
      code: 'unsafe-image',
    });
    await expect(state.decoder.open(file('slow-1.tif'), '')).resolves.toMatchObject({ name: 'slow-1.tif' });
  });

  test('as a mask takes nothing from its image', async () => {
    const { decoder } = start(failing);
    const image = file('plain.tif');
    for (const code of ['decoder-crashed', 'decoder-crashed', 'unsafe-image']) {
      const laid = decoder.thumbnail(image, '', { size: 16, mask: { path: file('kills.tif'), part: '' } });
      expect(await problemOf(laid)).toMatchObject({
        code,
        message: expect.stringContaining('with its mask "kills.tif"'),
      });
    }
    await expect(decoder.thumbnail(image, '', { size: 16 })).resolves.toBeInstanceOf(Uint8Array);
  });
});

describe('a file that hangs the process', () => {
  test('costs a Problem after the time limit, and the others nothing', async () => {
    const { decoder } = start(failing, { timeoutMs: 2000 });
    const answers = await Promise.all([
      problemOf(decoder.open(file('hangs.tif'), '')),
      decoder.open(file('slow-1.tif'), ''),
      decoder.open(file('slow-2.tif'), ''),
    ]);
    expect(answers).toMatchObject([
      { code: 'decoder-timeout', message: expect.stringContaining('"hangs.tif"') },
      { name: 'slow-1.tif' },
      { name: 'slow-2.tif' },
    ]);
    expect(await problemOf(decoder.open(file('hangs.tif'), ''))).toMatchObject({ code: 'unsafe-image' });
  });

  test('and was cancelled does not hold up the next ones', async () => {
    const { decoder } = start(failing, { timeoutMs: 1500 });
    const stop = new AbortController();
    const hanging = problemOf(decoder.thumbnail(file('hangs.tif'), '', { size: 16 }, stop.signal));
    const next = decoder.open(file('plain.tif'), '');
    await next;
    stop.abort();
    expect(await hanging).toMatchObject({ name: 'AbortError' });
    await expect(decoder.open(file('slow-1.tif'), '')).resolves.toMatchObject({ name: 'slow-1.tif' });
  });
});

describe('the engine’s side', () => {
  test('cancels what waits and what runs', async () => {
    const { decoder } = start(failing);
    const controllers = Array.from({ length: 8 }, () => new AbortController());
    const answers = controllers.map(({ signal }, index) =>
      problemOf(decoder.thumbnail(file(`slow-${index}.tif`), '', { size: 16 }, signal)),
    );
    for (const [index, controller] of controllers.entries()) if (index !== 5) controller.abort();
    const ended = await Promise.all(answers);
    expect(ended.map((problem) => problem?.name ?? null)).toEqual(
      controllers.map((_, index) => (index === 5 ? null : 'AbortError')),
    );
    expect(await problemOf(decoder.open(file('plain.tif'), '', AbortSignal.abort()))).toMatchObject({
      name: 'AbortError',
    });
  });

  test('serves what a person waits for before thumbnails', async () => {
    const order: string[] = [];
    const launch = inProcessLauncher(async (path, part) => {
      order.push(path.slice(folder.length + 1));
      return openSource(path, part);
    });
    const { decoder } = start(launch);
    const thumbnails = Array.from({ length: 6 }, (_, index) =>
      decoder.thumbnail(file(`thumb-${index}.tif`), '', { size: 16 }),
    );
    await Promise.all([...thumbnails, decoder.open(file('looked-at.tif'), '')]);
    expect(order.indexOf('looked-at.tif')).toBeLessThan(3);
    expect(order).toHaveLength(7);
  });

  test('blames no file when the program does not start', async () => {
    const missing = createNodeDecoderLauncher({ entry: join(folder, 'nothing-there.ts') });
    const state = start(missing);
    for (let attempt = 0; attempt < 3; attempt++) {
      expect(await problemOf(state.decoder.open(file('plain.tif'), ''))).toMatchObject({
        code: 'decoder-unavailable',
      });
    }
    expect(state.launches).toBe(3);
    const throwing = start(() => {
      throw new Error('no more processes');
    });
    expect(await problemOf(throwing.decoder.open(file('plain.tif'), ''))).toMatchObject({
      code: 'decoder-unavailable',
      why: 'no more processes',
    });
  });

  test('uses no answer that makes no sense', async () => {
    const answers: unknown[] = [{ imageId: 'x' }, 'text', new Uint8Array(3)];
    const liar: DecoderLauncher = () => {
      let tell: (message: unknown) => void = () => undefined;
      return {
        post: (message) => {
          const { type, id } = message as { type: string; id: number };
          setImmediate(() =>
            tell(type === 'start' ? { type: 'ready' } : { type: 'answer', id, value: answers.shift() }),
          );
        },
        onMessage: (listener) => {
          tell = listener;
        },
        onExit: (listener) => setTimeout(() => listener('ended'), 500),
        kill: () => undefined,
      };
    };
    const { decoder } = start(liar);
    for (let attempt = 0; attempt < 2; attempt++) {
      expect(await problemOf(decoder.open(file('plain.tif'), ''))).toMatchObject({ code: 'bad-answer' });
    }
    expect(await problemOf(decoder.thumbnail(file('plain.tif'), '', { size: 16 }))).toMatchObject({
      code: 'bad-answer',
    });
  });

  test('ends what is under way when it stops', async () => {
    const { decoder } = start(failing);
    const waiting = problemOf(decoder.open(file('slow-1.tif'), ''));
    await decoder.stop();
    expect(await waiting).toMatchObject({ code: 'decoder-stopped' });
    expect(await problemOf(decoder.open(file('plain.tif'), ''))).toMatchObject({ code: 'decoder-stopped' });
  });
});
