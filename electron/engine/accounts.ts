import { z } from 'zod';
import { profileOf } from '../../shared/destinations/index.ts';
import { Problem } from '../../shared/model/problem.ts';
import type { ArchiveChoice } from '../../shared/model/submission.ts';
import type { PracticeService } from './practice-service.ts';
import type { SecretStore } from './secret-store.ts';

const keptSchema = z.object({ user: z.string(), token: z.string() });

/** Where a submission goes and as whom. */
export interface Account {
  readonly endpoint: string;
  readonly token: string;
  readonly user: string;
  readonly practice: boolean;
}

/** The archives that can be chosen, and the sessions people have with them. */
export interface Accounts {
  readonly kept: boolean;
  /** Title and API address of the archive that was chosen; starts the practice archive when it is that. */
  archive(
    destination: string,
    choice: ArchiveChoice,
  ): Promise<{ title: string; endpoint: string; practice: boolean }>;
  /** Who is signed in there, or null. */
  current(destination: string, choice: ArchiveChoice): Promise<Account | null>;
  /** As {@link current}; a Problem when nobody is signed in. */
  required(destination: string, choice: ArchiveChoice): Promise<Account>;
  keep(destination: string, choice: ArchiveChoice, session: { user: string; token: string }): Promise<void>;
  /** Forgets the session here. The archive is not told: logging out there may lock the account out (BioStudies blacklists the token, which is the same at every login). */
  forget(destination: string, choice: ArchiveChoice): Promise<void>;
}

export function createAccounts(secrets: SecretStore, practice: PracticeService): Accounts {
  // The practice archive's port changes with every start, so a session is named by the choice and not by its address.
  const nameOf = (destination: string, choice: ArchiveChoice) => `session ${destination} ${choice}`;

  const archive: Accounts['archive'] = async (destination, choice) => {
    if (choice !== 'practice' && choice !== 'production') {
      return { title: new URL(choice).host, endpoint: choice.replace(/\/+$/, ''), practice: false };
    }
    const known = profileOf(destination).archives.find(({ id }) => id === choice);
    const endpoint = choice === 'practice' ? (await practice.status()).url : known?.endpoint;
    if (!known || !endpoint)
      throw new Problem('unknown-archive', `There is no archive "${choice}" for this destination.`);
    return { title: known.title, endpoint, practice: choice === 'practice' };
  };

  const current: Accounts['current'] = async (destination, choice) => {
    const sealed = await secrets.get(nameOf(destination, choice));
    if (sealed === null) return null;
    const kept = keptSchema.safeParse(JSON.parse(sealed));
    if (!kept.success) return null;
    const { endpoint, practice: isPractice } = await archive(destination, choice);
    return { ...kept.data, endpoint, practice: isPractice };
  };

  return {
    kept: secrets.kept,
    archive,
    current,
    async required(destination, choice) {
      const account = await current(destination, choice);
      if (account) return account;
      const { title } = await archive(destination, choice);
      throw new Problem('not-signed-in', `You are not signed in at ${title}.`, {
        advice: 'Sign in first; your password is used once and not kept.',
      });
    },
    keep: (destination, choice, session) => secrets.set(nameOf(destination, choice), JSON.stringify(session)),
    forget: (destination, choice) => secrets.delete(nameOf(destination, choice)),
  };
}
