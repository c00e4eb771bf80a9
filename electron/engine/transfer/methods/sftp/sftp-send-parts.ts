import { createHash } from 'node:crypto';
import { type ByteSource, openSource } from '../../local-file.ts';
import { type OutgoingFile, type SendOptions, splitRemotePath } from '../../method.ts';
import { forgetfulPartLog, PART, type PartLog, partCount } from '../../part-log.ts';
import { partialPath } from './partial-path.ts';
import type { SftpSending } from './sftp.ts';
import { writeAt } from './sftp-write.ts';
import { untilStalled } from './until-stalled.ts';

/**
 * Sends a large file in parts over several channels. It is read once, from its start to its end, hashed on the way;
 * parts that the server has from before are read and not sent.
 * @returns its SHA-256
 */
export async function sendInParts(
  sending: SftpSending,
  file: OutgoingFile,
  options: SendOptions,
): Promise<string> {
  const { channels, folders, pathOf, policy } = sending;
  const { signal } = options;
  const path = pathOf(file.remotePath);
  const partial = partialPath(path);
  const source = await openSource(file);
  const stopping = new AbortController();
  try {
    await channels.use(0, signal, (channel) =>
      folders.make(channel.folders, pathOf(splitRemotePath(file.remotePath).folder)),
    );
    const log = file.begun ? (file.parts ?? forgetfulPartLog()) : forgotten(file.parts);
    const has = await partsThere(sending, partial, file, log, signal);
    const held = [...has].reduce((sum, part) => sum + lengthOf(part, file.size), 0);
    if (held > 0) options.onHeld?.(held);

    const work = new PartWork(sending, partial, options, AbortSignal.any([signal, stopping.signal]));
    const sha256 = await readAll(source, file.size, has, log, work);
    await source.verify();
    options.onSaving(sha256);
    await work.closeFiles();
    await channels.use(0, signal, (channel) =>
      untilStalled(channel, policy.stallMs, signal, () => channel.replace(partial, path)),
    );
    return sha256;
  } finally {
    stopping.abort();
    await source.close();
  }
}

function forgotten(log: PartLog | undefined): PartLog {
  log?.clear();
  return log ?? forgetfulPartLog();
}

function lengthOf(part: number, size: number): number {
  return Math.min(PART, size - part * PART);
}

/** The parts that the server has; none, and none remembered, when the unfinished file is not there as it was. */
async function partsThere(
  { channels }: SftpSending,
  partial: string,
  file: OutgoingFile,
  log: PartLog,
  signal: AbortSignal,
): Promise<ReadonlySet<number>> {
  const done = log.done();
  const reach = [...done].reduce((most, part) => Math.max(most, part * PART + lengthOf(part, file.size)), 0);
  return channels.use(0, signal, async (channel) => {
    if (done.size > 0 && ((await channel.size(partial)) ?? -1) >= reach) return new Set(done);
    log.clear();
    await channel.closeFile(await channel.open(partial, 'w'));
    return new Set<number>();
  });
}

/** Reads part after part, hashes each, and gives those that are missing away. Ends when all have arrived. */
async function readAll(
  source: ByteSource,
  size: number,
  has: ReadonlySet<number>,
  log: PartLog,
  work: PartWork,
): Promise<string> {
  const hash = createHash('sha256');
  for (let part = 0; part < partCount(size); part++) {
    const { bytes, giveBack } = await work.room(lengthOf(part, size));
    try {
      for (let filled = 0; filled < bytes.byteLength; ) filled += await source.read(bytes.subarray(filled));
    } catch (error) {
      giveBack();
      throw error;
    }
    hash.update(bytes);
    if (has.has(part)) giveBack();
    else work.give(bytes, part * PART, giveBack, () => log.add(part));
  }
  await work.settled();
  return hash.digest('hex');
}

/** Parts under way, each on the first channel that is free. */
class PartWork {
  readonly #sending: SftpSending;
  readonly #path: string;
  readonly #options: SendOptions;
  readonly #signal: AbortSignal;
  readonly #free: number[];
  readonly #underWay = new Set<Promise<void>>();
  readonly #handles = new Map<number, { readonly handle: Buffer; readonly close: () => Promise<void> }>();
  #waiting: (() => void) | null = null;
  #failure: { readonly error: unknown } | null = null;

  constructor(sending: SftpSending, path: string, options: SendOptions, signal: AbortSignal) {
    this.#sending = sending;
    this.#path = path;
    this.#options = options;
    this.#signal = signal;
    this.#free = Array.from({ length: sending.channelCount }, (_, number) => number).reverse();
  }

  /** Waits for a channel and for memory, and gives a buffer. Throws what went wrong meanwhile. */
  async room(length: number): Promise<{ bytes: Buffer; giveBack: () => void }> {
    while (this.#free.length === 0 && !this.#failure) {
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
    }
    if (this.#failure) throw this.#failure.error;
    const giveBack = await this.#sending.budget.take(length, this.#signal);
    return { bytes: Buffer.allocUnsafe(length), giveBack };
  }

  give(bytes: Buffer, at: number, giveBack: () => void, arrived: () => void): void {
    const number = this.#free.pop() ?? 0;
    const sent = this.#send(number, bytes, at)
      .then(arrived)
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => {
        giveBack();
        this.#free.push(number);
        this.#underWay.delete(sent);
        this.#waiting?.();
      });
    this.#underWay.add(sent);
  }

  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
    if (this.#failure) throw this.#failure.error;
  }

  async closeFiles(): Promise<void> {
    for (const { close } of this.#handles.values()) await close();
    this.#handles.clear();
  }

  #send(number: number, bytes: Buffer, at: number): Promise<void> {
    const { channels, policy } = this.#sending;
    return channels.use(number, this.#signal, (channel) =>
      untilStalled(channel, policy.stallMs, this.#signal, async (moved) => {
        let known = this.#handles.get(number);
        if (!known) {
          const handle = await channel.open(this.#path, 'r+');
          known = { handle, close: () => channel.closeFile(handle) };
          this.#handles.set(number, known);
        }
        await writeAt(channel, known.handle, bytes, at, (count) => {
          moved();
          this.#options.onBytes(count);
        });
      }),
    );
  }
}
