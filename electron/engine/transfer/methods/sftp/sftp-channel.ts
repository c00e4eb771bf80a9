import { createHash } from 'node:crypto';
import ssh2, { type Client, type SFTPWrapper, type Stats } from 'ssh2';
import type { TransferPolicy } from '../../retry.ts';
import type { FolderCalls } from '../folder-maker.ts';
import type { SftpTarget } from './sftp-target.ts';
import { hostKeyTrouble, isMissingThere, sftpTrouble } from './sftp-trouble.ts';

/** What is in a folder. */
export interface SftpItem {
  readonly name: string;
  readonly isFolder: boolean;
  readonly isFile: boolean;
  readonly size: number;
}

/** One connection with one SFTP channel, whose requests may overlap. */
export class SftpChannel {
  readonly #client: Client;
  readonly #sftp: SFTPWrapper;
  #closed = false;

  private constructor(client: Client, sftp: SFTPWrapper) {
    this.#client = client;
    this.#sftp = sftp;
    client.once('close', () => {
      this.#closed = true;
    });
    // A broken connection ends every request with an error of its own.
    sftp.on('error', () => {});
  }

  /**
   * Connects, looks at the server's key, signs in, opens the channel. Every failure is a Trouble, a fired signal an
   * AbortError.
   */
  static async open(target: SftpTarget, policy: TransferPolicy, signal: AbortSignal): Promise<SftpChannel> {
    signal.throwIfAborted();
    const client = new ssh2.Client();
    // It may speak of its end more than once.
    client.on('error', () => {});
    let seen = '';
    let end: () => void = () => {};
    try {
      const sftp = await new Promise<SFTPWrapper>((resolve, reject) => {
        end = () => reject(signal.reason);
        signal.addEventListener('abort', end, { once: true });
        client.once('error', reject);
        client.once('close', () => reject(new Error('The connection was closed.')));
        client.once('ready', () => {
          // One write at a time meets the waits of Nagle's algorithm otherwise, which ssh2 leaves on.
          client.setNoDelay(true);
          client.sftp((error, channel) => (error ? reject(error) : resolve(channel)));
        });
        client.connect({
          host: target.host,
          port: target.port,
          username: target.user,
          ...target.credentials,
          readyTimeout: policy.answerMs,
          keepaliveInterval: Math.max(1000, Math.floor(policy.stallMs / 4)),
          keepaliveCountMax: 4,
          hostVerifier: (key: Buffer) => {
            seen = `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
            return seen === target.hostKey;
          },
        });
      });
      return new SftpChannel(client, sftp);
    } catch (error) {
      client.destroy();
      signal.throwIfAborted();
      if (seen !== '' && seen !== target.hostKey) throw hostKeyTrouble(target.host, seen, target.hostKey);
      throw sftpTrouble(error, target.host);
    } finally {
      signal.removeEventListener('abort', end);
    }
  }

  get closed(): boolean {
    return this.#closed;
  }

  close(): void {
    this.#closed = true;
    this.#client.destroy();
  }

  /** Opens a file: `w` makes or empties it, `r+` leaves what is there. */
  open(path: string, flags: 'w' | 'r+' | 'r'): Promise<Buffer> {
    return this.#ask((done) => this.#sftp.open(path, flags, done));
  }

  write(handle: Buffer, bytes: Buffer, from: number, length: number, at: number): Promise<void> {
    return this.#ask((done) => this.#sftp.write(handle, bytes, from, length, at, done));
  }

  /** Reads up to `length` bytes; returns how many, 0 at the end. */
  async read(handle: Buffer, into: Buffer, length: number, at: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#sftp.read(handle, into, 0, length, at, (error, bytes) => {
        if (error && 'code' in error && error.code === 1) resolve(0);
        else if (error) reject(error);
        else resolve(bytes);
      });
    });
  }

  closeFile(handle: Buffer): Promise<void> {
    return this.#ask((done) => this.#sftp.close(handle, done));
  }

  /** Bytes of a file; null when there is none. */
  async size(path: string): Promise<number | null> {
    try {
      return (await this.#ask<Stats>((done) => this.#sftp.stat(path, done))).size;
    } catch (error) {
      if (isMissingThere(error)) return null;
      throw error;
    }
  }

  readonly folders: FolderCalls = {
    make: async (path) => {
      await this.#ask((done) => this.#sftp.mkdir(path, done));
    },
    isThere: async (path) => {
      try {
        return (await this.#ask<Stats>((done) => this.#sftp.stat(path, done))).isDirectory();
      } catch (error) {
        if (isMissingThere(error)) return false;
        throw error;
      }
    },
  };

  /** Puts a file in the place of another one, at once where the server can (posix-rename@openssh.com). */
  async replace(from: string, to: string): Promise<void> {
    try {
      await this.#ask((done) => this.#sftp.ext_openssh_rename(from, to, done));
    } catch {
      await this.#ask((done) => this.#sftp.unlink(to, done)).catch(() => {});
      await this.#ask((done) => this.#sftp.rename(from, to, done));
    }
  }

  /** What is in a folder, as it comes; nothing when there is no such folder. */
  async *list(path: string): AsyncGenerator<SftpItem> {
    let handle: Buffer;
    try {
      handle = await this.#ask<Buffer>((done) => this.#sftp.opendir(path, done));
    } catch (error) {
      if (isMissingThere(error)) return;
      throw error;
    }
    try {
      for (;;) {
        const page = await this.#page(handle);
        if (page === null) return;
        for (const { filename, attrs } of page) {
          if (filename === '.' || filename === '..') continue;
          const isFolder = attrs.isDirectory();
          yield { name: filename, isFolder, isFile: attrs.isFile(), size: isFolder ? 0 : attrs.size };
        }
      }
    } finally {
      await this.closeFile(handle).catch(() => {});
    }
  }

  #page(handle: Buffer): Promise<readonly { filename: string; attrs: Stats }[] | null> {
    return new Promise((resolve, reject) => {
      this.#sftp.readdir(handle, (error, list) => {
        if (error && 'code' in error && error.code === 1) resolve(null);
        else if (error) reject(error);
        else resolve(list as unknown as { filename: string; attrs: Stats }[]);
      });
    });
  }

  #ask<T = void>(
    request: (done: (error: Error | null | undefined, answer?: T) => void) => unknown,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(new Error('The connection was closed.'));
      // A connection that breaks ends every request that waits (ssh2, "No response from server").
      request((error, answer) => (error ? reject(error) : resolve(answer as T)));
    });
  }
}
