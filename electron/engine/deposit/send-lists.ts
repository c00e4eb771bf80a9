import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { Problem } from '../../../shared/model/problem.ts';
import { formatCounted } from '../../../shared/rules/format-quantities.ts';
import { profileOfFile } from '../library/submission-row.ts';
import { hashLocalFile, identityOf } from '../transfer/local-file.ts';
import { type OutgoingFile, splitRemotePath } from '../transfer/method.ts';
import { patiently } from '../transfer/patience.ts';
import { plannedLists } from '../transfer/plan.ts';
import { Trouble } from '../transfer/trouble.ts';
import { rowsBySending } from './file-list-rows.ts';
import type { Run } from './run.ts';

const sentSchema = z.array(
  z.object({ path: z.string(), block: z.string(), sha256: z.string(), rows: z.number() }),
);
type SentList = z.infer<typeof sentSchema>[number];

/** The lists that the archive has, as the last attempt left them. */
export function sentLists(run: Run): SentList[] {
  return sentSchema.safeParse(run.steps.data('file-lists').lists).data ?? [];
}

/**
 * Writes the file list of each block, sends those that the archive does not have like this, and sees in its listing
 * that they arrived. Returns true when any had to be sent.
 */
export async function sendLists(run: Run): Promise<boolean> {
  const { file, steps, remoteFolder, deposit, signal } = run;
  const profile = profileOfFile(file);
  const planned = plannedLists(file);
  const before = sentLists(run);
  steps.running('file-lists', `Writing ${formatCounted(planned.length, 'list')}`);
  const folder = await mkdtemp(join(tmpdir(), 'slipway-lists-'));
  try {
    const lists: SentList[] = [];
    let sent = 0;
    for (const { name, block } of planned) {
      const path = `${remoteFolder}/${name}`;
      refuseTaken(run, path);
      run.view.say(`Writing ${name}`);
      const localPath = join(folder, name);
      const rows = await deposit.writeList(
        localPath,
        rowsBySending(file, remoteFolder, block),
        profile.fileList.columns,
        signal,
      );
      const local = { localPath, ...identityOf(await stat(localPath, { bigint: true })) };
      const sha256 = await hashLocalFile(local, signal);
      const known = before.some((list) => list.path === path && list.sha256 === sha256);
      if (!known || (await sizeAtArchive(run, path)) !== local.size) {
        run.view.say(`Sending ${name}`);
        await sendList(run, { ...local, remotePath: path });
        sent += 1;
      }
      lists.push({ path, block, sha256, rows });
    }
    const rows = lists.reduce((sum, list) => sum + list.rows, 0);
    steps.done('file-lists', `${formatCounted(lists.length, 'list')} with ${formatCounted(rows, 'file')}`, {
      lists,
    });
    return sent > 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Has the archive check every list that was sent. */
export async function validateLists(run: Run): Promise<void> {
  const { steps, session, patience, signal } = run;
  const lists = sentLists(run);
  for (const [at, { path }] of lists.entries()) {
    const { name } = splitRemotePath(path);
    steps.running('validate', `${name} (${at + 1} of ${lists.length})`);
    run.view.say(`The archive checks ${name} and looks for every file in it`);
    await patiently(patience, () => session.validateList(path, signal)).catch((error: unknown) => {
      throw error instanceof Trouble && error.kind === 'file' ? refusedList(name, error) : error;
    });
  }
  steps.done('validate', `The archive found every file of ${formatCounted(lists.length, 'list')}`);
}

/** Sends one list as often as it takes; small, so it simply goes again after anything unclear. */
async function sendList(run: Run, list: OutgoingFile): Promise<void> {
  const { session, policy, patience, signal } = run;
  // Lists are small, and the submission tool needs no folder to be made first.
  const sending = (await patiently(patience, () => session.method('submission-tool', signal))).open();
  try {
    for (let attempt = 1; ; attempt++) {
      await patiently(patience, () => sending.send(list, { signal, onBytes: () => {}, onSaving: () => {} }));
      const size = await sizeAtArchive(run, list.remotePath);
      if (size === list.size) return;
      if (attempt < policy.losses) continue;
      const { name } = splitRemotePath(list.remotePath);
      const what = size === null ? 'does not list it' : `lists ${size} bytes instead of ${list.size}`;
      throw new Problem('list-lost', `The file list ${name} did not arrive.`, {
        cause: `The archive said that it took it, but ${what}. This happened ${attempt} times.`,
        advice: 'Wait a while and send again; if it happens again, ask the archive.',
      });
    }
  } finally {
    await sending.close();
  }
}

async function sizeAtArchive(run: Run, remotePath: string): Promise<number | null> {
  const { folder, name } = splitRemotePath(remotePath);
  const method = await patiently(run.patience, () => run.session.method('submission-tool', run.signal));
  const sending = method.open();
  try {
    return await patiently(run.patience, async () => {
      let size: number | null = null;
      for await (const item of sending.list(folder, run.signal)) {
        if (item.kind === 'file' && item.name === name) size = item.size;
      }
      return size;
    });
  } finally {
    await sending.close();
  }
}

/** A list must not be sent over a file of the submission. */
function refuseTaken(run: Run, path: string): void {
  if (
    run.file.get('SELECT 1 AS one FROM transfer_file WHERE remote_path = ? AND wanted = 1', path) ===
    undefined
  )
    return;
  throw new Problem(
    'list-name-taken',
    `A file of the submission is called ${path}, as its file list would be.`,
    {
      advice: 'Give the file another remote name in Files, then send again.',
    },
  );
}

function refusedList(name: string, trouble: Trouble): Problem {
  return new Problem('list-refused', `The archive does not accept the file list ${name}.`, {
    cause: trouble.message,
    advice: 'Put right what it names, check once more, then send again.',
  });
}
