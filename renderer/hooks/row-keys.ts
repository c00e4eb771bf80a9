/** The row that a key leads to in a list of `total` rows, from `row`; null when the key does not walk the list. */
export function nextRow(key: string, row: number, total: number, page: number): number | null {
  const steps: Record<string, number> = {
    ArrowDown: row + 1,
    ArrowUp: row - 1,
    PageDown: row + page,
    PageUp: row - page,
    Home: 0,
    End: total - 1,
  };
  const next = steps[key];
  return next === undefined || total === 0 ? null : Math.min(total - 1, Math.max(0, next));
}
