import type { ImageInfo } from '../../../shared/imaging/image-info.ts';

/** What is opened: a submission's entry or a part of it. */
export interface ImageRef {
  readonly submissionId: string;
  readonly entryId: number;
  readonly part: string;
  /** Time of the file's last change: a changed file is another image. */
  readonly modifiedMs: number;
}

export interface ImageOpener {
  open(ref: ImageRef): Promise<ImageInfo>;
  close(imageId: string): void;
}

interface Opened {
  readonly info: Promise<ImageInfo>;
  users: number;
}

/**
 * Images that the room has opened. One that is used twice is opened once; the last few stay open after use, so that
 * going back is quick, and the engine is told to close the rest.
 */
export class OpenedImages {
  readonly #opener: ImageOpener;
  readonly #kept: number;
  /** The longest unused first. */
  readonly #opened = new Map<string, Opened>();

  constructor(opener: ImageOpener, kept = 6) {
    this.#opener = opener;
    this.#kept = kept;
  }

  /** Opens an image, or gives the one that is open. Call `release` once for each `acquire`. */
  acquire(ref: ImageRef): { readonly info: Promise<ImageInfo>; readonly release: () => void } {
    const key = `${ref.submissionId} ${ref.entryId} ${ref.modifiedMs} ${ref.part}`;
    const held = this.#opened.get(key) ?? { info: this.#opener.open(ref), users: 0 };
    this.#opened.delete(key);
    this.#opened.set(key, held);
    held.users++;
    // What could not be opened is not kept: the next one to ask tries again.
    held.info.catch(() => {
      if (this.#opened.get(key) === held) this.#opened.delete(key);
    });
    let released = false;
    return {
      info: held.info,
      release: () => {
        if (released) return;
        released = true;
        held.users--;
        this.#trim();
      },
    };
  }

  /** Forgets everything without closing it: the engine that had it open is gone. */
  forget(): void {
    this.#opened.clear();
  }

  #trim(): void {
    const idle = [...this.#opened].filter(([, { users }]) => users === 0);
    for (const [key, { info }] of idle.slice(0, Math.max(0, idle.length - this.#kept))) {
      this.#opened.delete(key);
      info.then(
        ({ imageId }) => this.#opener.close(imageId),
        () => {},
      );
    }
  }
}
