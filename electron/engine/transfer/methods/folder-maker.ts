/** How one server is asked about folders, absolute paths. */
export interface FolderCalls {
  readonly isThere: (folder: string) => Promise<boolean>;
  readonly make: (folder: string) => Promise<void>;
}

/** Makes folders at an archive, each once; several files that need the same one wait for the first. */
export class FolderMaker {
  readonly #made = new Map<string, Promise<void>>();

  /** Makes a folder and those above it as far as they can be seen; what is there already is left as it is. */
  async make(calls: FolderCalls, folder: string): Promise<void> {
    if (folder === '' || folder === '/') return;
    const made = this.#made.get(folder) ?? this.#ensure(calls, folder);
    this.#made.set(folder, made);
    try {
      await made;
    } catch (error) {
      this.#made.delete(folder);
      throw error;
    }
  }

  async #ensure(calls: FolderCalls, folder: string): Promise<void> {
    if (await calls.isThere(folder)) return;
    await this.make(calls, folder.slice(0, folder.lastIndexOf('/')));
    try {
      await calls.make(folder);
    } catch (error) {
      // Another connection or program was faster.
      if (!(await calls.isThere(folder))) throw error;
    }
  }
}
