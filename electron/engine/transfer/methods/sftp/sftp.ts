import { createHash } from 'node:crypto';
import type { Method, OutgoingFile, RemoteItem, SendOptions, SendResult } from '../../method.ts';
import { PART } from '../../part-log.ts';
import type { TransferPolicy } from '../../retry.ts';
import { FolderMaker } from '../folder-maker.ts';
import { ByteBudget } from './byte-budget.ts';
import { SftpChannels } from './sftp-channels.ts';
import { sendInParts } from './sftp-send-parts.ts';
import { sendWhole } from './sftp-send-whole.ts';
import type { SftpTarget } from './sftp-target.ts';

/** Channels over which the parts of a large file go: each carries about 2 MiB in a round trip, whatever the line. */
const CHANNELS = 4;
/** Small files under way at once: on a long line it is the number of round trips under way that counts. */
const PARALLEL = 64;
/** Bytes held in memory for everything under way. */
const BUDGET = (CHANNELS + 2) * PART;

/** What the files of a session share. */
export interface SftpSending {
  readonly target: SftpTarget;
  readonly policy: TransferPolicy;
  readonly channels: SftpChannels;
  readonly channelCount: number;
  readonly folders: FolderMaker;
  readonly budget: ByteBudget;
  /** The absolute path of a remote path. */
  readonly pathOf: (remotePath: string) => string;
}

/**
 * Sends files by SFTP: small ones many at once over one channel, large ones in parts over several, each part kept in
 * the journal when the server has it (SSH file transfer protocol, draft-ietf-secsh-filexfer-02). What takes more than
 * one write goes under another name first and gets its own when it is whole, because a part written early makes a file
 * look as long as it will be. The memory does not depend on the files.
 */
export function sftp(target: SftpTarget, policy: TransferPolicy): Method {
  return {
    id: 'chunked',
    capabilities: {
      resume: 'part',
      verify: ['size'],
      parallel: PARALLEL,
      largestFile: target.largestFile,
      needsFolderFirst: true,
      listsRecursively: false,
    },
    open() {
      const channels = new SftpChannels(target, policy);
      const start = target.startFolder.replace(/\/+$/, '');
      const sending: SftpSending = {
        target,
        policy,
        channels,
        channelCount: CHANNELS,
        folders: new FolderMaker(),
        budget: new ByteBudget(BUDGET),
        pathOf: (remotePath) => `${start}/${remotePath}`,
      };
      return {
        list: (folder, signal) => list(sending, folder, signal),
        send: (file, options) => send(sending, file, options),
        readBack: (remotePath, signal) => readBack(sending, remotePath, signal),
        async close() {
          channels.close();
        },
      };
    },
  };
}

async function send(sending: SftpSending, file: OutgoingFile, options: SendOptions): Promise<SendResult> {
  const sha256 =
    file.size > PART ? await sendInParts(sending, file, options) : await sendWhole(sending, file, options);
  return { sha256, answer: 'every write was answered' };
}

async function* list(
  { channels, pathOf, target }: SftpSending,
  folder: string,
  signal: AbortSignal,
): AsyncIterable<RemoteItem> {
  const path = folder === '' ? target.startFolder : pathOf(folder);
  const items = await channels.use(0, signal, async (channel) => {
    const found: RemoteItem[] = [];
    for await (const { name, isFolder, isFile, size } of channel.list(path)) {
      signal.throwIfAborted();
      if (isFolder || isFile) found.push({ name, kind: isFolder ? 'folder' : 'file', size });
    }
    return found;
  });
  yield* items;
}

function readBack(
  { channels, pathOf }: SftpSending,
  remotePath: string,
  signal: AbortSignal,
): Promise<string> {
  return channels.use(0, signal, async (channel) => {
    const hash = createHash('sha256');
    const handle = await channel.open(pathOf(remotePath), 'r');
    try {
      const buffer = Buffer.allocUnsafe(32 * 1024);
      for (let at = 0; ; ) {
        signal.throwIfAborted();
        const bytes = await channel.read(handle, buffer, buffer.byteLength, at);
        if (bytes === 0) break;
        hash.update(buffer.subarray(0, bytes));
        at += bytes;
      }
      return hash.digest('hex');
    } finally {
      await channel.closeFile(handle).catch(() => {});
    }
  });
}
