import { join } from 'node:path';
import type { libraryCalls } from '../../../shared/contract/library-calls.ts';
import type { EngineContext } from '../context.ts';
import { redoInSlices, undoInSlices } from '../library/history-in-slices.ts';
import { addSource } from '../library/sources.ts';
import { submissionSummary } from '../library/summary.ts';
import { makeSampleData } from '../samples/sample-data.ts';
import { pairIfStale } from '../scan/pair.ts';
import { scanSources } from '../scan/scan.ts';
import type { HandlersOf } from './handlers.ts';

export function libraryHandlers(context: EngineContext): HandlersOf<typeof libraryCalls> {
  const { options, library, file, changed, grants, announcer } = context;
  const listChanged = () => announcer.announce('library.changed', {});
  const summary = (id: string) => submissionSummary(file(id));
  return {
    'app.info': () => ({
      version: options.version,
      host: options.host,
      browsePlaces: options.roots !== null,
      libraryFolder: library.folder,
    }),
    'library.list': () => ({ items: library.list() }),
    'library.create': ({ title, destination, archive, template }) => {
      const made = library.create({
        title,
        destination,
        archive,
        ...(template === undefined ? {} : { template }),
      });
      listChanged();
      return made;
    },
    'library.practise': async (_input, { signal }) => {
      const folder = await makeSampleData(join(options.home, 'Sample data'));
      const made = library.create({
        title: 'Practice: nuclei masks of samples',
        destination: 'bia-annotations',
        archive: 'practice',
      });
      addSource(file(made.id), folder);
      await scanSources(file(made.id), { signal, progress: () => {} });
      listChanged();
      return summary(made.id);
    },
    'library.open': async ({ grant }) => {
      const path = grants.path(grant);
      await context.places?.check(path);
      const opened = library.open(path);
      listChanged();
      return opened;
    },
    'files.create': ({ path, title, destination, archive }) =>
      library.createAt(path, { title, destination, archive }),
    'files.open': ({ path }) => library.openAt(path),
    'library.duplicate': async ({ id }) => {
      const copy = await library.duplicate(id);
      listChanged();
      return copy;
    },
    'library.remove': ({ id }) => {
      const restoreToken = library.remove(id);
      listChanged();
      return { restoreToken };
    },
    'library.restore': ({ restoreToken }) => {
      library.restore(restoreToken);
      listChanged();
      return {};
    },
    'library.template': ({ id }) => ({ template: library.template(id) }),
    'submission.get': ({ id }) => summary(id),
    'submission.setArchive': ({ id, archive }) => {
      context.transfers.setArchive(file(id), archive);
      changed(id, 'summary', 'send');
      return summary(id);
    },
    'history.undo': async ({ id }) => {
      const undone = await undoInSlices(file(id));
      await pairIfStale(file(id));
      changed(id, 'summary', 'sources', 'entries', 'pairs', 'metadata', 'findings', 'send');
      return { undone };
    },
    'history.redo': async ({ id }) => {
      const redone = await redoInSlices(file(id));
      await pairIfStale(file(id));
      changed(id, 'summary', 'sources', 'entries', 'pairs', 'metadata', 'findings', 'send');
      return { redone };
    },
  };
}
