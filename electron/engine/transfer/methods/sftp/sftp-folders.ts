import type { SftpChannel } from './sftp-channel.ts';

/** Makes folders, each once; several that need the same one wait for the first. */
export class SftpFolders {
  readonly #made = new Map<string, Promise<void>>();

  /** Makes a folder, an absolute path, and those above it as far as they can be seen. */
  async make(channel: SftpChannel, folder: string): Promise<void> {
    if (folder === '' || folder === '/') return;
    const made = this.#made.get(folder) ?? this.#ensure(channel, folder);
    this.#made.set(folder, made);
    try {
      await made;
    } catch (error) {
      this.#made.delete(folder);
      throw error;
    }
  }

  async #ensure(channel: SftpChannel, folder: string): Promise<void> {
    if (await channel.isFolder(folder)) return;
    await this.make(channel, folder.slice(0, folder.lastIndexOf('/')));
    try {
      await channel.makeFolder(folder);
    } catch (error) {
      // Another program was faster.
      if (!(await channel.isFolder(folder))) throw error;
    }
  }
}
