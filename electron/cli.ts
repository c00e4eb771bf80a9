import { slipwayVersion } from './installation.ts';
import { readCommandLine, WrongUse } from './terminal/arguments.ts';
import type { Command } from './terminal/command.ts';
import { check } from './terminal/commands/check.ts';
import { group, items, pack, sendAs, ungroup } from './terminal/commands/items.ts';
import { pairs } from './terminal/commands/pairs.ts';
import { practice } from './terminal/commands/practice.ts';
import { add, create, describe, template } from './terminal/commands/prepare.ts';
import { rehearse } from './terminal/commands/rehearse.ts';
import { samples } from './terminal/commands/samples.ts';
import { scan, skip } from './terminal/commands/scan.ts';
import { fileList, receipt, status, submit, upload } from './terminal/commands/send.ts';
import { serve } from './terminal/commands/serve.ts';
import { columns, exportTable, importTable, set } from './terminal/commands/table.ts';
import { tree } from './terminal/commands/tree.ts';
import { interruption } from './terminal/interruption.ts';
import { createOutput, endWithReader } from './terminal/output.ts';
import { usage } from './terminal/usage.ts';

const commands: Readonly<Record<string, Command>> = {
  create,
  add,
  scan,
  skip,
  template,
  describe,
  pairs,
  columns,
  set,
  'export-table': exportTable,
  'import-table': importTable,
  check,
  'file-list': fileList,
  items,
  group,
  ungroup,
  pack,
  'send-as': sendAs,
  upload,
  submit,
  status,
  tree,
  receipt,
  practice,
  rehearse,
  samples,
  serve,
};

/** Runs one command; returns the exit code: 0 done, 1 findings or failures, 2 wrong use. */
export async function runCommandLine(argv: readonly string[], signal: AbortSignal): Promise<0 | 1 | 2> {
  const output = createOutput(argv.includes('--json'), process.stdout, process.stderr);
  try {
    const line = readCommandLine(argv);
    if (line.values.version) {
      output.say(slipwayVersion());
      output.result({ version: slipwayVersion() });
      return 0;
    }
    const command = line.values.help ? undefined : commands[line.command];
    if (!command) {
      output.say(usage);
      output.result({ usage });
      return 0;
    }
    return await command({ line, output, signal });
  } catch (error) {
    if (error instanceof WrongUse) {
      if (output.json) output.result({ wrongUse: error.message });
      else process.stderr.write(`${error.message}\nAll commands: slipway help\n`);
      return 2;
    }
    output.problem(error);
    return 1;
  }
}

if (import.meta.main) {
  endWithReader();
  process.exitCode = await runCommandLine(process.argv.slice(2), interruption());
}
