import type { CallOutput } from '../../../shared/contract/contract.ts';
import type { FolderRow } from '../../../shared/contract/tree-calls.ts';
import { formatBytes, formatCount, formatCounted } from '../../../shared/rules/format-quantities.ts';
import { operands, WrongUse } from '../arguments.ts';
import type { Command } from '../command.ts';
import { type Session, startSession } from '../session.ts';

const DEPTH = 2;
/** Folders of one folder named before the rest is only counted. */
const NAMED = 15;
/** Folders asked for at a time. */
const PAGE = 500;
const BAR = 10;

/** A folder with the folders in it, largest first, as far down as was asked for. */
interface Branch extends Omit<FolderRow, 'hasFolders' | 'sourceId'> {
  readonly folders: readonly Branch[];
  /** Folders beyond those named. */
  readonly more: number;
}

/** `tree FILE [--depth N]`: folders by size, as `du` lists them. */
export const tree: Command = async ({ line, output, signal }) => {
  const { FILE } = operands(line, 'FILE');
  const depth = depthOption(line.values.depth);
  const session = startSession();
  try {
    const { id } = await session.open(FILE);
    const named = output.json ? Number.POSITIVE_INFINITY : NAMED;
    const { whole, folders } = await branchesOf(session, id, null, '', { depth, named, signal });
    output.say(`${formatBytes(whole.bytes)} in ${formatCounted(whole.files, 'file')}`);
    for (const branch of folders) for (const text of branchLines(branch, whole.bytes, 0)) output.say(text);
    output.result({ bytes: whole.bytes, files: whole.files, entries: whole.entries, folders });
    return 0;
  } finally {
    await session.close();
  }
};

function depthOption(text: string | undefined): number {
  if (text === undefined) return DEPTH;
  const depth = Number(text);
  if (!/^\d{1,3}$/.test(text) || depth === 0) {
    throw new WrongUse(`--depth takes a number of levels from 1 to 999, not "${text}".`);
  }
  return depth;
}

async function branchesOf(
  session: Session,
  id: string,
  sourceId: number | null,
  folder: string,
  { depth, named, signal }: { depth: number; named: number; signal: AbortSignal },
): Promise<{ whole: FolderRow; folders: Branch[]; more: number }> {
  const folders: Branch[] = [];
  for (;;) {
    signal.throwIfAborted();
    const { rows, total, whole } = await session.client.call('tree.children', {
      ...{ id, sourceId, folder, sort: 'bytes', offset: folders.length },
      limit: Math.min(PAGE, named - folders.length),
    });
    for (const { hasFolders, sourceId: source, ...row } of rows) {
      const below = sourceId === null ? '' : folder === '' ? row.name : `${folder}/${row.name}`;
      const inside =
        hasFolders && depth > 1
          ? await branchesOf(session, id, source, below, { depth: depth - 1, named, signal })
          : { folders: [], more: 0 };
      folders.push({ ...row, folders: inside.folders, more: inside.more });
    }
    if (rows.length === 0 || folders.length >= Math.min(total, named)) {
      return { whole, folders, more: total - folders.length };
    }
  }
}

/** A folder and what is in it, each on its line: bytes, share of the folder above as a bar, files, name. */
export function branchLines(branch: Branch, above: number, level: number): string[] {
  const filled = above > 0 ? Math.round((branch.bytes / above) * BAR) : 0;
  const bar = '█'.repeat(filled) + '·'.repeat(BAR - filled);
  const files = formatCounted(branch.files, 'file');
  const indent = '  '.repeat(level);
  return [
    `${formatBytes(branch.bytes).padStart(7)}  ${bar}  ${files.padStart(15)}  ${indent}${branch.name}`,
    ...branch.folders.flatMap((one) => branchLines(one, branch.bytes, level + 1)),
    ...(branch.more > 0
      ? [`${' '.repeat(38)}${indent}… and ${formatCounted(branch.more, 'more folder', 'more folders')}`]
      : []),
  ];
}

/** What a submission is made of and what was skipped, for `status`. */
export function contentLines({ whole, skipped }: CallOutput<'tree.summary'>): string[] {
  const kinds = (['image', 'mask', 'table', 'other'] as const)
    .filter((kind) => whole.kinds[kind].entries > 0)
    .map((kind) => {
      const { entries, bytes } = whole.kinds[kind];
      const word =
        kind === 'other' ? formatCounted(entries, 'other', 'others') : formatCounted(entries, kind);
      return `${word} (${formatBytes(bytes)})`;
    });
  const left = skipped.map(({ reason, count }) => `${formatCount(count)} (${reason})`);
  return [
    ...(kinds.length > 0 ? [`Kinds: ${kinds.join(', ')}`] : []),
    ...(left.length > 0 ? [`Skipped: ${left.join(', ')}`] : []),
  ];
}
