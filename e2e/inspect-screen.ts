import { expect, type Page } from '@playwright/test';
import { expectAccessible, type Scheme, show } from './axe.ts';
import { layoutFaults, smallWindows } from './layout.ts';
import { Shell } from './pages/shell.ts';

const softly = expect.configure({ soft: true });

/**
 * Looks at a screen as it is now with everything that a machine can judge: axe in light and dark, whether it fits
 * small windows, and whether anything moves for people who asked for stillness. Faults are collected, not thrown.
 */
export async function inspectScreen(
  page: Page,
  screen: string,
  schemes: readonly Scheme[] = ['light', 'dark'],
): Promise<void> {
  await expectAccessible(page, screen, schemes);
  await show(page, 'light');
  expect.soft(await movingThings(page), `${screen}, with reduced motion`).toEqual([]);
  await new Shell(page).closeNotes();
  const before = page.viewportSize();
  for (const [name, size] of Object.entries(smallWindows)) {
    await page.setViewportSize(size);
    // Rows whose height a script decides follow the new window a frame or two later.
    await softly
      .poll(() => layoutFaults(page), { message: `${screen}, ${name}`, timeout: 5_000 })
      .toEqual([]);
  }
  if (before) await page.setViewportSize(before);
}

/** Everything that would still be animated, although the person asked for less motion. */
function movingThings(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const seconds = (list: string) => Math.max(...list.split(',').map((one) => Number.parseFloat(one) || 0));
    return [...document.querySelectorAll('*')].flatMap((element) => {
      const { transitionDuration, animationName, animationDuration } = getComputedStyle(element);
      const moves =
        seconds(transitionDuration) > 0.01 || (animationName !== 'none' && seconds(animationDuration) > 0.01);
      return moves
        ? [`${element.tagName.toLowerCase()}.${element.className}: ${transitionDuration} ${animationName}`]
        : [];
    });
  });
}
