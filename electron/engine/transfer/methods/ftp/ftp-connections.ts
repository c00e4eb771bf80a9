import type { TransferPolicy } from '../../retry.ts';
import { Trouble } from '../../trouble.ts';
import { connect, type FtpConnection } from './ftp-connection.ts';
import type { FtpTarget } from './ftp-target.ts';
import { ftpTrouble } from './ftp-trouble.ts';

/** Connections to one server that are used again and again, at most so many at the same time. */
export class FtpConnections {
  readonly #target: FtpTarget;
  readonly #policy: TransferPolicy;
  readonly #resting: FtpConnection[] = [];
  readonly #waiting: (() => void)[] = [];
  #most: number;
  #open = 0;
  #closed = false;

  constructor(target: FtpTarget, policy: TransferPolicy, most: number) {
    this.#target = target;
    this.#policy = policy;
    this.#most = most;
  }

  /**
   * Works with a connection of its own. A fired signal ends it at once and throws its reason; every other failure is
   * a Trouble. A connection that broke is not used again.
   */
  async use<T>(signal: AbortSignal, work: (connection: FtpConnection) => Promise<T>): Promise<T> {
    const connection = await this.#take(signal);
    const { client } = connection;
    const end = () => client.close();
    signal.addEventListener('abort', end, { once: true });
    try {
      return await work(connection);
    } catch (error) {
      signal.throwIfAborted();
      throw ftpTrouble(error, this.#target.host);
    } finally {
      signal.removeEventListener('abort', end);
      this.#giveBack(connection);
    }
  }

  close(): void {
    this.#closed = true;
    for (const { client } of this.#resting.splice(0)) client.close();
    this.#next();
  }

  async #take(signal: AbortSignal): Promise<FtpConnection> {
    for (;;) {
      signal.throwIfAborted();
      const resting = this.#resting.pop();
      if (resting && !resting.client.closed) return resting;
      if (resting) {
        this.#open -= 1;
        continue;
      }
      if (this.#open < this.#most) {
        this.#open += 1;
        try {
          return await connect(this.#target, this.#policy, signal);
        } catch (error) {
          this.#open -= 1;
          this.#next();
          if (!this.#isCrowded(error)) throw error;
        }
      }
      await this.#turn(signal);
    }
  }

  /** The server takes fewer connections than were tried: those there are will do, from now on. */
  #isCrowded(error: unknown): boolean {
    if (!(error instanceof Trouble) || error.code !== 'too-many' || this.#open === 0) return false;
    this.#most = this.#open;
    return true;
  }

  #turn(signal: AbortSignal): Promise<void> {
    if (this.#resting.length > 0 || this.#open < this.#most) return Promise.resolve();
    return new Promise((resolve) => {
      const go = () => {
        signal.removeEventListener('abort', go);
        resolve();
      };
      signal.addEventListener('abort', go, { once: true });
      this.#waiting.push(go);
    });
  }

  #giveBack(connection: FtpConnection): void {
    if (this.#closed || connection.client.closed) {
      connection.client.close();
      this.#open -= 1;
    } else this.#resting.push(connection);
    this.#next();
  }

  #next(): void {
    for (const go of this.#waiting.splice(0)) go();
  }
}
