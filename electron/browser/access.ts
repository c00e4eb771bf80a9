import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Who may talk to the browser entry. A page of some other site can make a browser send requests to loopback:
 * the Host check stops names that were re-bound to 127.0.0.1, the Origin check stops other pages, and the
 * session cookie (given once, for the token printed in the terminal) stops other users of this computer.
 */
export class Access {
  #token = fresh();
  // Cookies know no ports: a name of its own keeps two Slipways on one computer (or two tunnels) apart.
  readonly #cookie = `slipway-${fresh().slice(0, 8)}`;
  readonly #sessions = new Set<string>();

  /** The token for the next window; it opens one session and is then replaced. */
  get token(): string {
    return this.#token;
  }

  /** True when the request names loopback as host and comes from no other origin. */
  isFromHere(request: IncomingMessage): boolean {
    const host = request.headers.host ?? '';
    if (!LOOPBACK.has(hostName(host))) return false;
    const origin = request.headers.origin;
    if (origin !== undefined && origin !== `http://${host}`) return false;
    const site = request.headers['sec-fetch-site'];
    return site === undefined || site === 'same-origin' || site === 'none' || isPlainNavigation(request);
  }

  hasSession(request: IncomingMessage): boolean {
    const cookies = (request.headers.cookie ?? '').split(';').map((part) => part.trim());
    const value = cookies.find((part) => part.startsWith(`${this.#cookie}=`))?.slice(this.#cookie.length + 1);
    return value !== undefined && [...this.#sessions].some((session) => same(session, value));
  }

  /** Takes the one-time token and gives the Set-Cookie header of a new session, or null when it is wrong or spent. */
  redeem(token: string): string | null {
    if (!same(token, this.#token)) return null;
    this.#token = fresh();
    const session = fresh();
    this.#sessions.add(session);
    return `${this.#cookie}=${session}; HttpOnly; SameSite=Strict; Path=/`;
  }
}

/** A link followed from a terminal or a mail program: it may carry the token, and nothing else is given to it. */
function isPlainNavigation(request: IncomingMessage): boolean {
  return request.method === 'GET' && request.headers['sec-fetch-mode'] === 'navigate';
}

function hostName(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}

function fresh(): string {
  return randomBytes(24).toString('base64url');
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
