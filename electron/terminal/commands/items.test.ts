import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runCli } from '../cli.fixture.ts';

// Each step is a program of its own; on a busy machine starting them takes its time.
vi.setConfig({ testTimeout: 180_000 });

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'slipway-cli-items-'));
});
afterAll(() => rmSync(home, { recursive: true }));
const cli = (...args: string[]) => runCli(home, args);

test('files are offered as items, grouped, sent as one ZIP, packed and parted', async () => {
  const data = join(home, 'data');
  mkdirSync(data);
  for (let t = 0; t < 6; t++) writeFileSync(join(data, `cells_mask_t${t}.tif`), `II*\0${t}`);
  const file = join(home, 'items.slipway');
  await cli('create', file, '--destination', 'bia-annotations');
  await cli('add', file, data);
  const listed = await cli('items', file, '--json');
  expect(listed.json).toMatchObject({ found: 1, items: [{ path: 'cells_mask_t{t}.tif', files: 6 }] });
  expect(await cli('group', file)).toMatchObject({ code: 2 });
  expect(await cli('group', file, 'other_{t}.tif')).toMatchObject({ code: 1 });
  expect((await cli('group', file, 'cells_mask_t{t}.tif', '--json')).json).toEqual({ made: 1 });
  const sent = await cli('send-as', file, 'zip', '--json');
  expect(sent.json).toMatchObject({ zips: { items: 1, files: 6 } });

  const zip = join(home, 'cells.zip');
  const packed = await cli('pack', file, 'cells_mask_t0.tif', '--out', zip, '--json');
  const bytes = (sent.json as { zips: { bytes: number } }).zips.bytes;
  expect(packed).toMatchObject({ code: 0, json: { path: zip, members: 6, bytes } });
  expect(statSync(zip).size).toBe(bytes);
  expect(readFileSync(zip).subarray(0, 4).toString('latin1')).toBe('PK\x03\x04');
  expect(await cli('pack', file, 'cells_mask_t0.tif', '--out', zip)).toMatchObject({
    code: 1,
    err: expect.stringContaining('There is already a file cells.zip'),
  });

  expect((await cli('ungroup', file, 'cells_mask_t0.tif', '--json')).json).toEqual({ files: 6 });
  expect(await cli('pack', file, 'cells_mask_t0.tif', '--out', join(home, 'one.zip'))).toMatchObject({
    code: 1,
    err: expect.stringContaining('is one file'),
  });
});
