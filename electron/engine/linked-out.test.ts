import { mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Client, connectClient, portPair } from '../../shared/contract/channel.ts';
import { createEngine, type Engine } from './engine.ts';
import { temporaryFolder, writeFiles } from './library/test-support.ts';
import { nodeDecoderLauncher } from './pixels/node-decoder-launcher.ts';
import { memorySecretStore } from './secret-store.ts';

let folder: string;
let remove: () => void;
let engine: Engine;
let client: Client;
const start = (roots: readonly string[] | null) => {
  engine = createEngine({
    ...{ host: 'test', version: '0', home: join(folder, 'home'), roots },
    secrets: memorySecretStore(),
    launchDecoder: nodeDecoderLauncher,
  });
  const [here, there] = portPair(structuredClone);
  engine.connect(there, 'host');
  client = connectClient(here);
};
beforeEach(() => {
  ({ folder, remove } = temporaryFolder());
  folder = realpathSync(folder);
  writeFiles(folder, { 'shown/data/a.tif': 'x', 'shown/more/b.tif': 'x', 'secret/key.tif': 'x' });
  symlinkSync(join(folder, 'shown', 'more'), join(folder, 'shown', 'data', 'more'));
  symlinkSync(join(folder, 'secret'), join(folder, 'shown', 'data', 'way-out'));
  symlinkSync(join(folder, 'secret', 'key.tif'), join(folder, 'shown', 'data', 'key.tif'));
  mkdirSync(join(folder, 'home'));
});
afterEach(async () => {
  client.close();
  await engine.close();
  remove();
});

async function pathsFollowing(): Promise<string[]> {
  const path = join(folder, 'home', 'links.slipway');
  const { id } = await client.call('files.create', {
    path,
    destination: 'bia-annotations',
    archive: 'practice',
    title: '',
  });
  const { grant } = await client.call('grants.issue', { path: join(folder, 'shown', 'data') });
  const { id: sourceId } = await client.call('sources.add', { id, grant });
  await client.call('walk.setLinks', { id, sourceId, links: 'all' });
  await client.call('sources.scan', { id });
  const { rows } = await client.call('entries.page', { id, offset: 0, limit: 100 });
  return rows.map(({ path: found }) => found);
}

test('links lead out of an added folder only when a person said so, and never out of what a browser may be shown', async () => {
  start([join(folder, 'shown')]);
  expect(await pathsFollowing()).toEqual(['a.tif', 'more/b.tif']);
});

test('where nothing is held back from a person, all links are followed when that was chosen', async () => {
  start(null);
  expect(await pathsFollowing()).toEqual(['a.tif', 'key.tif', 'more/b.tif', 'way-out/key.tif']);
});
