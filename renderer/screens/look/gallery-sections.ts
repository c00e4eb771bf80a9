/** The lists that the gallery shows one after the other. */
export const sectionNames = ['pairs', 'images', 'masks'] as const;
export type SectionName = (typeof sectionNames)[number];
export type SectionTotals = Readonly<Record<SectionName, number>>;

export interface SectionPlace {
  readonly section: SectionName;
  /** Row within the section. */
  readonly index: number;
}

export function totalRows(totals: SectionTotals): number {
  return sectionNames.reduce((sum, name) => sum + totals[name], 0);
}

/** Which row of which section a row of the gallery is; null past the end. */
export function placeOf(totals: SectionTotals, row: number): SectionPlace | null {
  if (row < 0) return null;
  let index = row;
  for (const section of sectionNames) {
    if (index < totals[section]) return { section, index };
    index -= totals[section];
  }
  return null;
}

/** The row of the gallery at which a row of a section stands. */
export function rowOf(totals: SectionTotals, { section, index }: SectionPlace): number {
  let before = 0;
  for (const name of sectionNames) {
    if (name === section) return before + index;
    before += totals[name];
  }
  return before;
}

/** The rows of each section among the rows `first` to `end` of the gallery; sections without any are left out. */
export function sectionWindows(
  totals: SectionTotals,
  first: number,
  end: number,
): { readonly section: SectionName; readonly first: number; readonly end: number }[] {
  const windows = [];
  let start = 0;
  for (const section of sectionNames) {
    const from = Math.max(0, first - start);
    const to = Math.min(totals[section], end - start);
    if (from < to) windows.push({ section, first: from, end: to });
    start += totals[section];
  }
  return windows;
}
