const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** A count with thousands separators: `12,408`. */
export function formatCount(count: number): string {
  return grouped.format(Math.round(count));
}

/** A count with its word: `1 file`, `12,408 files`. `many` defaults to `one` with an s. */
export function formatCounted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${Math.round(count) === 1 ? one : many}`;
}

/**
 * Bytes in decimal units (1 kB = 1,000 B), as archives count them: `0 B`, `9.8 MB`, `18 GB`, `2.1 TB`.
 * One decimal below ten, none above; a value that would round to 1,000 moves on to the next unit.
 */
export function formatBytes(bytes: number): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (unit < units.length - 1 && rounded(value, unit) >= 1000) {
    value /= 1000;
    unit += 1;
  }
  const shown = rounded(value, unit);
  const text = unit > 0 && shown < 10 ? shown.toFixed(1) : grouped.format(shown);
  return `${text} ${units[unit]}`;
}

function rounded(value: number, unit: number): number {
  if (unit === 0) return Math.round(value);
  const tenths = Math.round(value * 10) / 10;
  return tenths < 10 ? tenths : Math.round(value);
}

/** Bytes to the last one, for hover texts: `2,100,000,123 bytes`. */
export function formatExactBytes(bytes: number): string {
  return formatCounted(bytes, 'byte');
}

/** Bytes a second: `84 MB/s`. */
export function formatRate(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`;
}

/** A length of time in seconds, in its two largest units: `4 s`, `2 min 10 s`, `5 h 3 min`, `3 d 4 h`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(whole / 86_400), 'd'],
    [Math.floor((whole % 86_400) / 3600), 'h'],
    [Math.floor((whole % 3600) / 60), 'min'],
    [whole % 60, 's'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${formatCount(count)} ${unit}`)
    .join(' ');
}

/** How long ago a moment was: `just now`, `4 min ago`, `3 h ago`, `yesterday`, `12 d ago`, else the date. */
export function formatAgo(thenMs: number, nowMs: number): string {
  const seconds = Math.max(0, (nowMs - thenMs) / 1000);
  if (seconds < 45) return 'just now';
  if (seconds < 3600) return `${Math.max(1, Math.round(seconds / 60))} min ago`;
  if (seconds < 86_400) return `${Math.round(seconds / 3600)} h ago`;
  const days = Math.round(seconds / 86_400);
  if (days === 1) return 'yesterday';
  if (days < 30) return `${days} d ago`;
  return new Date(thenMs).toISOString().slice(0, 10);
}
