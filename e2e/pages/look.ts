import { expect, type Locator, type Page } from '@playwright/test';
import { literal } from './words.ts';

/** Look: the gallery, the picture with its mask, and the panels that say how it is shown. */
export class LookPage {
  readonly page: Page;
  readonly room: Locator;
  readonly gallery: Locator;
  readonly viewer: Locator;
  readonly picture: Locator;
  readonly panels: Locator;
  readonly maskButton: Locator;
  /** What is under the pointer: place, values, label. */
  readonly readout: Locator;

  constructor(page: Page) {
    this.page = page;
    this.room = page.getByRole('main', { name: 'Look' });
    this.gallery = this.room.getByRole('listbox', { name: 'Images' });
    this.viewer = this.room.getByRole('region', { name: 'Viewer' });
    this.picture = this.viewer.getByRole('img', { name: /^(Picture of |No picture)/ });
    this.panels = this.room.getByRole('complementary', { name: 'Image settings' });
    this.maskButton = this.viewer.getByRole('button', { name: 'Mask' });
    this.readout = this.viewer.getByText(/^x \d+ y \d+$/).locator('..');
  }

  option(name: string): Locator {
    return this.gallery
      .getByRole('option')
      .filter({ has: this.page.getByTitle(name, { exact: true }) })
      .first();
  }

  /** Looks at an image and waits until all of it is painted. */
  async lookAt(name: string): Promise<void> {
    await this.option(name).click();
    await expect(this.viewer.getByRole('heading', { level: 2 })).toHaveAccessibleName(name);
    await this.painted();
  }

  /** Waits until nothing of the picture is still to come. */
  async painted(): Promise<void> {
    await expect(this.picture).toHaveAttribute('data-settled', 'true');
  }

  slider(name: string): Locator {
    return this.panels.getByRole('slider', { name });
  }

  /** A number out of the facts about image or mask file. */
  fact(panel: 'Image' | 'Mask file', term: string): Locator {
    return this.panels
      .getByRole('region', { name: panel, exact: true })
      .getByRole('term')
      .filter({ hasText: new RegExp(`^${literal(term)}$`) })
      .locator('xpath=following-sibling::dd[1]');
  }

  /** Points at a pixel of an image that is shown whole, and gives the words under the picture. */
  async pointAt(pixel: { x: number; y: number }, size: { width: number; height: number }): Promise<void> {
    await this.page.keyboard.press('0');
    const box = await this.picture.boundingBox();
    if (!box) throw new Error('There is no picture to point at.');
    // As the viewer fits: 16 pixels around the image, at most 32 times enlarged.
    const room = (length: number) => length - 32;
    const scale = Math.min(room(box.width) / size.width, room(box.height) / size.height, 32);
    await this.page.mouse.move(
      box.x + box.width / 2 + (pixel.x + 0.5 - size.width / 2) * scale,
      box.y + box.height / 2 + (pixel.y + 0.5 - size.height / 2) * scale,
    );
    await expect(this.readout).toContainText(`x ${pixel.x} y ${pixel.y}`);
  }
}
