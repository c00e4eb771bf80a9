import type { SftpChannel } from './sftp-channel.ts';

/** Bytes of one write request: what OpenSSH takes at most, with its header (PROTOCOL, 256 KiB). */
export const CHUNK = 255 * 1024;

/** Writes bytes of a buffer at an offset of an open file, all requests under way at once. */
export async function writeAt(
  channel: SftpChannel,
  handle: Buffer,
  bytes: Buffer,
  at: number,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const writes: Promise<void>[] = [];
  for (let from = 0; from < bytes.byteLength; from += CHUNK) {
    const length = Math.min(CHUNK, bytes.byteLength - from);
    writes.push(channel.write(handle, bytes, from, length, at + from).then(() => onBytes(length)));
  }
  // All settled first: the buffer must not be used for something else while a request still holds it.
  const ended = await Promise.allSettled(writes);
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
}
