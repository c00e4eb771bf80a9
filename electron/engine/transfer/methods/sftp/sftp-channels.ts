import type { TransferPolicy } from '../../retry.ts';
import { SftpChannel } from './sftp-channel.ts';
import type { SftpTarget } from './sftp-target.ts';
import { sftpTrouble } from './sftp-trouble.ts';

/** Channels to one server, each a connection of its own, opened when first needed and again when they broke. */
export class SftpChannels {
  readonly #target: SftpTarget;
  readonly #policy: TransferPolicy;
  readonly #closing = new AbortController();
  readonly #channels = new Map<number, Promise<SftpChannel>>();

  constructor(target: SftpTarget, policy: TransferPolicy) {
    this.#target = target;
    this.#policy = policy;
  }

  /** The channel of a number. Failures are Troubles. */
  async get(number: number): Promise<SftpChannel> {
    const known = this.#channels.get(number);
    const open = known === undefined ? null : await known.catch(() => null);
    if (open && !open.closed) return open;
    // Somebody who waited as well may have opened it meanwhile.
    const now = this.#channels.get(number);
    if (now !== undefined && now !== known) return now;
    const opening = SftpChannel.open(this.#target, this.#policy, this.#closing.signal);
    opening.catch(() => {});
    this.#channels.set(number, opening);
    return opening;
  }

  /** Works with a channel. A fired signal throws its reason, every other failure is a Trouble. */
  async use<T>(number: number, signal: AbortSignal, work: (channel: SftpChannel) => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    try {
      return await work(await this.get(number));
    } catch (error) {
      signal.throwIfAborted();
      throw sftpTrouble(error, this.#target.host);
    }
  }

  close(): void {
    this.#closing.abort(new Error('The session was closed.'));
    for (const opening of this.#channels.values()) {
      opening.then(
        (channel) => channel.close(),
        () => {},
      );
    }
  }
}
