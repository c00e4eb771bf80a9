import { join, resolve } from 'node:path';
import { startPracticeArchive } from '../../engine/practice/practice-archive.ts';
import { slipwayHome } from '../../installation.ts';
import { portOption } from '../arguments.ts';
import type { Command } from '../command.ts';
import { untilAborted } from '../until-aborted.ts';
import { faultOptions } from './rehearse.ts';

/** `practice [--port N] [--fault …] [--out DIR]`: runs until Ctrl+C. */
export const practice: Command = async ({ line, output, signal }) => {
  const archive = await startPracticeArchive({
    folder: resolve(line.values.out ?? join(slipwayHome(), 'Practice archive')),
    port: portOption(line, 0),
    faults: faultOptions(line),
  });
  try {
    output.say(`Practice archive: ${archive.url}`);
    output.say(`Account: ${archive.account.user}, password ${archive.account.password}`);
    output.say(`Keeps what it gets in ${archive.folder}`);
    output.say('Send to it with: slipway upload FILE --endpoint ADDRESS. Ctrl+C ends it.');
    output.result({ url: archive.url, ...archive.account, folder: archive.folder });
    await untilAborted(signal);
    return 0;
  } finally {
    await archive.close();
  }
};
