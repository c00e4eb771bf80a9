import { resolve } from 'node:path';
import type { Entry } from '../../../shared/model/entry.ts';
import { Problem } from '../../../shared/model/problem.ts';
import { formatBytes, formatCount, formatCounted } from '../../../shared/rules/format-quantities.ts';
import { operands, WrongUse } from '../arguments.ts';
import type { Command } from '../command.ts';
import { type Session, startSession } from '../session.ts';

/** `pack FILE ENTRY --out X.zip`: writes an item as one ZIP and reads it back. */
export const pack: Command = async ({ line, output, signal }) => {
  const { FILE, ENTRY } = operands(line, 'FILE', 'ENTRY');
  if (line.values.out === undefined) throw new WrongUse('Use: slipway pack FILE ENTRY --out X.zip');
  const path = resolve(line.values.out);
  const session = startSession();
  try {
    const { id } = await session.open(FILE);
    const entry = await findEntry(session, id, ENTRY);
    const zip = await session.client.call(
      'items.writeZip',
      { id, entryId: entry.id, path },
      { signal, onProgress: ({ now }) => output.progress(now) },
    );
    output.say(
      `Wrote ${path}: ${formatCounted(zip.members, 'file')}, ${formatBytes(zip.bytes)}, each read back and found sound.`,
    );
    output.result({ path, members: zip.members, bytes: zip.bytes });
    return 0;
  } finally {
    await session.close();
  }
};

/** `send-as FILE files|zip [ENTRY…]`: how items go to the archive; without ENTRY, all that were not named. */
export const sendAs: Command = async ({ line, output }) => {
  const [FILE, how, ...named] = line.operands;
  if (FILE === undefined || (how !== 'files' && how !== 'zip')) {
    throw new WrongUse('Use: slipway send-as FILE files|zip [ENTRY…]');
  }
  const session = startSession();
  try {
    const { id } = await session.open(FILE);
    const entries = [];
    for (const path of named) entries.push((await findEntry(session, id, path)).id);
    if (entries.length === 0) await session.client.call('items.setSendAs', { id, sendAs: how });
    else await session.client.call('entries.edit', { id, entries, edit: { sendAs: how } });
    const { zips } = await session.client.call('send.plan', { id });
    output.say(
      zips.items === 0
        ? how === 'zip'
          ? 'No item of several files is sent as it stands.'
          : 'Every item is sent file by file.'
        : `${formatCounted(zips.items, 'item')} of ${formatCounted(zips.files, 'file')} will be sent as one ZIP each: ${formatBytes(zips.bytes)}.`,
    );
    output.result({ zips });
    return 0;
  } finally {
    await session.close();
  }
};

/** `items FILE`: what may be one item, the likeliest first. */
export const items: Command = async ({ line, output, signal }) => {
  const { FILE } = operands(line, 'FILE');
  const session = startSession();
  try {
    const { id } = await session.open(FILE);
    const { found } = await lookForItems(session, id, output.progress, signal);
    const { rows } = await session.client.call('items.found', { id, offset: 0, limit: 500 });
    for (const row of rows) {
      const how =
        row.kind === 'ome-tiff' ? 'name each other' : row.joins === null ? 'numbered alike' : 'join an item';
      output.say(`${row.path}  ${formatCounted(row.files, 'file')}, ${formatBytes(row.bytes)}, ${how}`);
    }
    output.say(
      found === 0
        ? 'No files were found that may be one item.'
        : `${formatCounted(found, 'item')} may be made: slipway group ${FILE} PATTERN… or --all`,
    );
    output.result({ found, items: rows });
    return 0;
  } finally {
    await session.close();
  }
};

/** `group FILE PATTERN…|--all`: makes items of what `items` lists. */
export const group: Command = async ({ line, output, signal }) => {
  const [FILE, ...patterns] = line.operands;
  if (FILE === undefined || (patterns.length === 0) === !line.values.all) {
    throw new WrongUse('Use: slipway group FILE PATTERN… or slipway group FILE --all');
  }
  const session = startSession();
  try {
    const { id } = await session.open(FILE);
    await lookForItems(session, id, output.progress, signal);
    const keys = line.values.all ? ('all' as const) : await keysOf(session, id, patterns);
    const { made } = await session.client.call(
      'items.groupFound',
      { id, keys },
      { signal, onProgress: ({ now }) => output.progress(now) },
    );
    output.say(`${formatCounted(made, 'item')} made.`);
    output.result({ made });
    return 0;
  } finally {
    await session.close();
  }
};

/** `ungroup FILE ENTRY`: makes the files of an item single files again. */
export const ungroup: Command = async ({ line, output }) => {
  const { FILE, ENTRY } = operands(line, 'FILE', 'ENTRY');
  const session = startSession();
  try {
    const { id } = await session.open(FILE);
    const entry = await findEntry(session, id, ENTRY);
    const { files } = await session.client.call('items.ungroup', { id, entryId: entry.id });
    output.say(`${formatCounted(files, 'file')} stand for themselves again.`);
    output.result({ files });
    return 0;
  } finally {
    await session.close();
  }
};

function lookForItems(session: Session, id: string, tell: (text: string) => void, signal: AbortSignal) {
  return session.client.call('items.find', { id }, { signal, onProgress: ({ now }) => tell(now) });
}

async function keysOf(session: Session, id: string, patterns: readonly string[]): Promise<number[]> {
  const keys: number[] = [];
  const left = new Set(patterns);
  for (let offset = 0; left.size > 0; offset += 500) {
    const { rows } = await session.client.call('items.found', { id, offset, limit: 500 });
    for (const { key, path } of rows) if (left.delete(path)) keys.push(key);
    if (rows.length < 500) break;
  }
  const [missing] = left;
  if (missing === undefined) return keys;
  throw new Problem('unknown-item', `No files were found that are ${missing}.`, {
    advice: 'See what may be made with: slipway items FILE',
  });
}

/** The entry with a number, or the one at a path below its folder. */
export async function findEntry(session: Session, id: string, entry: string): Promise<Entry> {
  if (/^\d+$/.test(entry)) return session.client.call('entries.get', { id, entryId: Number(entry) });
  const path = entry.replace(/\/+$/, '');
  const found: Entry[] = [];
  for (let offset = 0; ; ) {
    const page = await session.client.call('entries.page', {
      id,
      filter: { text: path },
      offset,
      limit: 500,
    });
    found.push(...page.rows.filter((row) => row.path === path || row.name === path));
    offset += page.rows.length;
    if (page.rows.length === 0 || offset >= page.total) break;
  }
  const exact = found.filter((row) => row.path === path);
  const meant = exact.length > 0 ? exact : found;
  const [first] = meant;
  if (first && meant.length === 1) return first;
  if (!first) {
    throw new Problem('unknown-entry', `There is no ${path} in this submission.`, {
      advice: 'Name it by its path below the folder that was added, or by its number.',
    });
  }
  throw new Problem('ambiguous-entry', `${formatCount(meant.length)} files are called ${path}.`, {
    cause: meant
      .slice(0, 5)
      .map((row) => `${row.id}: ${row.path}`)
      .join('\n'),
    advice: 'Name it by its number.',
  });
}
