import { z } from 'zod';
import { profileOf } from '../../shared/destinations/index.ts';
import { Problem } from '../../shared/model/problem.ts';
import type { ArchiveChoice } from '../../shared/model/submission.ts';
import type { FtpAccess } from './deposit/deposit.ts';
import type { PracticeService } from './practice-service.ts';
import type { SecretStore } from './secret-store.ts';

const keptFtpSchema = z.object({ password: z.string(), allowPlain: z.boolean() });
const keptSchema = z.object({ user: z.string(), token: z.string() });

/** Where a submission goes and as whom. */
export interface Account {
  readonly endpoint: string;
  readonly token: string;
  readonly user: string;
  readonly practice: boolean;
  /** How its FTP server is entered; null until a person gave the password. */
  readonly ftp: FtpAccess | null;
}

/** The archives that can be chosen, and the sessions people have with them. */
export interface Accounts {
  readonly kept: boolean;
  /** Title and API address of the archive that was chosen; starts the practice archive when it is that. */
  archive(
    destination: string,
    choice: ArchiveChoice,
  ): Promise<{ title: string; endpoint: string; practice: boolean }>;
  /** Where the archive takes files by FTP, null when it does not; and how it is entered, once that is known. */
  ftp(
    destination: string,
    choice: ArchiveChoice,
  ): Promise<{ address: Omit<FtpAccess, 'password' | 'allowPlain'>; access: FtpAccess | null } | null>;
  keepFtp(
    destination: string,
    choice: ArchiveChoice,
    kept: Pick<FtpAccess, 'password' | 'allowPlain'>,
  ): Promise<void>;
  /** Who is signed in there, or null. */
  current(destination: string, choice: ArchiveChoice): Promise<Account | null>;
  /** As {@link current}; a Problem when nobody is signed in. */
  required(destination: string, choice: ArchiveChoice): Promise<Account>;
  keep(destination: string, choice: ArchiveChoice, session: { user: string; token: string }): Promise<void>;
  /** Forgets the session and the FTP password here. The archive is not told: logging out there may lock the account out (BioStudies blacklists the token, which is the same at every login). */
  forget(destination: string, choice: ArchiveChoice): Promise<void>;
}

export function createAccounts(secrets: SecretStore, practice: PracticeService): Accounts {
  // The practice archive's port changes with every start, so a session is named by the choice and not by its address.
  const nameOf = (destination: string, choice: ArchiveChoice) => `session ${destination} ${choice}`;
  const ftpNameOf = (destination: string, choice: ArchiveChoice) => `ftp ${destination} ${choice}`;

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

  const ftp: Accounts['ftp'] = async (destination, choice) => {
    if (choice === 'practice') {
      const { host, port, user, password } = (await practice.status()).ftp;
      const address = { host, port, users: { ftp: user } };
      return { address, access: { ...address, password, allowPlain: true } };
    }
    const address = profileOf(destination).archives.find(({ id }) => id === choice)?.ftp;
    if (!address) return null;
    const sealed = await secrets.get(ftpNameOf(destination, choice));
    const kept = sealed === null ? null : keptFtpSchema.safeParse(JSON.parse(sealed));
    const { host, port, users } = address;
    return {
      address: { host, port, users },
      access: kept?.success ? { host, port, users, ...kept.data } : null,
    };
  };

  const current: Accounts['current'] = async (destination, choice) => {
    const sealed = await secrets.get(nameOf(destination, choice));
    if (sealed === null) return null;
    const kept = keptSchema.safeParse(JSON.parse(sealed));
    if (!kept.success) return null;
    const { endpoint, practice: isPractice } = await archive(destination, choice);
    const access = (await ftp(destination, choice))?.access ?? null;
    return { ...kept.data, endpoint, practice: isPractice, ftp: access };
  };

  return {
    kept: secrets.kept,
    archive,
    ftp,
    keepFtp: (destination, choice, kept) => secrets.set(ftpNameOf(destination, choice), JSON.stringify(kept)),
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
    async forget(destination, choice) {
      await secrets.delete(nameOf(destination, choice));
      await secrets.delete(ftpNameOf(destination, choice));
    },
  };
}
