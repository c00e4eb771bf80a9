import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isCalendarDate,
  latestReleaseDate,
  normalDate,
  releaseDateTrouble,
  todayAtArchive,
} from './release-date.ts';

const today = '2026-11-20';

describe('release date (BioStudies backend; BioImages.MIFA.v1: today to two years ahead)', () => {
  it.each(['2026-11-20', '2027-01-31', '2028-11-20', '2028-02-29'])('takes %s', (date) =>
    expect(releaseDateTrouble(date, today)).toBeNull(),
  );
  it.each([
    ['2026-11-19', 'past'],
    ['2028-11-21', '2028-11-20'],
    ['2027-02-30', 'year-month-day'],
    ['31.01.2027', 'year-month-day'],
    ['2027-1-31', 'year-month-day'],
    ['', 'year-month-day'],
  ])('refuses %j and says why', (date, why) => expect(releaseDateTrouble(date, today)).toContain(why));

  it('has a last day for every day, leap days too', () => {
    expect(latestReleaseDate('2028-02-29')).toBe('2030-02-28');
    const days = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (date) => {
        const day = todayAtArchive(date);
        const latest = latestReleaseDate(day);
        expect(isCalendarDate(latest)).toBe(true);
        expect(releaseDateTrouble(latest, day)).toBeNull();
        expect(releaseDateTrouble(day, day)).toBeNull();
        const next = new Date(new Date(`${latest}T00:00:00Z`).getTime() + 86_400_000);
        if (day.slice(5) !== '02-29') expect(releaseDateTrouble(todayAtArchive(next), day)).not.toBeNull();
      }),
    );
  });

  it.each([
    ['31.1.2027', '2027-01-31'],
    ['2027/1/31', '2027-01-31'],
    [' 2027-01-31\u200b', '2027-01-31'],
    ['31.2.2027', '31.2.2027'],
    ['1/2/2027', '1/2/2027'],
    ['soon', 'soon'],
  ])('%j means %j', (typed, meant) => expect(normalDate(typed)).toBe(meant));
});
