import { fieldRegistry, type Profile } from '../../../shared/destinations/profile.ts';
import {
  type BuiltInColumn,
  type ColumnKey,
  cellColumn,
  type ListColumn,
} from '../../../shared/model/list-column.ts';
import { Problem } from '../../../shared/model/problem.ts';
import { headerTrouble, mostFreeColumns } from '../../../shared/rules/file-list-columns.ts';
import { titleKey } from '../../../shared/rules/titles.ts';
import { metadataOf } from './metadata-document.ts';
import type { SubmissionFile } from './submission-file.ts';
import { profileOfFile } from './submission-row.ts';

type Declared = Omit<ListColumn, 'width'>;

const plain = { level: null, type: 'text', editable: false, distinct: false, vocabulary: null } as const;

/** Every column of the index in the order in which it is shown: built-in, of the file list, and free ones. */
export function listColumns(file: SubmissionFile): ListColumn[] {
  const looks = new Map(
    file
      .all<Look>('SELECT key, position, hidden, width FROM column_look')
      .map((look) => [look.key, look] as const),
  );
  const declared = declaredColumns(file);
  const places = new Map(declared.map(({ key }, at) => [key, looks.get(key)?.position ?? 1000 + at]));
  return declared
    .map((column) => {
      const look = looks.get(column.key);
      return { ...column, hidden: look ? look.hidden === 1 : column.hidden, width: look?.width ?? null };
    })
    .sort((a, b) => (places.get(a.key) ?? 0) - (places.get(b.key) ?? 0));
}

interface Look {
  readonly key: string;
  readonly position: number | null;
  readonly hidden: 0 | 1;
  readonly width: number | null;
}

/** One column; a Problem when there is none of that key (any more). */
export function columnOf(file: SubmissionFile, key: ColumnKey): ListColumn {
  const found = listColumns(file).find((column) => column.key === key);
  if (found) return found;
  throw new Problem(
    'unknown-column',
    `There is no column “${key.replace(/^cell:/, '')}” in this submission.`,
    {
      cause: 'It was renamed or taken away since, or never added.',
      advice: 'Look at the columns under Files, or list them with: slipway columns FILE',
    },
  );
}

/** The column a person means by a key or by a title, letters in either case; undefined when none or several. */
export function columnCalled(columns: readonly ListColumn[], name: string): ListColumn | undefined {
  const exact = columns.find(({ key, title }) => key === name || title === name);
  if (exact) return exact;
  const like = columns.filter(({ title }) => titleKey(title) === titleKey(name));
  return like.length === 1 ? like[0] : undefined;
}

/** Titles of the free columns that are there, in the order in which they were added. */
export function freeTitles(file: SubmissionFile): string[] {
  return file
    .all<{ title: string }>('SELECT title FROM free_column WHERE present = 1 ORDER BY number')
    .map(({ title }) => title);
}

/** Throws a Problem that says why a free column cannot be called so. `own` is its title until now. */
export function checkTitle(file: SubmissionFile, title: string, own?: string): void {
  const others = freeTitles(file).filter((other) => other !== own);
  const same = others.find((other) => titleKey(other) === titleKey(title));
  const trouble =
    headerTrouble(title, profileOfFile(file).fileList.columns) ??
    (title.length > 200 ? 'It is longer than 200 characters.' : null) ??
    (same === undefined ? null : `There is a column “${same}” already.`);
  if (trouble !== null) {
    throw new Problem('column-name', `A column cannot be called “${title.slice(0, 200)}”.`, {
      cause: trouble,
      advice: 'Choose another name.',
    });
  }
  if (own === undefined && others.length >= mostFreeColumns) {
    throw new Problem('too-many-columns', `There are ${mostFreeColumns} free columns already.`, {
      cause: 'A file list with more columns is a mistake, and the archive refuses it.',
      advice: 'Put values of one kind into one column, or take away columns that nobody needs.',
    });
  }
}

/** Makes the headers of cells that are written known as free columns, where they are not yet. */
export function noteHeaders(file: SubmissionFile, headers: Iterable<string>): void {
  const known = new Set([
    ...profileOfFile(file).fileList.columns.map(({ header }) => header),
    ...freeTitles(file),
  ]);
  for (const header of headers) {
    if (known.has(header)) continue;
    file.run('INSERT INTO free_column (title, present) VALUES (?, 1)', header);
    known.add(header);
  }
}

function declaredColumns(file: SubmissionFile): Declared[] {
  const profile = profileOfFile(file);
  const listed = profile.fileList.columns.map((column, at) =>
    at === 0 ? remotePathColumn(profile) : cellOfList(profile, column),
  );
  const known = new Set(profile.fileList.columns.map(({ header }) => header));
  const free = freeTitles(file).filter((title) => !known.has(title));
  return [...builtIn(file), ...listed, ...free.map(freeColumn)];
}

function builtIn(file: SubmissionFile): Declared[] {
  const column = (
    key: BuiltInColumn,
    title: string,
    help: string,
    more: Partial<Declared> = {},
  ): Declared => ({
    ...{ key, title, help, kind: 'built-in', hidden: false },
    ...plain,
    ...more,
  });
  const blocks = annotationBlocks(file);
  return [
    column('path', 'Path', 'Where it lies below the folder you added.'),
    column('name', 'Name', 'The last part of its path.', { hidden: true }),
    column('kind', 'Kind', 'What it is to the submission. A guess until you say otherwise.', {
      ...{ type: 'choice', editable: true },
      vocabulary: ['image', 'mask', 'table', 'other'].map((value) => ({ value, title: value })),
    }),
    column('format', 'Format', 'By the ending of its name and its first bytes.', { hidden: true }),
    column('size', 'Size', 'Bytes; of an item with members the sum of them.', { type: 'bytes' }),
    column('members', 'Members', 'Files inside; 1 for a plain file.', { type: 'count', hidden: true }),
    column('modified', 'Modified', 'When it was last written to.', { type: 'time', hidden: true }),
    column('state', 'State', 'Whether it is on the disk and can be read.', { hidden: true }),
    column('send', 'Send', 'Whether it will be sent.', { type: 'yes-no', editable: true }),
    column('annotationBlock', 'Annotation', 'The annotation whose file list names it. Empty for the first.', {
      ...{ type: 'choice', editable: true, hidden: blocks.length < 2 },
      vocabulary: blocks,
    }),
    column('pairedWith', 'Paired with', 'The image of a mask, the masks of an image.'),
    column('findings', 'Findings', 'What must, should or may be fixed.', { type: 'count' }),
  ];
}

/** The annotations that entries can belong to, as terms. */
export function annotationBlocks(file: SubmissionFile): { value: string; title: string }[] {
  const { fileList, sections } = profileOfFile(file);
  const section = sections.find(({ id }) => id === fileList.perBlockOf);
  const named = section?.titleField ?? '';
  return (metadataOf(file)[fileList.perBlockOf] ?? []).map(({ id, values }, at) => {
    const title = values[named];
    const isNamed = typeof title === 'string' && title.trim() !== '';
    return { value: id, title: isNamed ? title : `${section?.one ?? 'block'} ${at + 1}` };
  });
}

function remotePathColumn(profile: Profile): Declared {
  return {
    ...plain,
    ...{ key: 'remotePath', title: 'Path at the archive', kind: 'list', level: 'required' },
    ...{ editable: true, distinct: true, hidden: true },
    help: `${profile.fileList.columns[0]?.help ?? ''} Follows the path on disk unless you say otherwise.`,
  };
}

function cellOfList(profile: Profile, column: Profile['fileList']['columns'][number]): Declared {
  const section = profile.sections.find(({ id }) => id === profile.fileList.perBlockOf);
  const field = column.blockField === undefined ? undefined : section?.fields.shape[column.blockField];
  const vocabulary = field && fieldRegistry.get(field)?.vocabulary;
  const isClosed = vocabulary !== undefined && !vocabulary.open;
  return {
    ...plain,
    ...{ key: cellColumn(column.header), title: column.header, kind: 'list', level: column.level },
    ...{ help: column.help, editable: true, hidden: column.level === 'optional' },
    type: isClosed ? 'choice' : 'text',
    vocabulary: isClosed ? vocabulary.terms.map((term) => ({ ...term })) : null,
  };
}

function freeColumn(title: string): Declared {
  return {
    ...plain,
    ...{ key: cellColumn(title), title, kind: 'free', level: 'optional', editable: true, hidden: false },
    help: 'A column of your own. It goes into the file list.',
  };
}
