import { cleanLine } from './invisible-characters.ts';

/** Years ahead that the archive allows (BioImages templates: release date from today to today + P2Y). */
export const YEARS_AHEAD = 2;

/** Today's date as the archive counts it, `YYYY-MM-DD` in UTC. */
export function todayAtArchive(now: Date = new Date()): string {
  return now.toISOString().slice(0, 10);
}

/** True for a day that exists, written `YYYY-MM-DD`. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}

/** `31.1.2027`, `2027/1/31` and `2027-1-31` as `2027-01-31`. Orders that differ between countries are left alone. */
export function normalDate(text: string): string {
  const line = cleanLine(text);
  const [, day, month, year] = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(line) ?? [];
  const [, year2, month2, day2] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(line) ?? [];
  const two = (part: string | undefined) => (part ?? '').padStart(2, '0');
  const date = `${year ?? year2 ?? ''}-${two(month ?? month2)}-${two(day ?? day2)}`;
  return isCalendarDate(date) ? date : line;
}

/** The last day that may be chosen: the same day two years on, 28 February for a 29 February. */
export function latestReleaseDate(today: string): string {
  const year = Number(today.slice(0, 4)) + YEARS_AHEAD;
  const sameDay = `${String(year).padStart(4, '0')}${today.slice(4)}`;
  return isCalendarDate(sameDay) ? sameDay : `${sameDay.slice(0, 8)}28`;
}

/**
 * Says what is wrong with a release date, or null. Source: BioStudies backend, "Release date cannot be in the past"
 * and "ReleaseDate is required" (root attribute, `YYYY-MM-DD`); BioImages.MIFA.v1, today to two years ahead.
 */
export function releaseDateTrouble(text: string, today: string = todayAtArchive()): string | null {
  if (!isCalendarDate(text)) return 'Write the date as year-month-day, such as 2027-01-31.';
  if (text < today) return `This day is past. The archive takes dates from today, ${today}, on.`;
  const latest = latestReleaseDate(today);
  return text > latest ? `The archive takes dates up to two years ahead, that is ${latest}.` : null;
}
