import { join } from 'node:path';
import type { Announcer } from '../../shared/contract/channel.ts';
import type { ChangedPart } from '../../shared/contract/contract.ts';
import { type Accounts, createAccounts } from './accounts.ts';
import { createTransfers, type Transfers } from './deposit/transfers.ts';
import { Grants } from './grants.ts';
import { followedTargets } from './library/followed-targets.ts';
import { Library } from './library/library.ts';
import type { SubmissionFile } from './library/submission-file.ts';
import { createDecoder, type Decoder, type DecoderLauncher } from './pixels/decoder.ts';
import { createPlaces, type Places } from './places.ts';
import { createPracticeService, type PracticeService } from './practice-service.ts';
import type { SecretStore } from './secret-store.ts';
import { ReceivedTables } from './tables/received-tables.ts';

export interface EngineOptions {
  readonly host: 'desktop' | 'browser' | 'terminal' | 'test';
  readonly version: string;
  /** Folder for submissions, the practice archive and sample data. */
  readonly home: string;
  /** Folders a window may browse and take data from; null when the host has dialogs of its own. */
  readonly roots: readonly string[] | null;
  readonly secrets: SecretStore;
  readonly launchDecoder: DecoderLauncher;
  /** Told true when bytes begin to be sent and false when that ends. */
  readonly onBusy?: (busy: boolean) => void;
  /** Told of every finished call; no input and no output, for they may hold what people typed. */
  readonly log?: (entry: { call: string; milliseconds: number; thrown: unknown }) => void;
}

/** The parts, put together; what every call handler works with. */
export interface EngineContext {
  readonly options: EngineOptions;
  readonly library: Library;
  readonly grants: Grants;
  readonly places: Places | null;
  readonly decoder: Decoder;
  readonly transfers: Transfers;
  readonly practice: PracticeService;
  readonly accounts: Accounts;
  readonly received: ReceivedTables;
  readonly announcer: Announcer;
  /** Tells all windows that parts of a submission are to be read again. */
  changed(id: string, ...parts: ChangedPart[]): void;
  /** The open file of a submission. */
  file(id: string): SubmissionFile;
  /** Lets the decoder read the folders of every open submission, and what links lead to where they are followed. */
  grantSources(id: string): void;
  woken(): void;
  close(): Promise<void>;
}

/** Makes the parts. Nothing is opened or started before it is needed. */
export function createContext(options: EngineOptions, announcer: Announcer): EngineContext {
  const library = new Library(options.home);
  const grants = new Grants();
  const decoder = createDecoder(options.launchDecoder);
  const practice = createPracticeService(join(options.home, 'Practice archive'));
  const transfers = createTransfers({
    onSnapshot: (id, snapshot) => announcer.announce('send.progress', { id, snapshot }),
    onChanged: (id) => announcer.announce('submission.changed', { id, parts: ['summary', 'send'] }),
    ...(options.onBusy ? { onBusy: options.onBusy } : {}),
  });
  const received = new ReceivedTables();
  const granted = new Set<string>();
  const file = (id: string) => library.opened(id);
  return {
    options,
    library,
    grants,
    places: options.roots === null ? null : createPlaces(grants, options.roots),
    decoder,
    transfers,
    practice,
    accounts: createAccounts(options.secrets, practice),
    announcer,
    received,
    changed: (id, ...parts) => announcer.announce('submission.changed', { id, parts: [...parts] }),
    file,
    grantSources(id) {
      const before = granted.size;
      for (const { path } of file(id).all<{ path: string }>('SELECT path FROM source')) granted.add(path);
      for (const path of followedTargets(file(id))) granted.add(path);
      if (granted.size > before) decoder.grant([...granted]);
    },
    woken: () => transfers.woken(),
    async close() {
      await transfers.close();
      await decoder.stop();
      await practice.close();
      library.closeAll();
      received.close();
    },
  };
}
