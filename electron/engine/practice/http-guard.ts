import type { IncomingMessage } from 'node:http';

const LOOPBACK = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i;

/**
 * Says why a request must not be answered, null when it may. The archive is for programs on this computer: a web
 * page reaches a loopback port too, under a name of its own that it lets point here (DNS rebinding), or openly from
 * its own origin. Both show in the Host and Origin headers, which a page cannot forge. The real archive allows every
 * origin; this one, whose password is known to all, does not.
 */
export function refusalReason(request: IncomingMessage): string | null {
  const { host, origin } = request.headers;
  if (host === undefined || !LOOPBACK.test(host)) {
    return 'The practice archive answers only under a loopback name.';
  }
  if (origin !== undefined && !isLoopbackOrigin(origin)) {
    return 'The practice archive does not answer web pages.';
  }
  return null;
}

/** Headers that let a page of this computer itself read the answer. */
export function crossOriginHeaders(request: IncomingMessage): Record<string, string> {
  const { origin } = request.headers;
  if (origin === undefined || !isLoopbackOrigin(origin)) return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-headers': 'content-type, x-session-token, submission_type',
    'access-control-allow-methods': 'GET, POST, PUT, DELETE',
    vary: 'origin',
  };
}

function isLoopbackOrigin(origin: string): boolean {
  const match = /^https?:\/\/(.+)$/i.exec(origin);
  return match?.[1] !== undefined && LOOPBACK.test(match[1]);
}
