/** What part something is of a whole, 0 to 1; 0 of nothing. */
export function share(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, Math.max(0, part / whole)) : 0;
}

/** A share in words: `12 %`, `0.4 %`, `< 0.1 %`. */
export function shareWords(part: number): string {
  const percent = part * 100;
  if (percent === 0) return '0 %';
  if (percent < 0.1) return '< 0.1 %';
  if (percent < 9.95) return `${percent.toFixed(1)} %`;
  return `${Math.round(percent)} %`;
}
