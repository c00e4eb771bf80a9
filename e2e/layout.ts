import type { Page } from '@playwright/test';

/** A window as narrow as 400 % zoom makes it, and one at 200 % zoom of 1280 × 800. */
export const smallWindows = {
  '320 pixels wide': { width: 320, height: 640 },
  '200 % zoom': { width: 640, height: 400 },
} as const;

/**
 * Everything that is wrong with how the page fits its window: the page scrolls sideways, a control sticks out where
 * nothing scrolls to it, a control lies under something else when it is scrolled to, or text is cut without a sign.
 */
export function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth)
      faults.push(`the page is ${root.scrollWidth} wide in a window of ${root.clientWidth}`);

    const named = (element: Element) => {
      const words = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 60);
      return `${element.tagName.toLowerCase()} “${words || element.getAttribute('placeholder') || element.className}”`;
    };
    const visible = (element: Element) => {
      const box = element.getBoundingClientRect();
      return (
        box.width > 1 &&
        box.height > 1 &&
        element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
      );
    };
    const scrollsSideways = (element: Element | null): boolean => {
      for (let at = element; at && at !== root; at = at.parentElement) {
        if (/auto|scroll/.test(getComputedStyle(at).overflowX) && at.scrollWidth > at.clientWidth)
          return true;
      }
      return false;
    };

    // The row of tabs may scroll, and a grid of cells is as wide as its columns; whatever else does hides its work.
    for (const element of document.querySelectorAll('body *')) {
      const scrolls = /auto|scroll/.test(getComputedStyle(element).overflowX) && visible(element);
      if (
        scrolls &&
        element.scrollWidth > element.clientWidth + 1 &&
        !element.matches('nav, textarea, input, [role="grid"]')
      )
        faults.push(`${named(element)} scrolls sideways`);
    }

    const open = document.querySelector('[role="dialog"]') ?? document;
    const controls = open.querySelectorAll(
      'a[href], button, input, select, textarea, summary, [role="slider"], [role="option"], [role="tab"]',
    );
    for (const control of controls) {
      if (!visible(control)) continue;
      control.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
      const box = control.getBoundingClientRect();
      if ((box.left < -1 || box.right > root.clientWidth + 1) && !scrollsSideways(control.parentElement)) {
        faults.push(`${named(control)} reaches from ${Math.round(box.left)} to ${Math.round(box.right)}`);
        continue;
      }
      const at = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      const own =
        at === null || control.contains(at) || at.contains(control) || at.closest('label')?.contains(control);
      if (!own) faults.push(`${named(control)} lies under ${named(at)}`);
    }

    for (const element of open.querySelectorAll('*')) {
      const style = getComputedStyle(element);
      if (!visible(element) || style.textOverflow === 'ellipsis') continue;
      const text = [...element.childNodes].some(
        (node) => node.nodeType === 3 && (node.textContent ?? '').trim() !== '',
      );
      if (!text || element.closest('.hidden-visually, select, svg')) continue;
      const cut =
        (/hidden|clip/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1) ||
        (/hidden|clip/.test(style.overflowY) && element.scrollHeight > element.clientHeight + 3);
      if (cut && style.webkitLineClamp === 'none') faults.push(`${named(element)} is cut off`);
    }
    window.scrollTo(0, 0);
    return faults;
  });
}
