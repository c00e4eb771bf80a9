import { join } from 'node:path';
import type { CallOutput } from '../../../shared/contract/contract.ts';
import { type MethodId, methodIdSchema } from '../../../shared/model/plan.ts';
import { Problem } from '../../../shared/model/problem.ts';
import { archiveChoiceSchema } from '../../../shared/model/submission.ts';
import type { TransferSnapshot } from '../../../shared/model/transfer.ts';
import {
  formatBytes,
  formatCount,
  formatCounted,
  formatDuration,
} from '../../../shared/rules/format-quantities.ts';
import { askAccount, askFtpPassword } from '../account-prompt.ts';
import { type CommandLine, operands, WrongUse } from '../arguments.ts';
import type { Command } from '../command.ts';
import { outFolder } from '../out-folder.ts';
import { type Session, startSession } from '../session.ts';
import { sourceWords } from './scan.ts';
import { contentLines } from './tree.ts';

/** `file-list FILE --out DIR` */
export const fileList: Command = async ({ line, output }) => {
  const { FILE } = operands(line, 'FILE');
  if (line.values.out === undefined) throw new WrongUse('Use: slipway file-list FILE --out DIR');
  const folder = await outFolder(line.values.out);
  const session = startSession();
  try {
    const { id } = await session.open(FILE);
    const { files } = await session.client.call('send.writeFileLists', { id, folder });
    for (const { name, rows } of files) output.say(`Wrote ${join(folder, name)}: ${formatCount(rows)} files`);
    output.result({ folder, files });
    return 0;
  } finally {
    await session.close();
  }
};

/** `upload FILE`: 1 when findings stand in the way or files could not be sent. */
export const upload: Command = async ({ line, output, signal }) => {
  const { FILE } = operands(line, 'FILE');
  sendingOptions(line);
  const session = startSession();
  try {
    const { id } = await session.open(FILE);
    await chooseArchive(session, id, line);
    // Reading every picture again takes its time; what was checked and not changed since need not be.
    const { checkedAt, findings } = await session.client.call('submission.get', { id });
    const counts =
      checkedAt !== null && findings.must === 0
        ? findings
        : (
            await session.client.call(
              'check.run',
              { id },
              { signal, onProgress: ({ now }) => output.progress(now) },
            )
          ).counts;
    if (counts.must > 0) {
      throw new Problem(
        'must-fix',
        `${formatCounted(counts.must, 'finding')} must be fixed before anything is sent.`,
        {
          advice: `See them with: slipway check ${FILE}`,
        },
      );
    }
    await signIn(session, id);
    await enterFtp(session, id, line);
    const snapshot = await uploadNow(session, id, line, output.progress, signal);
    output.say(
      `Everything arrived: ${formatCount(snapshot.filesDone)} files, ${formatBytes(snapshot.bytesDone)}, confirmed by the archive.`,
    );
    output.say(`Next: slipway submit ${FILE}`);
    output.result(snapshot);
    return 0;
  } finally {
    await session.close();
  }
};

/** `submit FILE` */
export const submit: Command = async ({ line, output, signal }) => {
  const { FILE } = operands(line, 'FILE');
  const session = startSession();
  try {
    const { id } = await session.open(FILE);
    await chooseArchive(session, id, line);
    await signIn(session, id);
    const { accession } = await session.client.call(
      'send.submit',
      { id, confirmed: true },
      { signal, onProgress: ({ now }) => output.progress(now) },
    );
    output.say(`Accession: ${accession}`);
    output.result({ accession });
    return 0;
  } finally {
    await session.close();
  }
};

/** `status FILE` */
export const status: Command = async ({ line, output }) => {
  const { FILE } = operands(line, 'FILE');
  const session = startSession();
  try {
    const summary = await session.open(FILE);
    const snapshot = await session.client.call('send.status', { id: summary.id });
    const content = await session.client.call('tree.summary', { id: summary.id });
    output.say(`${summary.title || 'Untitled submission'} · ${summary.destination} · ${summary.archive}`);
    output.say(`State: ${summary.state}${summary.accession ? `, accession ${summary.accession}` : ''}`);
    output.say(
      `${formatCount(summary.entries)} files (${formatBytes(summary.bytes)}), ${formatCount(summary.pairs)} pairs, ` +
        `${formatCount(summary.missing)} required fields empty`,
    );
    for (const text of contentLines(content)) output.say(text);
    const { sources } = await session.client.call('sources.list', { id: summary.id });
    for (const source of sources) output.say(sourceWords(source));
    if (snapshot.filesTotal > 0) {
      output.say(
        `Sent: ${formatCount(snapshot.filesDone)} of ${formatCount(snapshot.filesTotal)} files, ` +
          `${formatBytes(snapshot.bytesDone)} of ${formatBytes(snapshot.bytesTotal)}`,
      );
    }
    output.result({ summary, sources, content, transfer: snapshot });
    return 0;
  } finally {
    await session.close();
  }
};

/** `receipt FILE --out DIR` */
export const receipt: Command = async ({ line, output, signal }) => {
  const { FILE } = operands(line, 'FILE');
  if (line.values.out === undefined) throw new WrongUse('Use: slipway receipt FILE --out DIR');
  const folder = await outFolder(line.values.out);
  const session = startSession();
  try {
    const { id } = await session.open(FILE);
    const written = await writeReceipt(session, id, folder, signal);
    for (const path of written) output.say(`Wrote ${path}`);
    output.result({ files: written });
    return 0;
  } finally {
    await session.close();
  }
};

/** Writes receipt.json and receipt.html; returns their paths. */
export async function writeReceipt(
  session: Session,
  id: string,
  folder: string,
  signal: AbortSignal,
): Promise<string[]> {
  const { paths } = await session.client.call('send.writeReceipt', { id, folder }, { signal });
  return paths;
}

/** Reads `--method` and `--existing`. */
export function sendingOptions(line: CommandLine): {
  method: 'auto' | MethodId;
  existing: 'ask' | 'replace' | 'keep';
} {
  const { method = 'auto', existing = 'ask' } = line.values;
  const chosen = method === 'auto' ? method : methodIdSchema.safeParse(method).data;
  if (chosen === undefined) throw new WrongUse('--method takes auto, submission-tool, ftp or chunked.');
  if (existing !== 'ask' && existing !== 'replace' && existing !== 'keep') {
    throw new WrongUse('--existing takes ask, replace or keep.');
  }
  return { method: chosen, existing };
}

/** Chooses the method; where it is FTP and the archive's password is not known, asks for it and tries it. */
export async function enterFtp(session: Session, id: string, line: CommandLine): Promise<void> {
  const plan = await session.client.call('send.setMethod', { id, method: sendingOptions(line).method });
  const { ftp } = await session.client.call('account.get', { id });
  if (plan.method !== 'ftp' || ftp === null || ftp.known) return;
  const password = await askFtpPassword(ftp.host);
  const allowPlain = line.values['plain-ftp'] === true;
  await session.client.call('account.openFtp', { id, password, allowPlain });
}

/** Uploads and throws unless every file arrived. */
export async function uploadNow(
  session: Session,
  id: string,
  line: CommandLine,
  progress: (text: string) => void,
  signal: AbortSignal,
): Promise<CallOutput<'send.upload'>> {
  const { existing } = sendingOptions(line);
  const snapshot = await session.client.call(
    'send.upload',
    { id, existing },
    { signal, onProgress: (now) => progress(progressLine(now)) },
  );
  if (signal.aborted) {
    throw new Problem('cancelled', 'Stopped, as asked.', {
      advice: 'Run the same command again to go on: what arrived is not sent again.',
    });
  }
  if (snapshot.phase !== 'uploaded' && snapshot.phase !== 'deposited') {
    const { rows } = await session.client.call('send.files', { id, state: 'failed', offset: 0, limit: 20 });
    throw new Problem(
      snapshot.problem?.code ?? 'not-all-sent',
      snapshot.problem?.message ?? `${formatCount(snapshot.filesFailed)} files could not be sent.`,
      {
        cause:
          snapshot.problem?.cause ??
          rows.map(({ remotePath, problem }) => `${remotePath}: ${problem ?? ''}`).join('\n       '),
        advice: snapshot.problem?.advice ?? 'Run the same command again: what arrived is not sent again.',
      },
    );
  }
  return snapshot;
}

/** One line that tells the truth of a running transfer. */
export function progressLine(snapshot: TransferSnapshot): string {
  const share = snapshot.bytesTotal === 0 ? 0 : Math.floor((100 * snapshot.bytesDone) / snapshot.bytesTotal);
  const left = snapshot.secondsLeft === null ? '' : `, ${formatDuration(snapshot.secondsLeft)} left`;
  return (
    `${share} % · ${formatBytes(snapshot.bytesDone)} of ${formatBytes(snapshot.bytesTotal)} · ` +
    `${formatCount(snapshot.filesDone)} of ${formatCount(snapshot.filesTotal)} files · ${formatBytes(snapshot.rate)}/s${left} · ${snapshot.now}`
  );
}

async function chooseArchive(session: Session, id: string, line: CommandLine): Promise<void> {
  const wanted = line.values.endpoint ?? line.values.archive;
  if (wanted === undefined) return;
  const archive = archiveChoiceSchema.safeParse(wanted);
  if (!archive.success)
    throw new WrongUse('--endpoint takes an address that begins with http:// or https://.');
  await session.client.call('submission.setArchive', { id, archive: archive.data });
}

/** Signs in with the account of the practice archive, or with the person's own. */
export async function signIn(session: Session, id: string): Promise<void> {
  const summary = await session.client.call('submission.get', { id });
  const account = await session.client.call('account.get', { id });
  if (account.signedInAs !== null) return;
  const { user, password } =
    summary.archive === 'practice'
      ? await session.client.call('practice.status', {})
      : await askAccount(account.archiveTitle);
  await session.client.call('account.signIn', { id, user, password });
}
