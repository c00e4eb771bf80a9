/** How a workbook shows numbers of a cell style. */
export type NumberFormat =
  | { readonly is: 'general' }
  /** So many digits at least before the point and exactly after it. */
  | { readonly is: 'fixed'; readonly digits: number; readonly decimals: number; readonly percent: boolean }
  | { readonly is: 'time'; readonly date: boolean; readonly time: boolean };

const general: NumberFormat = { is: 'general' };

/** Codes of formats that workbooks name by number alone (ECMA-376 part 1, numFmt). */
const builtIn: Readonly<Record<number, string>> = {
  ...{ 1: '0', 2: '0.00', 3: '#,##0', 4: '#,##0.00', 9: '0%', 10: '0.00%' },
  ...{ 14: 'm/d/yy', 15: 'd-mmm-yy', 16: 'd-mmm', 17: 'mmm-yy' },
  ...{ 18: 'h:mm', 19: 'h:mm:ss', 20: 'h:mm', 21: 'h:mm:ss', 22: 'm/d/yy h:mm' },
  ...{ 37: '#,##0', 38: '#,##0', 39: '#,##0.00', 40: '#,##0.00' },
  ...{ 45: 'mm:ss', 46: 'h:mm:ss', 47: 'mm:ss' },
};

/** The format of a number; codes of the workbook's own come first. */
export function numberFormat(id: number, own: ReadonlyMap<number, string>): NumberFormat {
  // Dates of East Asian workbooks, which have no code in other languages.
  const eastAsian = (id >= 27 && id <= 36) || (id >= 50 && id <= 58) ? 'yyyy-mm-dd' : '';
  return formatOfCode(own.get(id) ?? builtIn[id] ?? eastAsian);
}

/** Reads a format code such as `#,##0.00` or `yyyy\-mm\-dd`; what is not known here counts as general. */
export function formatOfCode(code: string): NumberFormat {
  const [first = ''] = code.replace(/"[^"]*"|\\.|_.|\*./g, '').split(';');
  const plain = first.replace(/\[(?!h|m|s)[^\]]*\]/gi, '').trim();
  if (/^general$/i.test(plain) || plain === '' || plain === '@') return general;
  const fixed = /^(?:#,##|#)?(0+)(?:\.(0+))?(%?)$/.exec(plain.replaceAll(' ', ''));
  if (fixed) {
    const [, digits = '', decimals = '', percent = ''] = fixed;
    return { is: 'fixed', digits: digits.length, decimals: decimals.length, percent: percent !== '' };
  }
  if (/e[+-]/i.test(plain) || !/[dmyhs]/i.test(plain)) return general;
  const time = /[hs]/i.test(plain);
  return { is: 'time', date: /[dy]/i.test(plain) || (/m/i.test(plain) && !time), time };
}

/**
 * A number as the spreadsheet shows it: without the noise of binary fractions, with the zeros of its format, times as
 * ISO 8601, but without signs that only separate thousands. Undefined when it is none.
 */
export function shownNumber(value: string, format: NumberFormat, from1904: boolean): string | undefined {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number)) return undefined;
  if (format.is === 'time') return shownTime(number, format, from1904) ?? plainNumber(value, number);
  if (format.is === 'general') return plainNumber(value, number);
  const shown = Number((format.percent ? number * 100 : number).toPrecision(15)).toFixed(format.decimals);
  const [, sign = '', whole = '', rest = ''] = /^(-?)(\d+)(.*)$/.exec(shown) ?? [];
  if (whole === '') return plainNumber(value, number);
  return `${sign}${whole.padStart(format.digits, '0')}${rest}${format.percent ? '%' : ''}`;
}

/** Spreadsheets show fifteen digits of what they store in more. */
function plainNumber(value: string, number: number): string {
  if (/^-?(?:0|[1-9]\d{0,14})$/.test(value)) return value;
  return String(Number(number.toPrecision(15)));
}

const DAY_S = 86_400;
/** 1970-01-01 in days of the two calendars (ECMA-376 part 1, date base). */
const EPOCH_1900 = 25_569;
const EPOCH_1904 = 24_107;
/** 9999-12-31. */
const LAST_DAY = 2_958_466;

function shownTime(
  serial: number,
  { date, time }: { readonly date: boolean; readonly time: boolean },
  from1904: boolean,
): string | undefined {
  if (serial < 0 || serial >= LAST_DAY) return undefined;
  const seconds = Math.round(serial * DAY_S);
  if (!date) {
    const two = (part: number) => String(part).padStart(2, '0');
    return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  }
  // The calendar from 1900 has a 29 February that never was; before it days are one off.
  const shift = !from1904 && serial < 60 ? DAY_S : 0;
  const since = (from1904 ? EPOCH_1904 : EPOCH_1900) * DAY_S;
  const iso = new Date((seconds - since + shift) * 1000).toISOString();
  return time ? iso.slice(0, 19) : iso.slice(0, 10);
}
