import type { PixelSource } from './pixel-source.ts';

export type OpenSource = (path: string, part: string) => Promise<PixelSource>;

/** More images than this are not held open; one that was closed is opened again when it is needed. */
const MOST_OPEN = 24;

interface Opened {
  readonly source: Promise<PixelSource>;
  users: number;
  closing: boolean;
}

/** The images that are open in this process, by the engine's ids. */
export class OpenedImages {
  readonly #open: OpenSource;
  readonly #images = new Map<string, Opened>();

  constructor(open: OpenSource) {
    this.#open = open;
  }

  /** Runs some work on an image, opening it if need be. It is not closed under the work. */
  async use<T>(
    image: { readonly imageId: string; readonly path: string; readonly part: string },
    work: (source: PixelSource) => Promise<T>,
  ): Promise<T> {
    const known = this.#images.get(image.imageId);
    const opened = known ?? { source: this.#open(image.path, image.part), users: 0, closing: false };
    // The order of the map is the order of use.
    this.#images.delete(image.imageId);
    this.#images.set(image.imageId, opened);
    opened.users++;
    try {
      return await work(await opened.source);
    } catch (error) {
      if (!known) await opened.source.catch(() => this.#images.delete(image.imageId));
      throw error;
    } finally {
      opened.users--;
      this.#tidy(opened);
    }
  }

  close(imageId: string): void {
    const opened = this.#images.get(imageId);
    if (!opened) return;
    this.#images.delete(imageId);
    opened.closing = true;
    this.#tidy(opened);
  }

  #tidy(used: Opened): void {
    if (used.closing && used.users === 0) closeQuietly(used);
    for (const [imageId, opened] of this.#images) {
      if (this.#images.size <= MOST_OPEN) return;
      if (opened.users > 0) continue;
      this.#images.delete(imageId);
      closeQuietly(opened);
    }
  }
}

/** What cannot be opened needs no closing, and a failure to close concerns nobody. */
function closeQuietly(opened: Opened): void {
  opened.source.then((source) => source.close()).catch(() => undefined);
}
