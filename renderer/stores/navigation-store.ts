import { create } from 'zustand';
import { formatRoute, parseRoute, type Query, type Room, type Route, roomAddress } from '../routes.ts';

const here = (): Route => parseRoute(typeof window === 'undefined' ? '' : window.location.hash);

/** Where the window is. Follows the address, so back, forward and links work as in any browser. */
export const useNavigation = create<{ readonly route: Route }>()(() => ({ route: here() }));

/** Starts following the address; called once. */
export function followAddress(): void {
  window.addEventListener('hashchange', () => useNavigation.setState({ route: here() }));
}

export function goTo(route: Route): void {
  window.location.hash = formatRoute(route);
}

export function goToLibrary(): void {
  goTo({ room: 'library', query: {} });
}

export function goToRoom(id: string, room: Room, query: Query = {}): void {
  window.location.hash = roomAddress(id, room, query);
}

/** Changes the query of the present address without a new step in the history. */
export function replaceQuery(query: Query): void {
  const route: Route = { ...here(), query };
  window.history.replaceState(null, '', formatRoute(route));
  useNavigation.setState({ route });
}
