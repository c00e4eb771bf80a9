import { extname, resolve } from 'node:path';
import type { CallOutput } from '../../../shared/contract/contract.ts';
import type { EntryFilter } from '../../../shared/contract/file-calls.ts';
import { entryKindSchema } from '../../../shared/model/entry.ts';
import type { ListColumn } from '../../../shared/model/list-column.ts';
import { Problem } from '../../../shared/model/problem.ts';
import { type TableCounts, tableFormatSchema } from '../../../shared/model/table.ts';
import { formatCount, formatCounted } from '../../../shared/rules/format-quantities.ts';
import { titleKey } from '../../../shared/rules/titles.ts';
import { type CommandLine, operands, WrongUse } from '../arguments.ts';
import type { Command } from '../command.ts';
import { type Session, startSession } from '../session.ts';

/** Rows of the report that are printed; `--report` keeps all of them. */
const MOST_PRINTED = 20;

/** `columns FILE [--add TITLE] [--rename OLD=NEW] [--remove TITLE]` */
export const columns: Command = async ({ line, output, signal }) => {
  const { FILE } = operands(line, 'FILE');
  const session = startSession();
  try {
    const { id } = await session.open(FILE);
    const watched = { signal, onProgress: ({ now }: { now: string }) => output.progress(now) };
    for (const title of line.values.add ?? []) await session.client.call('columns.add', { id, title });
    for (const pair of line.values.rename ?? []) {
      const [old = '', title] = pair.split('=');
      if (title === undefined) throw new WrongUse('--rename takes OLD=NEW.');
      const { key } = await columnNamed(session, id, old);
      await session.client.call('columns.rename', { id, column: key, title }, watched);
    }
    for (const title of line.values.remove ?? []) {
      const { key } = await columnNamed(session, id, title);
      await session.client.call('columns.remove', { id, column: key }, watched);
    }
    const listed = await session.client.call('columns.list', { id });
    for (const column of listed.columns) output.say(columnLine(column));
    output.result(listed);
    return 0;
  } finally {
    await session.close();
  }
};

function columnLine({ title, kind, level, editable, vocabulary }: ListColumn): string {
  const facts = [
    kind === 'built-in' ? 'of every file' : kind === 'free' ? 'your own' : `file list, ${level}`,
    ...(editable ? [] : ['cannot be set']),
    ...(vocabulary === null ? [] : [formatCounted(vocabulary.length, 'term')]),
  ];
  return `${title.padEnd(26)}  ${facts.join(', ')}`;
}

async function columnNamed(session: Session, id: string, name: string): Promise<ListColumn> {
  const listed = await session.client.call('columns.list', { id });
  const exact = listed.columns.find(({ key, title }) => title === name || key === name);
  const like = listed.columns.filter(({ title }) => titleKey(title) === titleKey(name));
  const found = exact ?? (like.length === 1 ? like[0] : undefined);
  if (found) return found;
  throw new Problem('unknown-column', `There is no column “${name}” in this submission.`, {
    cause: `There are: ${listed.columns.map(({ title }) => title).join(', ')}.`,
    advice: 'Add one with: slipway columns FILE --add TITLE',
  });
}

/** `set FILE COLUMN VALUE [--text T] [--kind K]`: one value for all files that match. */
export const set: Command = async ({ line, output, signal }) => {
  const { FILE, COLUMN, VALUE } = operands(line, 'FILE', 'COLUMN', 'VALUE');
  const entries = filterOf(line);
  const session = startSession();
  try {
    const { id } = await session.open(FILE);
    const column = await columnNamed(session, id, COLUMN);
    const filled = await session.client.call(
      'cells.fill',
      { id, entries, column: column.key, with: { value: VALUE } },
      { signal, onProgress: ({ now }) => output.progress(now) },
    );
    const value = filled.value === '' ? 'emptied' : `set to “${filled.value}”`;
    output.say(`${column.title} ${value} for ${formatCounted(filled.changed, 'file')}.`);
    output.result(filled);
    return filled.changed === 0 ? 1 : 0;
  } finally {
    await session.close();
  }
};

/** `export-table FILE --out TABLE.tsv|.csv|.xlsx [--text T] [--kind K] [--column C]…` */
export const exportTable: Command = async ({ line, output, signal }) => {
  const { FILE } = operands(line, 'FILE');
  const { out } = line.values;
  const format = tableFormatSchema.safeParse(
    extname(out ?? '')
      .slice(1)
      .toLowerCase(),
  );
  if (out === undefined || !format.success) {
    throw new WrongUse('Use: slipway export-table FILE --out TABLE.tsv, .csv or .xlsx');
  }
  const path = resolve(out);
  const session = startSession();
  try {
    const { id } = await session.open(FILE);
    const chosen = await Promise.all(
      (line.values.column ?? []).map((name) => columnNamed(session, id, name)),
    );
    const { rows } = await session.client.call(
      'table.export',
      {
        ...{ id, path, format: format.data, filter: filterOf(line) },
        ...(chosen.length === 0 ? {} : { columns: chosen.map(({ key }) => key) }),
      },
      { signal, onProgress: ({ now, done }) => output.progress(`${now}: ${formatCount(done)} rows`) },
    );
    output.say(`Wrote ${path}: ${formatCounted(rows, 'row')}`);
    output.result({ path, rows });
    return 0;
  } finally {
    await session.close();
  }
};

function filterOf(line: CommandLine): EntryFilter {
  const { text, kind } = line.values;
  const parsed = kind === undefined ? undefined : entryKindSchema.safeParse(kind);
  if (parsed && !parsed.success) throw new WrongUse('--kind takes image, mask, table or other.');
  return {
    ...(text === undefined ? {} : { text }),
    ...(parsed === undefined ? {} : { kind: parsed.data }),
  };
}

/** `import-table FILE TABLE`: 1 when rows or cells could not be taken. */
export const importTable: Command = async ({ line, output, signal }) => {
  const { FILE, TABLE } = operands(line, 'FILE', 'TABLE');
  const { report: reportTo } = line.values;
  if (reportTo !== undefined && !/\.(tsv|txt)$/i.test(reportTo)) {
    throw new WrongUse('--report takes the name of a file to write that ends with .tsv or .txt.');
  }
  if (reportTo !== undefined && resolve(reportTo) === resolve(TABLE)) {
    throw new WrongUse('--report would take the place of the table that is imported; give it another name.');
  }
  const session = startSession();
  try {
    const { id } = await session.open(FILE);
    const { grant: file } = await session.client.call('grants.issue', { path: resolve(TABLE) });
    const mode = {
      cells: line.values['only-empty'] ? ('only-empty' as const) : ('overwrite' as const),
      empty: line.values['clear-empty'] ? ('clear' as const) : ('keep' as const),
    };
    const watched = { signal, onProgress: ({ now }: { now: string }) => output.progress(now) };
    const { sheet } = line.values;
    const asked = { id, file, mode, ...(sheet === undefined ? {} : { sheet }) };
    let preview = await session.client.call('table.preview', asked, watched);
    if (line.values.key !== undefined) {
      const mapping = withPathColumn(preview, line.values.key);
      preview = await session.client.call('table.preview', { ...asked, mapping }, watched);
    }
    for (const notice of preview.shape.notices) output.say(notice);
    for (const text of mappingLines(preview)) output.say(text);
    const isTaken = !line.values['dry-run'];
    const { counts } = isTaken
      ? await session.client.call('table.import', { id, file, mode, mapping: preview.mapping }, watched)
      : preview;
    const report = await session.client.call('table.report', { id, offset: 0, limit: MOST_PRINTED });
    sayCounts(output.say, counts, isTaken);
    for (const { row, path, column, reason, near } of report.rows) {
      const place = column === '' ? `row ${row}` : `row ${row}, ${column}`;
      output.say(`  ${place}: ${path || 'no path'}: ${reason}${near[0] === undefined ? '' : ` ${near[0]}`}`);
    }
    if (report.total > report.rows.length) {
      output.say(
        `  … and ${formatCount(report.total - report.rows.length)} more; keep all with --report FILE.tsv`,
      );
    }
    if (reportTo !== undefined) {
      const path = resolve(reportTo);
      await session.client.call('table.exportReport', { id, path }, watched);
      output.say(`Wrote ${path}`);
    }
    output.result({ counts, mapping: preview.mapping, report: report.rows, reported: report.total });
    return isWhole(counts) ? 0 : 1;
  } finally {
    await session.close();
  }
};

type Preview = CallOutput<'table.preview'>;

/** The mapping with another column for paths, named by its header or number. */
function withPathColumn({ mapping, columns: found }: Preview, key: string): Preview['mapping'] {
  const named = found.find(({ header }) => titleKey(header) === titleKey(key));
  const from = named?.from ?? (/^\d+$/.test(key) ? Number(key) - 1 : undefined);
  if (from === undefined) {
    throw new WrongUse(
      `--key takes the header or number of a column. The headers are: ${found.map(({ header }) => header).join(', ')}`,
    );
  }
  return { ...mapping, pathColumn: from, columns: mapping.columns.filter((column) => column.from !== from) };
}

function mappingLines({ mapping, columns: found }: Preview): string[] {
  return found.map(({ from, header, trouble }) => {
    const name = header === '' ? `Column ${from + 1}` : `“${header}”`;
    if (from === mapping.pathColumn) return `${name} says which file a row is about.`;
    const to = mapping.columns.find((column) => column.from === from)?.to;
    if (to === undefined) return `${name} is left out. ${trouble}`.trim();
    return 'newColumn' in to
      ? `${name} becomes a new column.`
      : `${name} goes to ${to.column.replace(/^cell:/, '')}.`;
  });
}

function sayCounts(say: (line: string) => void, counts: TableCounts, isTaken: boolean): void {
  const { rows, matched, changedCells, changedEntries } = counts;
  say(`${formatCount(matched)} of ${formatCounted(rows, 'row')} are about a file of this submission.`);
  const would = isTaken ? '' : ' would be';
  say(`${formatCounted(changedCells, 'cell')} of ${formatCounted(changedEntries, 'file')}${would} changed.`);
}

function isWhole({ unmatched, ambiguous, repeated, refused }: TableCounts): boolean {
  return unmatched + ambiguous + repeated + refused === 0;
}
