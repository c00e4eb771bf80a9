import { type Entry, entryKindSchema } from '../../../../shared/model/entry.ts';
import { type ColumnKey, headerOf } from '../../../../shared/model/list-column.ts';

/** Headers of the file list whose cells an entry keeps under a name of their own. */
const typeHeader = 'Annotation Type';
const sourceHeader = 'Source Image';

/** What stands in a cell that can be changed, as it is typed and sent to the engine. */
export function cellText(entry: Entry, key: ColumnKey): string {
  if (key === 'kind') return entry.kind;
  if (key === 'send') return entry.send ? 'yes' : 'no';
  if (key === 'remotePath') return entry.remotePath;
  if (key === 'annotationBlock') return entry.annotationBlock;
  const header = headerOf(key);
  if (header === typeHeader) return entry.annotationType;
  if (header === sourceHeader) return entry.sourceImage;
  return header === null ? '' : (entry.columns[header] ?? '');
}

/** The entry as it will be once the engine has taken a cell; shown until it has. */
export function withCell(entry: Entry, key: ColumnKey, text: string): Entry {
  if (key === 'kind') return { ...entry, kind: entryKindSchema.catch(entry.kind).parse(text) };
  if (key === 'send') return { ...entry, send: text === 'yes' };
  // Empty means to follow the path, the pair or the block again, which the engine knows.
  if (key === 'remotePath') return text === '' ? entry : { ...entry, remotePath: text };
  if (key === 'annotationBlock') return { ...entry, annotationBlock: text };
  const header = headerOf(key);
  if (header === null) return entry;
  if (header === typeHeader) return { ...entry, annotationType: text };
  if (header === sourceHeader) return { ...entry, sourceImage: text };
  return { ...entry, columns: { ...entry.columns, [header]: text } };
}
