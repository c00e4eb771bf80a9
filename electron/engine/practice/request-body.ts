import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { ArchiveError } from './archive-error.ts';
import { type ReceivedForm, readUpload, SERVER_LIMITS, tooBig } from './upload-reader.ts';

/** BioStudies application.yml, max-http-form-post-size: the largest body that is not an upload. */
const BODY_LIMIT = 50 * 1024 ** 2;

/** Reads a body as text. Throws when it is larger than the server takes. */
export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_LIMIT) throw tooBig();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Reads a body as JSON of a known shape; anything else is answered with 400. */
export async function readJson<S extends z.ZodType>(
  request: IncomingMessage,
  schema: S,
): Promise<z.output<S>> {
  const parsed = schema.safeParse(parseJson(await readText(request)));
  if (parsed.success) return parsed.data;
  const names = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new ArchiveError(400, 'Form Validation Errors', { causes: names });
}

/** Parses JSON text. What is no JSON ends in 500, as it does at BioStudies. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ArchiveError(
      500,
      `JSON parse error: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** The parameters of a request: of its address and of its form, whichever way the form is written. */
export async function readParameters(
  request: IncomingMessage,
  query: URLSearchParams,
): Promise<Map<string, string>> {
  const parameters = new Map(query);
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('application/x-www-form-urlencoded')) {
    for (const [name, value] of new URLSearchParams(await readText(request))) parameters.set(name, value);
  } else if (type.startsWith('multipart/form-data')) {
    const form: ReceivedForm = { fields: parameters, files: [] };
    await readUpload(request, { incoming: null, limits: { ...SERVER_LIMITS, bytes: BODY_LIMIT }, form });
  }
  return parameters;
}

/** A parameter that must be there, if only empty. Spring answers 400 when it is not. */
export function required(parameters: ReadonlyMap<string, string>, name: string): string {
  const value = parameters.get(name);
  if (value === undefined) throw new ArchiveError(400, `Required parameter '${name}' is not present.`);
  return value;
}
