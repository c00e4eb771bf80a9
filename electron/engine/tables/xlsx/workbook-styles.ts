import { type NumberFormat, numberFormat } from './number-formats.ts';
import type { WorkbookParts } from './workbook-parts.ts';
import { readSmallXml } from './xml-reader.ts';

/** More styles than a workbook may have (Excel, specifications and limits: 65,490). */
const MOST_STYLES = 70_000;

/** The number format of each cell style, by the style's number. */
export async function cellFormats(parts: WorkbookParts, part: string): Promise<NumberFormat[]> {
  if (!parts.has(part)) return [];
  const codes = new Map<number, string>();
  const ids: number[] = [];
  let inCells = false;
  await readSmallXml(await parts.stream(part), {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells) ids.push(Number(attributes.numFmtId ?? 0));
      if (ids.length > MOST_STYLES || codes.size > MOST_STYLES)
        throw new Error('It has too many cell styles.');
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return ids.map((id) => numberFormat(id, codes));
}
