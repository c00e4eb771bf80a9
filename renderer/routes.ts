/** The five rooms of a submission, in the order of the tabs. */
export const rooms = ['files', 'look', 'describe', 'check', 'send'] as const;
export type Room = (typeof rooms)[number];
export type Query = Readonly<Record<string, string>>;

/** Where the window is: the library, or a room of a submission. `query` carries a deep link. */
export type Route =
  | { readonly room: 'library'; readonly query: Query }
  | { readonly room: Room; readonly id: string; readonly query: Query };

function isRoom(text: string | undefined): text is Room {
  return (rooms as readonly (string | undefined)[]).includes(text);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Reads an address as it stands behind `#`; what is not one leads to the library. */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#/, '').split('?', 2);
  const query: Query = Object.fromEntries(new URLSearchParams(search).entries());
  const [, start, id, room] = path.split('/');
  if (start !== 's' || !id) return { room: 'library', query };
  return { room: isRoom(room) ? room : 'files', id: decode(id), query };
}

/** The address of a route, with `#`. */
export function formatRoute(route: Route): string {
  const search = new URLSearchParams({ ...route.query }).toString();
  const path = route.room === 'library' ? '/' : `/s/${encodeURIComponent(route.id)}/${route.room}`;
  return `#${path}${search ? `?${search}` : ''}`;
}

/** The address of a room of a submission. */
export function roomAddress(id: string, room: Room, query: Query = {}): string {
  return formatRoute({ room, id, query });
}
