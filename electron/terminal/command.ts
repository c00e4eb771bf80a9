import type { CommandLine } from './arguments.ts';
import type { Output } from './output.ts';

/** What a command gets. `signal` fires on Ctrl+C. */
export interface CommandContext {
  readonly line: CommandLine;
  readonly output: Output;
  readonly signal: AbortSignal;
}

/** 0 done, 1 findings or failures. Wrong use is thrown as WrongUse and ends with 2. */
export type ExitCode = 0 | 1;
export type Command = (context: CommandContext) => Promise<ExitCode>;
