import { engine } from '../../../connection.ts';
import { host } from '../../../host.ts';

/** Bytes of a table sent at a time: as base64 they stay below what one call takes. */
export const pieceBytes = 2_250_000;

/** Where a file is cut to be sent: the first and the one after the last byte of each piece; one piece for an empty file. */
export function pieces(size: number, piece = pieceBytes): readonly (readonly [number, number])[] {
  const count = Math.max(1, Math.ceil(size / piece));
  return Array.from({ length: count }, (_, at) => [at * piece, Math.min(size, (at + 1) * piece)] as const);
}

/** Bytes as base64, in strides that no engine's limit on arguments stops. */
export function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(text);
}

/**
 * Lets the engine read a table that a person picked or dropped, and gives what it is called in calls. The desktop says
 * where it lies; a browser sends its bytes. `told` is told the bytes sent.
 */
export async function handOver(
  file: File,
  signal: AbortSignal,
  told: (bytes: number) => void,
): Promise<string> {
  const [granted] = host ? await host.grantDropped([file]) : [];
  if (granted) return granted.grant;
  let upload: string | null = null;
  const all = pieces(file.size);
  for (const [at, [start, end]] of all.entries()) {
    signal.throwIfAborted();
    const bytes = base64(new Uint8Array(await file.slice(start, end).arrayBuffer()));
    const answer: { upload: string } = await engine.call('table.receive', {
      ...{ upload, name: file.name, bytes, last: at === all.length - 1 },
    });
    upload = answer.upload;
    told(end);
  }
  return upload ?? '';
}

/** Whether a file is, by its name, a table that can be imported. */
export function isTableName(name: string): boolean {
  return /\.(tsv|csv|txt|xlsx)$/i.test(name);
}

/** Lets a person pick a table; null when they picked none. Must be called from a click or key press. */
export function pickTable(): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.tsv,.csv,.txt,.xlsx';
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null), { once: true });
    input.addEventListener('cancel', () => resolve(null), { once: true });
    input.click();
  });
}
