import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { Problem } from '../../../shared/model/problem.ts';
import { archiveChoiceSchema } from '../../../shared/model/submission.ts';
import { formatCount } from '../../../shared/rules/format-quantities.ts';
import { scanWords } from '../../../shared/rules/scan-words.ts';
import { operands, WrongUse } from '../arguments.ts';
import type { Command } from '../command.ts';
import { startSession } from '../session.ts';
import { scanNow } from './scan.ts';

/** `create FILE --destination ID` */
export const create: Command = async ({ line, output }) => {
  const { FILE } = operands(line, 'FILE');
  const destination = line.values.destination;
  if (destination === undefined) throw new WrongUse('Use: slipway create FILE --destination bia-annotations');
  const archive = archiveChoiceSchema.safeParse(line.values.archive ?? 'practice');
  if (!archive.success)
    throw new WrongUse('--archive takes practice, production or the address of an archive.');
  const path = resolve(FILE.endsWith('.slipway') ? FILE : `${FILE}.slipway`);
  const session = startSession();
  try {
    const summary = await session.client.call('files.create', {
      path,
      destination,
      archive: archive.data,
      title: line.values.title ?? '',
    });
    output.say(`Made ${path}.`);
    output.say(`Next: slipway add ${basename(path)} FOLDER…`);
    output.result({ file: path, ...summary });
    return 0;
  } finally {
    await session.close();
  }
};

/** `add FILE FOLDER…` */
export const add: Command = async ({ line, output, signal }) => {
  const [file, ...folders] = line.operands;
  if (file === undefined || folders.length === 0) throw new WrongUse('Use: slipway add FILE FOLDER…');
  const session = startSession();
  try {
    const { id } = await session.open(file);
    for (const folder of folders) {
      const path = resolve(folder);
      const what = await stat(path).catch(() => null);
      if (!what?.isDirectory()) {
        throw new Problem(
          'no-folder',
          what ? `${folder} is a file, not a folder.` : `There is no folder ${folder}.`,
          {
            advice: 'Name the folder that holds the images and masks.',
          },
        );
      }
      const { grant } = await session.client.call('grants.issue', { path });
      await session.client.call('sources.add', { id, grant });
    }
    const scanned = await scanNow(session, id, signal, output.progress);
    output.say(scanWords(scanned));
    if (scanned.files === 0) output.say('Nothing was found there. Is it the right folder?');
    output.result(scanned);
    return scanned.files === 0 ? 1 : 0;
  } finally {
    await session.close();
  }
};

/** `describe FILE METADATA.json` */
export const describe: Command = async ({ line, output }) => {
  const { FILE, METADATA } = operands(line, 'FILE', 'METADATA');
  let json: unknown;
  try {
    // A pipe or a device may never end.
    if (!(await stat(METADATA)).isFile()) throw new Error('It is not a file.');
    json = JSON.parse(await readFile(METADATA, 'utf8'));
  } catch (error) {
    throw new Problem('unreadable-description', `${METADATA} could not be read as JSON.`, {
      cause: error instanceof Error ? error.message : String(error),
      advice: 'Print a blank one with: slipway template bia-annotations',
    });
  }
  const session = startSession();
  try {
    const { id } = await session.open(FILE);
    const { filled } = await session.client.call('describe.fill', { id, json });
    const { missing } = await session.client.call('submission.get', { id });
    output.say(
      `${formatCount(filled)} fields filled${missing > 0 ? `; ${formatCount(missing)} required ones are still empty` : ''}.`,
    );
    output.result({ filled, missing });
    return 0;
  } finally {
    await session.close();
  }
};

/** `template ID` */
export const template: Command = async ({ line, output }) => {
  const { ID } = operands(line, 'ID');
  const session = startSession();
  try {
    const answer = await session.engine.content(
      { what: 'blank-template', destination: ID },
      new AbortController().signal,
    );
    const text = new TextDecoder().decode(answer.body);
    if (answer.status !== 200) throw new Problem('unknown-destination', text);
    if (output.json) output.result(JSON.parse(text));
    else output.say(text.trimEnd());
    return 0;
  } finally {
    await session.close();
  }
};
