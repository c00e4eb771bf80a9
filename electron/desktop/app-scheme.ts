import { Readable } from 'node:stream';
import { protocol } from 'electron';
import { parseContentAddress } from '../../shared/contract/content.ts';
import { readWindowFile, securityHeaders } from '../browser/static-files.ts';
import { discardContent, openContent } from '../content-file.ts';
import type { EngineLink } from './engine-link.ts';

/** The window's own scheme: no file:// page, so no other local file shares its origin. */
export const APP_ORIGIN = 'slipway://app';

/** Must run before the app is ready (Electron, protocol.registerSchemesAsPrivileged). */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'slipway', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
}

/** Serves the built window and the engine's content to it, with the same headers as the browser entry. */
export function serveAppScheme(rendererFolder: string, engine: EngineLink): void {
  protocol.handle('slipway', async (request) => {
    const url = new URL(request.url);
    if (url.host !== 'app' || request.method !== 'GET') return new Response(null, { status: 404 });
    const content = parseContentAddress(url.pathname, url.search);
    if (content) {
      const answer = await engine.content(content, request.signal);
      if (request.signal.aborted) await discardContent(answer);
      const body =
        answer.file === undefined || request.signal.aborted
          ? new Uint8Array(answer.body)
          : (Readable.toWeb(openContent(answer)) as ReadableStream<Uint8Array<ArrayBuffer>>);
      return new Response(body, {
        status: answer.status === 499 ? 404 : answer.status,
        headers: {
          ...securityHeaders,
          'Content-Type': answer.type,
          ...(answer.fileName === undefined
            ? {}
            : {
                'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(answer.fileName)}`,
              }),
        },
      });
    }
    const file = await readWindowFile(rendererFolder, url.pathname);
    if (!file) return new Response(null, { status: 404 });
    return new Response(new Uint8Array(file.body), {
      headers: { ...securityHeaders, 'Content-Type': file.type },
    });
  });
}
