/**
 * Where menus and tooltips are put on the page: in the open dialog, else in the main part of the window, so that
 * they belong to a landmark and nobody who moves by landmarks misses them. Ask when one opens.
 */
export function popupHome(): HTMLElement {
  const dialog = document.querySelector<HTMLElement>('[role="dialog"]');
  return dialog ?? document.querySelector<HTMLElement>('main') ?? document.body;
}
