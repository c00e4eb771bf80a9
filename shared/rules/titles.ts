import { cleanLine } from './invisible-characters.ts';

/** A title as people compare titles: letter case and blanks do not count. */
export function titleKey(title: string): string {
  return cleanLine(title).toLowerCase();
}

/** Positions of titles that say the same as an earlier one. Empty titles are not compared. */
export function repeatedTitles(titles: readonly string[]): number[] {
  const seen = new Set<string>();
  const repeated: number[] = [];
  titles.forEach((title, at) => {
    const key = titleKey(title);
    if (key === '') return;
    if (seen.has(key)) repeated.push(at);
    seen.add(key);
  });
  return repeated;
}
