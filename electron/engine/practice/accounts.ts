import { createHash, createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import { ArchiveError } from './archive-error.ts';
import { type Places, readIfThere, writeWhole } from './storage.ts';

/** The one account of every practice archive. It protects nothing: it is shown in the window. */
export const PRACTICE_ACCOUNT = { user: 'practice@slipway.example', password: 'practice' } as const;

const FULL_NAME = 'Practice';

const keptSchema = z.object({ id: z.number().int(), folderId: z.uuid(), signingKey: z.string() });
const signedOutSchema = z.array(z.string());

/** What BioStudies tells of a user (SecurityMapper). */
export interface Profile {
  readonly sessid: string;
  readonly email: string;
  readonly username: string;
  readonly secret: string;
  readonly fullname: string;
  readonly superuser: boolean;
  readonly orcid: string;
  readonly allow: readonly string[];
  readonly deny: readonly string[];
  readonly uploadType: 'ftp' | 'nfs';
  readonly lastActivity: string;
}

/** Logging in and out. */
export interface Accounts {
  /** Name of the folder that takes the person's files by FTP; whoever knows it can write there. */
  readonly secret: string;
  /** Throws 401 with the archive's own words when the name or the password is wrong. */
  logIn(user: string, password: string): Profile;
  /** The profile behind a token, null for a token that is not ours or was logged out. */
  profileOf(token: string): Profile | null;
  /** Blacklists a token for good. The next login gives the same string, which stays blacklisted. */
  logOut(token: string): Promise<void>;
}

/** Opens the account kept in the archive's folder, or makes it. */
export async function openAccounts(places: Places): Promise<Accounts> {
  const kept = await openKept(path.join(places.root, 'account.json'));
  const signedOutFile = path.join(places.root, 'signed-out.json');
  const signedOut = new Set(signedOutSchema.parse(JSON.parse((await readIfThere(signedOutFile)) ?? '[]')));
  const token = tokenOf(kept.id, kept.signingKey);
  const profile = (): Profile => ({
    sessid: token,
    email: PRACTICE_ACCOUNT.user,
    username: PRACTICE_ACCOUNT.user,
    secret: secretFolder(kept.folderId, kept.id),
    fullname: FULL_NAME,
    superuser: false,
    orcid: '',
    allow: [PRACTICE_ACCOUNT.user, 'Public'],
    deny: [],
    uploadType: 'ftp',
    lastActivity: new Date().toISOString(),
  });
  return {
    secret: secretFolder(kept.folderId, kept.id),
    logIn(user, password) {
      const known = user.toLowerCase() === PRACTICE_ACCOUNT.user && password === PRACTICE_ACCOUNT.password;
      if (!known) throw new ArchiveError(401, 'Invalid email address or password.');
      return profile();
    },
    profileOf: (given) => (sameText(given, token) && !signedOut.has(digest(given)) ? profile() : null),
    async logOut(given) {
      if (!sameText(given, token)) return;
      signedOut.add(digest(given));
      await writeWhole(signedOutFile, JSON.stringify([...signedOut]));
    },
  };
}

async function openKept(file: string): Promise<z.infer<typeof keptSchema>> {
  const text = await readIfThere(file);
  if (text !== null) return keptSchema.parse(JSON.parse(text));
  const made = { id: 116, folderId: randomUUID(), signingKey: randomBytes(64).toString('base64url') };
  await writeWhole(file, JSON.stringify(made));
  return made;
}

/** The secret folder of a user: two characters of an id, a slash, the rest, and the user's number. */
function secretFolder(folderId: string, id: number): string {
  return `${folderId.slice(0, 2)}/${folderId.slice(2)}-a${id}`;
}

/** A signed token without time or random part, so that every login gives the same string (BioStudies SecurityUtil). */
function tokenOf(id: number, signingKey: string): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const subject = JSON.stringify({ id, email: PRACTICE_ACCOUNT.user, fullName: FULL_NAME });
  const signed = `${encode({ alg: 'HS512' })}.${encode({ sub: subject })}`;
  return `${signed}.${createHmac('sha512', signingKey).update(signed).digest('base64url')}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function sameText(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(digest(a)), Buffer.from(digest(b)));
}
