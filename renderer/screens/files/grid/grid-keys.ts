/** Where the cursor goes for a key, in `count` rows of which `page` are in sight; null for other keys. */
export function moveCursor(key: string, cursor: number, count: number, page: number): number | null {
  if (count === 0) return null;
  const to: Record<string, number> = {
    ArrowDown: cursor + 1,
    ArrowUp: cursor < 0 ? 0 : cursor - 1,
    PageDown: Math.max(0, cursor) + page,
    PageUp: cursor - page,
    Home: 0,
    End: count - 1,
  };
  const target = to[key];
  return target === undefined ? null : Math.min(count - 1, Math.max(0, target));
}
