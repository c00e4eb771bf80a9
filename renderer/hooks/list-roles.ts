/**
 * Roles of a list of which only the rows in sight exist. `ul` and `li` do not do: the scroller's own elements
 * stand between them.
 */
export function listRole(label: string) {
  return { role: 'list', 'aria-label': label } as const;
}

/** Props of row `index` of `total`; positions are told because the other rows are not there. */
export function listItemRole(index: number, total: number) {
  return { role: 'listitem', 'aria-setsize': total, 'aria-posinset': index + 1 } as const;
}

/** Whether Tab stops at a row that holds nothing to press, so that the keyboard reaches every row of a long list. */
export function tabStop(stops: boolean) {
  return { tabIndex: stops ? 0 : -1 } as const;
}
