import { suggestName } from './name-suggestion.ts';

/**
 * Name of the file list of the n-th block (from 1): `file-list-<n>-<slug>.tsv`. The slug is the block's title in
 * plain letters; the ending is in lower case because the archive's reader knows only that (BioStudies backend,
 * file-list types). The same rules hold for a list's name as for any other path.
 */
export function fileListName(number: number, title: string): string {
  const slug = suggestName(title.replaceAll('/', '-'))
    .toLowerCase()
    .replace(/[^0-9a-z]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
  return title.trim() === '' || slug === '' ? `file-list-${number}.tsv` : `file-list-${number}-${slug}.tsv`;
}
