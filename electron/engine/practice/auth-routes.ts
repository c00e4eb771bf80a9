import { z } from 'zod';
import { ArchiveError } from './archive-error.ts';
import { empty, type Handler, json, type Route } from './call.ts';
import { readJson } from './request-body.ts';

const loginSchema = z.object({ login: z.string(), password: z.string() });
const logoutSchema = z.object({ sessid: z.string() });

const logIn: Handler = async ({ request, archive }) => {
  const { login, password } = await readJson(request, loginSchema);
  return json(archive.accounts.logIn(login, password));
};

const logOut: Handler = async ({ request, archive }) => {
  await archive.accounts.logOut((await readJson(request, logoutSchema)).sessid);
  return empty();
};

const profile: Handler = async ({ request, archive }) => {
  const found = archive.accounts.profileOf(String(request.headers['x-session-token']));
  if (found === null) throw new ArchiveError(401, 'Problems authorizing user.');
  return json(found);
};

export const authRoutes: readonly Route[] = [
  { method: 'POST', path: '/auth/login', handler: logIn, open: true },
  { method: 'POST', path: '/auth/signin', handler: logIn, open: true },
  { method: 'POST', path: '/auth/logout', handler: logOut, open: true },
  { method: 'POST', path: '/auth/signout', handler: logOut, open: true },
  { method: 'GET', path: '/auth/profile', handler: profile },
];
