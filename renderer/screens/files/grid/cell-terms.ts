import type { ListColumn } from '../../../../shared/model/list-column.ts';

export interface Term {
  readonly value: string;
  readonly title: string;
}

const yesOrNo: readonly Term[] = [
  { value: 'yes', title: 'Yes' },
  { value: 'no', title: 'No' },
];

/** What a cell of a column can be chosen from; null for one that is typed. The empty term empties the cell. */
export function termsOf(column: ListColumn): readonly Term[] | null {
  if (column.type === 'yes-no') return yesOrNo;
  if (column.vocabulary === null) return null;
  if (column.key === 'kind') return column.vocabulary;
  const hasEmpty = column.vocabulary.some(({ value }) => value === '');
  return hasEmpty ? column.vocabulary : [{ value: '', title: 'Nothing' }, ...column.vocabulary];
}

/** The terms that a typed text may mean: those that begin with it, then those with a word that does, then the rest with it inside. */
export function fittingTerms(terms: readonly Term[], typed: string): readonly Term[] {
  const text = typed.trim().toLowerCase();
  if (text === '') return terms;
  const rank = ({ value, title }: Term) => {
    const words = [title.toLowerCase(), value.toLowerCase()];
    if (words.some((word) => word.startsWith(text))) return 0;
    if (words.some((word) => word.split(/[\s_-]+/).some((part) => part.startsWith(text)))) return 1;
    return words.some((word) => word.includes(text)) ? 2 : 3;
  };
  return terms
    .map((term) => ({ term, rank: rank(term) }))
    .filter((one) => one.rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map(({ term }) => term);
}
