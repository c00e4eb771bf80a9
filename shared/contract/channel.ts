import { z } from 'zod';
import { Problem, type ProblemData, problemOf, problemSchema } from '../model/problem.ts';
import type { Audience } from './call.ts';
import {
  type CallHandlers,
  type CallInput,
  type CallName,
  type CallOutput,
  type CallProgress,
  calls,
  type EventName,
  type EventPayload,
  events,
} from './contract.ts';

/** Two ends that pass messages: a MessagePort, a WebSocket, or two objects in one process. */
export interface Port {
  post(message: unknown): void;
  /** Called for every message from the other end. */
  onMessage(listener: (message: unknown) => void): void;
  /** Called once when the other end is gone. */
  onClose(listener: () => void): void;
  close(): void;
}

const requestSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('call'), id: z.number().int(), name: z.string(), input: z.unknown() }),
  z.object({ type: z.literal('cancel'), id: z.number().int() }),
]);
const replySchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('result'),
    id: z.number().int(),
    output: z.unknown(),
    milliseconds: z.number(),
  }),
  z.object({
    type: z.literal('error'),
    id: z.number().int(),
    problem: problemSchema,
    milliseconds: z.number(),
  }),
  z.object({ type: z.literal('progress'), id: z.number().int(), progress: z.unknown() }),
  z.object({ type: z.literal('event'), name: z.string(), payload: z.unknown() }),
]);

export interface CallOptions<N extends CallName> {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: CallProgress<N>) => void;
}

/** The asking side of the contract. */
export interface Client {
  call<N extends CallName>(name: N, input: CallInput<N>, options?: CallOptions<N>): Promise<CallOutput<N>>;
  /** Returns the function that ends the subscription. */
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void;
  onClose(listener: () => void): void;
  close(): void;
}

interface Waiting {
  readonly name: CallName;
  readonly resolve: (output: never) => void;
  readonly reject: (error: unknown) => void;
  readonly onProgress: ((progress: never) => void) | undefined;
}

/** Problems that arrive as data become Problem again on this side. */
function revive(data: ProblemData): Problem {
  return new Problem(data.code, data.message, {
    ...(data.cause === undefined ? {} : { cause: data.cause }),
    ...(data.advice === undefined ? {} : { advice: data.advice }),
  });
}

/** Connects to an engine at the other end of a port. Every answer is parsed by its schema. */
export function connectClient(port: Port): Client {
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const closeListeners: (() => void)[] = [];
  let lastId = 0;
  let closed = false;

  port.onMessage((message) => {
    const parsed = replySchema.safeParse(message);
    if (!parsed.success) return;
    const reply = parsed.data;
    if (reply.type === 'event') {
      const schema = events[reply.name as EventName];
      const payload = schema?.safeParse(reply.payload);
      if (!payload?.success) return;
      for (const listener of listeners.get(reply.name) ?? []) listener(payload.data as never);
      return;
    }
    const entry = waiting.get(reply.id);
    if (!entry) return;
    const definition = calls[entry.name];
    if (reply.type === 'progress') {
      const progress = definition.progress?.safeParse(reply.progress);
      if (progress?.success) entry.onProgress?.(progress.data as never);
      return;
    }
    waiting.delete(reply.id);
    if (reply.type === 'error') return entry.reject(revive(reply.problem));
    const output = definition.output.safeParse(reply.output);
    if (output.success) entry.resolve(output.data as never);
    else
      entry.reject(
        new Problem('bad-answer', `The engine answered ${entry.name} in a form this window does not know.`, {
          cause: z.prettifyError(output.error),
        }),
      );
  });
  port.onClose(() => {
    closed = true;
    const gone = new Problem('engine-gone', 'The engine has stopped.', {
      advice: 'What you typed is saved. Start Slipway again to go on.',
    });
    for (const entry of waiting.values()) entry.reject(gone);
    waiting.clear();
    for (const listener of closeListeners) listener();
  });

  return {
    call(name, input, options) {
      if (closed) return Promise.reject(new Problem('engine-gone', 'The engine has stopped.'));
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        waiting.set(id, { name, resolve, reject, onProgress: options?.onProgress });
        port.post({ type: 'call', id, name, input });
        const signal = options?.signal;
        if (signal?.aborted) port.post({ type: 'cancel', id });
        else
          signal?.addEventListener('abort', () => waiting.has(id) && port.post({ type: 'cancel', id }), {
            once: true,
          });
      });
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listener);
      return () => set.delete(listener);
    },
    onClose(listener) {
      closeListeners.push(listener);
    },
    close() {
      port.close();
    },
  };
}

export interface HostOptions {
  readonly audience: Audience;
  /** Told the name, duration in milliseconds and problem of each finished call; for the log. */
  readonly onFinished?: (name: string, milliseconds: number, thrown: unknown) => void;
}

/** Announces events to everyone connected. */
export interface Announcer {
  announce<N extends EventName>(name: N, payload: EventPayload<N>): void;
}

/** The answering side: one per engine, any number of ports. Input is parsed before a handler sees it. */
export function createHost(
  handlers: CallHandlers,
): Announcer & { connect(port: Port, options: HostOptions): void } {
  const ports = new Set<Port>();
  return {
    announce(name, payload) {
      for (const port of ports) port.post({ type: 'event', name, payload });
    },
    connect(port, options) {
      ports.add(port);
      const running = new Map<number, AbortController>();
      port.onClose(() => ports.delete(port));
      port.onMessage((message) => {
        const parsed = requestSchema.safeParse(message);
        if (!parsed.success) return;
        const request = parsed.data;
        if (request.type === 'cancel') return running.get(request.id)?.abort();
        void answer(port, request, running, handlers, options);
      });
    },
  };
}

async function answer(
  port: Port,
  request: { id: number; name: string; input?: unknown },
  running: Map<number, AbortController>,
  handlers: CallHandlers,
  options: HostOptions,
): Promise<void> {
  const { id } = request;
  const started = Date.now();
  const controller = new AbortController();
  running.set(id, controller);
  let thrown: unknown;
  try {
    const definition = Object.hasOwn(calls, request.name) ? calls[request.name as CallName] : undefined;
    if (!definition || (definition.audience === 'host' && options.audience !== 'host')) {
      throw new Problem('unknown-call', `There is no call "${request.name}" for this window.`);
    }
    const input = definition.input.safeParse(request.input);
    if (!input.success) {
      throw new Problem('wrong-input', `The call ${request.name} was asked with wrong input.`, {
        cause: z.prettifyError(input.error),
      });
    }
    const handler = handlers[request.name as CallName] as (input: unknown, context: unknown) => unknown;
    const progress = (data: unknown) => port.post({ type: 'progress', id, progress: data });
    const output = await handler(input.data, { signal: controller.signal, progress });
    port.post({ type: 'result', id, output, milliseconds: Date.now() - started });
  } catch (error) {
    thrown = error;
    port.post({ type: 'error', id, problem: problemOf(error), milliseconds: Date.now() - started });
  } finally {
    running.delete(id);
    options.onFinished?.(request.name, Date.now() - started, thrown);
  }
}

/** Two connected ports in one process. Messages are copied as a real channel would and arrive asynchronously. */
export function portPair(copy: (message: unknown) => unknown): [Port, Port] {
  const make = () => ({ messages: [] as ((m: unknown) => void)[], closes: [] as (() => void)[] });
  const [a, b] = [make(), make()];
  let open = true;
  const close = () => {
    if (!open) return;
    open = false;
    for (const listener of [...a.closes, ...b.closes]) listener();
  };
  const port = (mine: ReturnType<typeof make>, other: ReturnType<typeof make>): Port => ({
    post(message) {
      const copied = copy(message);
      void Promise.resolve().then(() => {
        if (open) for (const listener of other.messages) listener(copied);
      });
    },
    onMessage: (listener) => void mine.messages.push(listener),
    onClose: (listener) => void mine.closes.push(listener),
    close,
  });
  return [port(a, b), port(b, a)];
}
