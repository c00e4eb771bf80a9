import { expect, type Locator, type Page } from '@playwright/test';

/** Somebody who has no mouse. Every stop of the Tab key must be in sight and show that it has the focus. */
export class KeyboardPerson {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  press(key: string): Promise<void> {
    return this.#page.keyboard.press(key);
  }

  type(text: string): Promise<void> {
    return this.#page.keyboard.type(text);
  }

  /** Presses Tab until something has the focus; fails when it is not among the next stops. */
  async tabTo(target: Locator, most = 30): Promise<void> {
    const passed: string[] = [];
    for (let stop = 0; stop < most; stop++) {
      await this.press('Tab');
      const here = await this.#focused();
      passed.push(here.name);
      if (here.name !== 'the page') {
        expect(here.marked, `the focus can be seen on ${here.name}`).toBe(true);
        expect(here.inSight, `${here.name} is in sight when it has the focus`).toBe(true);
      }
      if (await target.evaluateAll((all) => all.some((one) => one === document.activeElement))) return;
    }
    throw new Error(`Tab did not reach ${target} in ${most} stops: ${passed.join(' → ')}`);
  }

  #focused(): Promise<{ name: string; marked: boolean; inSight: boolean }> {
    return this.#page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return { name: 'the page', marked: true, inSight: true };
      const words = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40);
      const marked = (one: Element | null, pseudo?: string) => {
        if (!one) return false;
        const { outlineStyle, outlineWidth } = getComputedStyle(one, pseudo);
        return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1;
      };
      // A row stands for its grid, a label or the span beside it for a radio, a frame for what is in it.
      const row = document.getElementById(element.getAttribute('aria-activedescendant') ?? '');
      const stand = [
        element,
        row,
        element.closest('label'),
        element.parentElement,
        element.nextElementSibling,
      ];
      const box = element.getBoundingClientRect();
      return {
        name: `${element.tagName.toLowerCase()} “${words || element.getAttribute('placeholder') || element.id}”`,
        marked:
          stand.some((one) => marked(one)) ||
          [element, element.parentElement].some((one) => marked(one, '::after')),
        inSight: box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
      };
    });
  }
}
