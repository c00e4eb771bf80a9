import { z } from 'zod';

/**
 * What went wrong, as data: this is how an error crosses from the engine to a window or a terminal.
 * `message` says what happened and where, `cause` why, `advice` what to do next; all three are
 * sentences for people. `code` is for programs and tests and never shown.
 */
export const problemSchema = z.object({
  code: z.string(),
  message: z.string(),
  cause: z.string().optional(),
  advice: z.string().optional(),
});
export type ProblemData = z.infer<typeof problemSchema>;

/** An expected failure. Anything else that is thrown is a fault of the program and crosses as `internal`. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: string;
  readonly why: string | undefined;
  readonly advice: string | undefined;

  constructor(code: string, message: string, more: { cause?: string; advice?: string } = {}) {
    super(message);
    this.code = code;
    this.why = more.cause;
    this.advice = more.advice;
  }

  toData(): ProblemData {
    return {
      code: this.code,
      message: this.message,
      ...(this.why === undefined ? {} : { cause: this.why }),
      ...(this.advice === undefined ? {} : { advice: this.advice }),
    };
  }
}

/** Turns anything thrown into data that may be shown; the stack stays on the side that threw. */
export function problemOf(thrown: unknown): ProblemData {
  if (thrown instanceof Problem) return thrown.toData();
  if (thrown instanceof Error && thrown.name === 'AbortError') {
    return { code: 'cancelled', message: 'Stopped, as asked.' };
  }
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    code: 'internal',
    message: 'Slipway met a fault of its own here.',
    cause: detail,
    advice: 'Your data and what you typed are saved. Please report this sentence to the authors.',
  };
}
