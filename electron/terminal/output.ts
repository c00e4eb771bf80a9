import { stripVTControlCharacters } from 'node:util';
import { type ProblemData, problemOf } from '../../shared/model/problem.ts';

/** What a command tells: for people on the terminal, or one JSON object at the end with `--json`. */
export interface Output {
  readonly json: boolean;
  /** A line for people; silent with --json. */
  say(line: string): void;
  /** A line that the next one replaces, on a terminal; elsewhere at most one in five seconds. */
  progress(line: string): void;
  /** The result as data, printed with --json. */
  result(data: unknown): void;
  problem(thrown: unknown): void;
}

export function createOutput(json: boolean, out: NodeJS.WriteStream, err: NodeJS.WriteStream): Output {
  let open = false;
  let lastAt = 0;
  const clear = () => {
    if (open) err.write('\r\u001b[K');
    open = false;
  };
  return {
    json,
    say(line) {
      clear();
      if (!json) out.write(`${printable(line)}\n`);
    },
    progress(line) {
      if (json) return;
      if (err.isTTY) {
        clear();
        err.write(printable(line).slice(0, Math.max(20, err.columns - 1)));
        open = true;
      } else if (Date.now() - lastAt > 5000) {
        lastAt = Date.now();
        err.write(`${printable(line)}\n`);
      }
    },
    result(data) {
      clear();
      if (json) out.write(`${JSON.stringify(data)}\n`);
    },
    problem(thrown) {
      clear();
      const problem = problemOf(thrown);
      if (json) out.write(`${JSON.stringify({ problem })}\n`);
      else err.write(`${printable(problemLines(problem).join('\n'))}\n`);
    },
  };
}

/**
 * Ends the program without a word once nobody reads what it prints (`| head`), as programs of a terminal do; an error
 * that nobody listens to would end it with a stack trace. Every command may be killed at any moment and goes on later.
 */
export function endWithReader(): void {
  process.stdout.on('error', () => process.exit(1));
  // Progress that nobody reads is no reason to stop.
  process.stderr.on('error', () => {});
}

/** The sentences of a problem, each on its line. */
export function problemLines(problem: ProblemData): string[] {
  return [
    problem.message,
    ...(problem.cause === undefined ? [] : [`  Why: ${problem.cause}`]),
    ...(problem.advice === undefined ? [] : [`  What to do: ${problem.advice}`]),
  ];
}

/** File names can hold terminal control sequences; shown as they are, they could rewrite the screen. */
export function printable(text: string): string {
  return [...stripVTControlCharacters(text)]
    .map((character) => {
      const code = character.codePointAt(0) ?? 0;
      return (code < 32 && character !== '\n' && character !== '\t') || (code >= 127 && code < 160)
        ? '\uFFFD'
        : character;
    })
    .join('');
}
