import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Archive } from './archive.ts';
import { ArchiveError, errorTree } from './archive-error.ts';
import { type Answer, json, type Route } from './call.ts';
import { crossOriginHeaders, refusalReason } from './http-guard.ts';
import { BrokenOff } from './upload-reader.ts';

/** Path of the interface, below the address of the server. */
export const API_BASE = '/biostudies/submissions/api';

/** BioStudies application.yml, max-swallow-size: how much of an unwanted body is read before the line is cut. */
const SWALLOW_LIMIT = 50 * 1024 ** 2;

interface CompiledRoute extends Route {
  readonly pattern: RegExp;
}

function compile(route: Route): CompiledRoute {
  const source = route.path
    .split(/(\{\}|\/\*\*)/)
    .map((piece) => {
      if (piece === '{}') return '([^/]+)';
      if (piece === '/**') return '(?:/(.*))?';
      return piece.replace(/[.\\+?^$[\]()|]/g, '\\$&');
    })
    .join('');
  return { ...route, pattern: new RegExp(`^${source}$`) };
}

/** Makes the function that answers requests. Routes are tried in order; paths are below the server's address. */
export function createRouter(archive: Archive, routes: readonly Route[]) {
  const compiled = routes.map(compile);
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const answer = await answerOf(request, archive, compiled);
      if (answer !== null) await send(request, response, answer);
    } catch (error) {
      if (error instanceof BrokenOff || response.destroyed) return void response.destroy();
      if (response.headersSent) return void response.destroy();
      await send(request, response, answerToError(error)).catch(() => response.destroy());
    }
  };
}

async function answerOf(
  request: IncomingMessage,
  archive: Archive,
  routes: readonly CompiledRoute[],
): Promise<Answer> {
  const refusal = refusalReason(request);
  if (refusal !== null) return json({ message: refusal }, 403);
  if (request.method === 'OPTIONS') return { status: 204, type: null, body: '' };

  const [path = '', search = ''] = (request.url ?? '').split(/\?(.*)/s);
  for (const route of routes) {
    const match = route.method === request.method ? route.pattern.exec(path) : null;
    if (match === null) continue;
    const refused = route.open ? null : refusedToken(request, archive);
    if (refused !== null) return refused;
    const parts = match.slice(1).map((part) => decode(part ?? ''));
    return route.handler({
      request,
      method: route.method,
      parts,
      query: new URLSearchParams(search),
      archive,
    });
  }
  return json({ timestamp: new Date().toISOString(), status: 404, error: 'Not Found', path }, 404);
}

/** Refusals of the security filter have a shape of their own, without a log tree. */
function refusedToken(request: IncomingMessage, archive: Archive): Answer {
  const token = request.headers['x-session-token'];
  if (typeof token !== 'string' || token === '') {
    return json({ message: 'Full authentication is required to access this resource' }, 401);
  }
  if (archive.accounts.profileOf(token) === null) {
    return json({ message: 'Could not find an active session for the provided security token.' }, 401);
  }
  return null;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new ArchiveError(400, `The address cannot be read: ${part}`);
  }
}

function answerToError(error: unknown): NonNullable<Answer> {
  if (error instanceof ArchiveError) return json(errorTree(error.message, error.causes), error.status);
  return json(errorTree(error instanceof Error ? error.message : String(error)), 500);
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  answer: NonNullable<Answer>,
): Promise<void> {
  const headers: Record<string, string> = { ...crossOriginHeaders(request), ...answer.headers };
  if (answer.type !== null) headers['content-type'] = answer.type;
  response.writeHead(answer.status, headers);
  if (answer.body instanceof Readable) await pipeline(answer.body, response);
  else response.end(answer.body);
  if (!request.complete) swallow(request);
}

/** Reads on for a while after an early answer: a sender in full flow hears it only when it may finish. */
function swallow(request: IncomingMessage): void {
  let bytes = 0;
  request.on('error', () => undefined);
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > SWALLOW_LIMIT) request.socket.destroy();
  });
  request.resume();
}
