import { expect, type Locator, type Page } from '@playwright/test';

/** Beside the grid: the tree of folders, the map of what fills the space, and kinds. */
export class FolderPanelPage {
  readonly panel: Locator;
  readonly tree: Locator;
  readonly map: Locator;
  readonly bars: Locator;
  /** The way from all folders to the one shown. */
  readonly way: Locator;
  readonly openButton: Locator;
  readonly closeButton: Locator;
  readonly widthHandle: Locator;

  constructor(page: Page) {
    const room = page.getByRole('main', { name: 'Files' });
    this.panel = room.getByRole('region', { name: 'Where the files are' });
    this.tree = this.panel.getByRole('tree');
    this.map = this.panel.getByRole('region', { name: 'What fills the space' });
    this.bars = this.panel.getByRole('table', { name: 'What fills the space' });
    this.way = this.panel.getByRole('navigation', { name: 'The folder shown' });
    this.openButton = room.getByRole('button', { name: /^(Show folders and space|Folders and space)$/ });
    this.closeButton = this.panel.getByRole('button', { name: 'Hide folders and space' });
    this.widthHandle = room.getByRole('separator', { name: 'Width of folders and space' });
  }

  /** The row of a folder in the tree. */
  folder(name: string): Locator {
    return this.tree.getByRole('treeitem', { name: new RegExp(`^${name},`) });
  }

  /** An area of the map. */
  area(name: string): Locator {
    return this.map.getByRole('button', { name: new RegExp(`^${name},`) });
  }

  tab(name: 'Tree' | 'Space' | 'Kinds'): Locator {
    return this.panel.getByRole('tab', { name });
  }

  async show(name: 'Tree' | 'Space' | 'Kinds'): Promise<void> {
    await this.tab(name).click();
    await expect(this.tab(name)).toHaveAttribute('aria-selected', 'true');
  }

  /** The folder that the keys of the tree are at. */
  async expectAt(name: string): Promise<void> {
    await expect(async () => {
      const id = await this.tree.getAttribute('aria-activedescendant');
      expect(await this.tree.locator(`#${id}`).getAttribute('aria-label')).toMatch(new RegExp(`^${name},`));
    }).toPass({ timeout: 10_000 });
  }
}
