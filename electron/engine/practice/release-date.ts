const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?Z$/;

/** What was decided about a release date: the first moment of that day in UTC, and whether it has come. */
export interface Release {
  readonly time: Date;
  readonly released: boolean;
}

/** A release date that is refused; the message is BioStudies' own. */
export class ReleaseDateError extends Error {
  override readonly name = 'ReleaseDateError';
}

/**
 * Decides about a release date as BioStudies TimesService does: `YYYY-MM-DD` (or a moment in UTC), not in the past
 * for a new submission, unchanged for one that is public. A date that is absent means now.
 */
export function decideRelease(value: string | null, now: Date, previous: Release | null): Release {
  const time = value === null ? now : startOfDay(value);
  if (previous === null) {
    const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
    if (time.getTime() < today) throw new ReleaseDateError('Release date cannot be in the past');
  } else if (previous.released && time.getTime() !== previous.time.getTime()) {
    throw new ReleaseDateError('The release date of a public study cannot be changed');
  }
  return { time, released: time.getTime() <= now.getTime() };
}

function startOfDay(text: string): Date {
  const wrong = new ReleaseDateError(
    `Provided date ${text} could not be parsed. Expected format is YYYY-MM-DD`,
  );
  const day = INSTANT.test(text) ? text.slice(0, 10) : text;
  const match = DAY.exec(day);
  if (match === null) throw wrong;
  const time = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])));
  // A day that does not exist, such as 30 February, comes back as another one.
  if (time.toISOString().slice(0, 10) !== day) throw wrong;
  return time;
}
