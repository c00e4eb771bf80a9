import { makeSampleData } from '../../engine/samples/sample-data.ts';
import { operands } from '../arguments.ts';
import type { Command } from '../command.ts';
import { outFolder } from '../out-folder.ts';

/** `samples DIR` */
export const samples: Command = async ({ line, output }) => {
  const { DIR } = operands(line, 'DIR');
  const folder = await makeSampleData(await outFolder(DIR));
  output.say(`Sample images and masks are in ${folder}`);
  output.result({ folder });
  return 0;
};
