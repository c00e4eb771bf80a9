import { createHash } from 'node:crypto';
import { openSource } from '../../local-file.ts';
import { type OutgoingFile, type SendOptions, splitRemotePath } from '../../method.ts';
import { partialPath } from './partial-path.ts';
import type { SftpSending } from './sftp.ts';
import { CHUNK, writeAt } from './sftp-write.ts';
import { untilStalled } from './until-stalled.ts';

/**
 * Sends a file that fits one part over the first channel, which many share.
 * @returns its SHA-256
 */
export async function sendWhole(
  { channels, folders, budget, pathOf, policy }: SftpSending,
  file: OutgoingFile,
  { signal, onBytes, onSaving }: SendOptions,
): Promise<string> {
  const giveBack = await budget.take(file.size, signal);
  const source = await openSource(file).catch((error: unknown) => {
    giveBack();
    throw error;
  });
  try {
    const bytes = Buffer.allocUnsafe(file.size);
    for (let filled = 0; filled < bytes.byteLength; ) filled += await source.read(bytes.subarray(filled));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await source.verify();
    const path = pathOf(file.remotePath);
    const target = file.size > CHUNK ? partialPath(path) : path;
    await channels.use(0, signal, (channel) =>
      untilStalled(channel, policy.stallMs, signal, async (moved) => {
        await folders.make(channel.folders, pathOf(splitRemotePath(file.remotePath).folder));
        const handle = await channel.open(target, 'w');
        moved();
        await writeAt(channel, handle, bytes, 0, (count) => {
          moved();
          onBytes(count);
          signal.throwIfAborted();
        });
        if (target !== path) await source.verify();
        onSaving(sha256);
        await channel.closeFile(handle);
        if (target !== path) await channel.replace(target, path);
      }),
    );
    return sha256;
  } finally {
    giveBack();
    await source.close();
  }
}
