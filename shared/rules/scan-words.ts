import { formatBytes, formatCount, formatCounted } from './format-quantities.ts';

/** What a scan comes to; see `sources.scan` of the contract. */
export interface ScanSums {
  readonly files: number;
  readonly bytes: number;
  readonly added: number;
  readonly changed: number;
  readonly vanished: number;
  readonly renamed: number;
  readonly skipped: number;
  readonly held: number;
  readonly pairs: number;
}

/** How far a scan is; see `scanProgressSchema` of the contract. */
export interface ScanNumbers {
  readonly done: number;
  readonly total: number | null;
  readonly bytes: number;
  readonly perSecond: number;
}

/** What a scan found, in one sentence. */
export function scanWords(result: ScanSums): string {
  const parts = [
    result.added > 0 && `${formatCount(result.added)} new`,
    result.changed > 0 && `${formatCount(result.changed)} changed`,
    result.vanished > 0 && `${formatCount(result.vanished)} gone`,
    result.renamed > 0 && `${formatCount(result.renamed)} renamed`,
  ].filter((part) => part !== false);
  const { held } = result;
  return [
    `${formatCounted(result.files, 'file')}, ${formatBytes(result.bytes)}${parts.length > 0 ? ` (${parts.join(', ')})` : ', nothing changed'}`,
    ...(result.skipped > 0 ? [`${formatCount(result.skipped)} skipped`] : []),
    ...(held > 0 ? [`${formatCount(held)} held back until ${held === 1 ? 'it rests' : 'they rest'}`] : []),
    `${formatCounted(result.pairs, 'pair')} of image and mask.`,
  ].join('; ');
}

/** How far a scan is, in numbers. */
export function scanNumbers({ done, total, bytes, perSecond }: ScanNumbers): string {
  const files =
    total === null ? formatCounted(done, 'file') : `${formatCount(done)} of ${formatCounted(total, 'file')}`;
  const rate = Math.round(perSecond);
  return `${files}, ${formatBytes(bytes)}${rate > 0 ? `, ${formatCount(rate)} a second` : ''}`;
}
