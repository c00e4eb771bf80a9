import { z } from 'zod';
import { submissionIdSchema } from '../model/submission.ts';
import { transferSnapshotSchema } from '../model/transfer.ts';
import type { CallDefinition } from './call.ts';
import { checkCalls } from './check-calls.ts';
import { describeCalls } from './describe-calls.ts';
import { fileCalls } from './file-calls.ts';
import { itemCalls } from './item-calls.ts';
import { libraryCalls } from './library-calls.ts';
import { pairCalls } from './pair-calls.ts';
import { pixelCalls } from './pixel-calls.ts';
import { sendCalls } from './send-calls.ts';
import { tableCalls } from './table-calls.ts';
import { treeCalls } from './tree-calls.ts';
import { walkCalls } from './walk-calls.ts';

/** Every call there is between a window and the engine. What is not here does not exist. */
export const calls = {
  ...libraryCalls,
  ...fileCalls,
  ...itemCalls,
  ...pairCalls,
  ...describeCalls,
  ...checkCalls,
  ...pixelCalls,
  ...sendCalls,
  ...tableCalls,
  ...treeCalls,
  ...walkCalls,
};

/** Parts of a submission that a window may show and wants to read again when they change. */
export const changedPartSchema = z.enum([
  'summary',
  'sources',
  'entries',
  'pairs',
  'metadata',
  'findings',
  'send',
]);
export type ChangedPart = z.infer<typeof changedPartSchema>;

/** Every event the engine tells all windows. */
export const events = {
  'library.changed': z.object({}),
  'submission.changed': z.object({ id: submissionIdSchema, parts: z.array(changedPartSchema) }),
  'send.progress': z.object({ id: submissionIdSchema, snapshot: transferSnapshotSchema }),
};

export type Calls = typeof calls;
export type CallName = keyof Calls;
export type CallInput<N extends CallName> = z.input<Calls[N]['input']>;
export type CallParsedInput<N extends CallName> = z.output<Calls[N]['input']>;
export type CallOutput<N extends CallName> = z.output<Calls[N]['output']>;
export type CallProgress<N extends CallName> =
  Calls[N] extends CallDefinition<z.ZodType, z.ZodType, infer P> ? z.output<P> : never;

export type Events = typeof events;
export type EventName = keyof Events;
export type EventPayload<N extends EventName> = z.output<Events[N]>;

/** What a long call hands its handler: a signal that fires on cancel, and a way to tell progress. */
export interface CallContext<N extends CallName> {
  readonly signal: AbortSignal;
  readonly progress: (progress: CallProgress<N>) => void;
}

/** What the engine implements: one handler a call, input already parsed. */
export type CallHandlers = {
  readonly [N in CallName]: (
    input: CallParsedInput<N>,
    context: CallContext<N>,
  ) => CallOutput<N> | Promise<CallOutput<N>>;
};
