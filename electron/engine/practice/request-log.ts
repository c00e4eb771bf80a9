import path from 'node:path';
import { z } from 'zod';
import { appendLine, closeLastLine, readIfThere } from './storage.ts';

/**
 * What became of one file of an upload. `stored`: it is in the user's folder, whatever was answered. `refused`: an
 * error was answered and nothing kept. `lost`: 200 was answered and nothing kept. `cut`, `stalled`: the archive
 * broke or held the connection. `broken-off`: the sender went away.
 */
export const uploadOutcomeSchema = z.enum(['stored', 'refused', 'lost', 'cut', 'stalled', 'broken-off']);
export type UploadOutcome = z.infer<typeof uploadOutcomeSchema>;

export const uploadLineSchema = z.object({
  what: z.literal('upload'),
  at: z.string(),
  /** Below the user's folder; empty when the request broke before its name was known. */
  path: z.string(),
  /** Bytes of the file that arrived. */
  bytes: z.number(),
  outcome: uploadOutcomeSchema,
  /** The HTTP status answered, null when none was. */
  status: z.number().nullable(),
});
export type UploadLine = z.infer<typeof uploadLineSchema>;

export const submitLineSchema = z.object({
  what: z.literal('submit'),
  at: z.string(),
  accession: z.string(),
  version: z.number(),
  status: z.number(),
});
export type SubmitLine = z.infer<typeof submitLineSchema>;

const lineSchema = z.discriminatedUnion('what', [uploadLineSchema, submitLineSchema]);
export type RequestLine = z.infer<typeof lineSchema>;

/** Keeps one line for every finished upload and every accepted submission, in `requests.jsonl`. */
export interface RequestLog {
  add(line: RequestLine): Promise<void>;
}

const fileOf = (folder: string) => path.join(folder, 'requests.jsonl');

/** Opens the log of an archive's folder for adding. */
export async function openRequestLog(folder: string): Promise<RequestLog> {
  const file = fileOf(folder);
  await closeLastLine(file);
  return { add: (line) => appendLine(file, line) };
}

/** Reads the log of an archive's folder, oldest first. A line that a crash tore is left out. */
export async function readRequestLog(folder: string): Promise<RequestLine[]> {
  const lines: RequestLine[] = [];
  for (const text of ((await readIfThere(fileOf(folder))) ?? '').split('\n')) {
    try {
      lines.push(lineSchema.parse(JSON.parse(text)));
    } catch {
      // Torn by a crash, or the empty rest after the last line end.
    }
  }
  return lines;
}
