import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { fileCalls } from '../../../shared/contract/file-calls.ts';
import { Problem } from '../../../shared/model/problem.ts';
import type { EngineContext } from '../context.ts';
import { editAnyEntries, entry, entryPage, entryPlace } from '../library/entries.ts';
import { refreshItems } from '../library/items.ts';
import { pairCount } from '../library/pairs.ts';
import { fillSourceImages, previewSourceImages } from '../library/source-pattern.ts';
import { addSource, bringBackSource, removeSource, sources } from '../library/sources.ts';
import { pairIfStale } from '../scan/pair.ts';
import { scanSources } from '../scan/scan.ts';
import { describeZips, zipLabels } from './describe-zips.ts';
import type { HandlersOf } from './handlers.ts';

export function fileHandlers(context: EngineContext): HandlersOf<typeof fileCalls> {
  const { file, changed, grants } = context;
  return {
    'grants.issue': ({ path }) => grants.issue(path),
    'places.list': ({ place }) => {
      if (!context.places) {
        throw new Problem('no-places', 'Folders are chosen in a dialog of this computer here.');
      }
      return context.places.list(place);
    },
    'sources.add': async ({ id, grant }) => {
      const path = grants.path(grant);
      await context.places?.check(path);
      const what = await stat(path).catch(() => null);
      if (!what?.isDirectory()) {
        throw new Problem(
          'no-folder',
          `${basename(path)} is ${what ? 'a file, not a folder' : 'not there any more'}.`,
          {
            advice: 'Pick the folder that holds the images and masks.',
          },
        );
      }
      await bringBackSource(file(id), path);
      const source = addSource(file(id), path);
      await pairIfStale(file(id));
      changed(id, 'sources', 'entries', 'pairs', 'summary');
      return source;
    },
    'sources.list': ({ id }) => ({ sources: sources(file(id)) }),
    'sources.remove': async ({ id, sourceId }) => {
      await removeSource(file(id), sourceId).finally(() =>
        changed(id, 'sources', 'entries', 'pairs', 'summary'),
      );
      return {};
    },
    'sources.scan': async ({ id, sourceId }, { signal, progress }) => {
      const result = await scanSources(file(id), {
        ...(sourceId === undefined ? {} : { sourceId }),
        signal,
        bounds: (await context.places?.bounds()) ?? null,
        progress: (now) => {
          progress(now);
          changed(id, 'sources');
        },
      }).finally(() => changed(id, 'sources', 'entries', 'pairs', 'summary'));
      context.grantSources(id);
      await refreshItems(file(id));
      const read = (path: string) => zipLabels(context.decoder, path, signal);
      if (!(await describeZips(file(id), read, signal))) return result;
      await pairIfStale(file(id), { signal });
      changed(id, 'entries', 'pairs', 'summary');
      return { ...result, pairs: pairCount(file(id)) };
    },
    'entries.page': ({ id, ...query }) => entryPage(file(id), query),
    'entries.place': async ({ id, ...query }) => ({ offset: await entryPlace(file(id), query) }),
    'entries.get': ({ id, entryId }) => entry(file(id), entryId),
    'entries.edit': async ({ id, entries, edit }) => {
      const count = await editAnyEntries(file(id), entries, edit);
      await pairIfStale(file(id));
      changed(id, 'entries', 'pairs', 'summary');
      return { changed: count };
    },
    'sourceImages.preview': ({ id, entries, by }) => ({ rows: previewSourceImages(file(id), entries, by) }),
    'sourceImages.fill': ({ id, entries, by }) => {
      const filled = fillSourceImages(file(id), entries, by);
      changed(id, 'entries', 'summary');
      return filled;
    },
  };
}
