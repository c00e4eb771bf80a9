import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { type Fault, parseFault } from '../../../shared/model/practice.ts';
import { Problem } from '../../../shared/model/problem.ts';
import { formatBytes, formatCount, formatCounted } from '../../../shared/rules/format-quantities.ts';
import { slipwayHome } from '../../installation.ts';
import { type CommandLine, WrongUse } from '../arguments.ts';
import type { Command, CommandContext } from '../command.ts';
import { outFolder } from '../out-folder.ts';
import { type Session, startSession } from '../session.ts';
import { fixAll, groupLines } from './check.ts';
import { enterFtp, signIn, uploadNow, writeReceipt } from './send.ts';

/**
 * `rehearse FOLDER…`: the whole job, from folders to accession and receipt, against a practice archive of its own.
 * Run again with the same folders (or `--file`), it goes on where it stopped.
 */
export const rehearse: Command = async (context) => {
  const { line, output } = context;
  if (line.operands.length === 0) throw new WrongUse('Use: slipway rehearse FOLDER…');
  const folders = await Promise.all(line.operands.map(realFolder));
  const file = submissionPath(line, folders);
  await mkdir(dirname(file), { recursive: true });
  const session = startSession(join(dirname(file), `${basename(file, '.slipway')} practice archive`));
  try {
    const id = existsSync(file) ? (await session.open(file)).id : await begin(session, file, folders);
    output.say(`Rehearsing with ${file}`);
    await session.client.call('practice.setFaults', { faults: faultOptions(line) });
    if ((await session.client.call('submission.get', { id })).state === 'draft') {
      const ready = await prepare(session, id, folders, context);
      if (!ready) return 1;
    }
    await signIn(session, id);
    await enterFtp(session, id, line);
    const snapshot = await uploadNow(session, id, line, output.progress, context.signal);
    output.say(
      `Sent ${formatCount(snapshot.filesDone)} files, ${formatBytes(snapshot.bytesDone)}, each confirmed by the practice archive.`,
    );
    const { accession } = await session.client.call(
      'send.submit',
      { id, confirmed: true },
      { signal: context.signal, onProgress: ({ now }) => output.progress(now) },
    );
    const out = await outFolder(line.values.out ?? dirname(file));
    const receipts = await writeReceipt(session, id, out, context.signal);
    output.say(`Accession: ${accession} (practice: nothing left this computer)`);
    for (const path of receipts) output.say(`Receipt: ${path}`);
    const { folder } = await session.client.call('practice.status', {});
    output.say(`What the archive holds: ${folder}`);
    output.result({
      accession,
      file,
      receipts,
      archive: folder,
      files: snapshot.filesDone,
      bytes: snapshot.bytesDone,
    });
    return 0;
  } finally {
    await session.close();
  }
};

/** Reads every `--fault KIND[@N]`. */
export function faultOptions(line: CommandLine): Fault[] {
  return (line.values.fault ?? []).map((text) => {
    const fault = parseFault(text);
    if (!fault) throw new WrongUse(`--fault takes KIND or KIND@N, and there is no "${text}".`);
    return fault;
  });
}

async function realFolder(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch {
    throw new Problem('no-folder', `There is no folder ${folder}.`, {
      advice: 'Name the folder that holds the images and masks.',
    });
  }
}

/** The same folders always lead to the same submission file, so that a rehearsal goes on after a kill. */
function submissionPath(line: CommandLine, folders: readonly string[]): string {
  if (line.values.file !== undefined) return resolve(line.values.file);
  const key = createHash('sha256').update(folders.join('\0')).digest('hex').slice(0, 8);
  return join(slipwayHome(), 'Rehearsals', `${basename(folders[0] ?? '')}-${key}`, 'rehearsal.slipway');
}

async function begin(session: Session, file: string, folders: readonly string[]): Promise<string> {
  const title = `Rehearsal of a deposit from ${folders.map((folder) => basename(folder)).join(', ')}`;
  const summary = await session.client.call('files.create', {
    path: file,
    destination: 'bia-annotations',
    archive: 'practice',
    title,
  });
  return summary.id;
}

/** Scans, describes, checks and applies the safe fixes; false when something must still be fixed by a person. */
async function prepare(
  session: Session,
  id: string,
  folders: readonly string[],
  context: CommandContext,
): Promise<boolean> {
  const { output, signal } = context;
  for (const path of folders) {
    const { grant } = await session.client.call('grants.issue', { path });
    await session.client.call('sources.add', { id, grant });
  }
  const progress = ({ now }: { now: string }) => output.progress(now);
  const scanned = await session.client.call('sources.scan', { id }, { signal, onProgress: progress });
  output.say(
    `Found ${formatCount(scanned.files)} files, ${formatBytes(scanned.bytes)}, ${formatCount(scanned.pairs)} pairs.`,
  );
  await session.client.call('describe.fill', { id, json: rehearsalDescription(folders) });
  await session.client.call('check.run', { id }, { signal, onProgress: progress });
  const fixed = await fixAll(session, id, output.say);
  const { counts } = await session.client.call('check.run', { id }, { signal, onProgress: progress });
  const { groups } = await session.client.call('findings.groups', { id });
  for (const group of groups) {
    const { rows } = await session.client.call('findings.page', {
      id,
      rule: group.rule,
      level: group.level,
      offset: 0,
      limit: 3,
    });
    for (const text of groupLines(group, rows)) output.say(text);
  }
  if (fixed > 0)
    output.say(
      `Applied ${formatCount(fixed)} safe fixes (names at the archive, what is left out); local files are as they were.`,
    );
  if (counts.must === 0) return true;
  output.say(`${formatCounted(counts.must, 'finding')} must be fixed by a person first.`);
  output.result({ counts, groups });
  return false;
}

/** A description that says of itself that it is a rehearsal; release tomorrow, so that it is valid today everywhere. */
function rehearsalDescription(folders: readonly string[]): unknown {
  const names = folders.map((folder) => basename(folder)).join(', ');
  return {
    study: {
      title: `Rehearsal of a deposit from ${names}`,
      description: 'A rehearsal with a practice archive. Nothing of it is published.',
      releaseDate: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
      keywords: ['rehearsal'],
    },
    contacts: [
      {
        name: 'Slipway Rehearsal',
        email: 'practice@slipway.example',
        organisations: [{ name: 'Practice archive' }],
        role: 'submitter',
      },
    ],
    links: [{ link: 'biostudies:S-BIAD0', description: 'Stands for the dataset the annotations belong to' }],
    annotations: [
      {
        title: 'Masks',
        overview: 'Masks found in the folders of the rehearsal.',
        type: 'segmentation_mask',
        method: 'Not described: this is a rehearsal.',
      },
    ],
  };
}
