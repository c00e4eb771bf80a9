import type { ProposalReason } from '../model/pair.ts';
import { namesMask, splitExtension, wordsOf } from './file-kinds.ts';
import { commonFolders } from './pairing-decision.ts';

/** Partners that are proposed for one file. */
export const mostProposals = 5;

/** What of a name tells files apart: its words without those that say mask or image, numbers without zeros in front. */
export interface Core {
  readonly words: readonly string[];
  /** The last number in it; null without one. */
  readonly number: string | null;
}

const imageWords = new Set(['image', 'img', 'raw', 'original', 'im']);

/** The core of a path's last part. */
export function coreOf(path: string): Core {
  const stem = splitExtension(path.slice(path.lastIndexOf('/') + 1)).stem;
  const words = wordsOf(stem)
    .filter((word) => !imageWords.has(word) && !namesMask(word))
    .map((word) => (/^\d+$/.test(word) ? word.replace(/^0+(?=\d)/, '') : word));
  return { words, number: words.findLast((word) => /^\d+$/.test(word)) ?? null };
}

export interface Scored<T> {
  readonly file: T;
  /** 0 to 1. */
  readonly sureness: number;
  readonly reasons: readonly ProposalReason[];
}

const weights = { name: 0.6, number: 0.2, folder: 0.2 } as const;
/** Files that are equally likely make each of them so much less sure. */
const tied = 0.3;
/** Less sure than this is not worth a look. */
const least = 0.35;

/**
 * The likeliest partners of a file among some others, the surest first. The same words in the name count most, then
 * the same number, then how near the folders are; two that are equally likely make each other unsure.
 */
export function rankPartners<T extends { readonly full: string }>(
  path: string,
  others: readonly T[],
): Scored<T>[] {
  const scored = others.map((file) => score(path, file)).filter(({ sureness }) => sureness >= least);
  scored.sort((a, b) => b.sureness - a.sureness || (a.file.full < b.file.full ? -1 : 1));
  const [first, second] = scored;
  const isTied = first !== undefined && second !== undefined && first.sureness - second.sureness < 0.01;
  return scored
    .slice(0, mostProposals)
    .map((one) => (isTied ? { ...one, sureness: Math.max(0, one.sureness - tied) } : one));
}

function score<T extends { readonly full: string }>(path: string, file: T): Scored<T> {
  const [a, b] = [coreOf(path), coreOf(file.full)];
  const reasons: ProposalReason[] = [];
  const isSame = a.words.length > 0 && a.words.join(' ') === b.words.join(' ');
  const alike = isSame ? 1 : alikeness(a.words, b.words);
  if (isSame) reasons.push('same-name');
  else if (alike >= 0.5) reasons.push('alike-name');
  const number = a.number === b.number ? 1 : 0;
  if (number === 1 && a.number !== null && !isSame) reasons.push('same-number');
  const depth = Math.max(depthOf(path), depthOf(file.full), 1);
  const common = commonFolders(path, file.full);
  const folder = common / depth;
  if (folderOf(path) === folderOf(file.full)) reasons.push('same-folder');
  else if (folder >= 0.5) reasons.push('near-folder');
  // A file with another number is another file, whatever else is alike.
  const sureness =
    a.number !== null && b.number !== null && number === 0
      ? 0
      : alike * weights.name + number * weights.number + folder * weights.folder;
  return { file, sureness: Math.round(sureness * 100) / 100, reasons };
}

/** Twice the words in common by all words (Dice). */
function alikeness(a: readonly string[], b: readonly string[]): number {
  if (a.length + b.length === 0) return 0;
  const left = [...b];
  let common = 0;
  for (const word of a) {
    const at = left.indexOf(word);
    if (at === -1) continue;
    left.splice(at, 1);
    common++;
  }
  return (2 * common) / (a.length + b.length);
}

function depthOf(path: string): number {
  return path.split('/').length - 1;
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
