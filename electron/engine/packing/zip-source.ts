import { ZipChecker } from './zip-checker.ts';
import { type MemberSource, type PackList, zipPieces } from './zip-stream.ts';

/**
 * A ZIP that is made while it is read, as if it lay on the disk. Every byte that goes out also goes through a
 * {@link ZipChecker}, which reads it as an unpacker would: the end is only reached when the whole is sound.
 * @param bytes the length that was told before, to which it is held
 */
export class ZipSource implements MemberSource {
  readonly #pieces: AsyncGenerator<Uint8Array>;
  readonly #checker: ZipChecker;
  #rest: Uint8Array = new Uint8Array(0);
  #ended = false;

  constructor(list: PackList, bytes: number) {
    this.#pieces = zipPieces(list);
    this.#checker = new ZipChecker(bytes);
  }

  async read(buffer: Uint8Array): Promise<number> {
    let filled = 0;
    while (filled < buffer.byteLength) {
      if (this.#rest.byteLength === 0) {
        const next = await this.#pieces.next();
        if (next.done === true) {
          if (!this.#ended) this.#checker.finish();
          this.#ended = true;
          break;
        }
        this.#rest = next.value;
        this.#checker.push(next.value);
      }
      const part = this.#rest.subarray(0, buffer.byteLength - filled);
      buffer.set(part, filled);
      filled += part.byteLength;
      this.#rest = this.#rest.subarray(part.byteLength);
    }
    return filled;
  }

  /** Each member was looked at again when its last byte was read; here the whole must have been sound. */
  async verify(): Promise<void> {
    if (!this.#ended) await this.read(new Uint8Array(1));
  }

  async close(): Promise<void> {
    await this.#pieces.return(undefined);
  }
}
