import { BrowserWindow, dialog, type IpcMainInvokeEvent, ipcMain } from 'electron';
import { z } from 'zod';
import { APP_ORIGIN } from './app-scheme.ts';
import type { EngineLink } from './engine-link.ts';

interface Granted {
  readonly grant: string;
  readonly name: string;
}

/** The few things a window asks of the main process and not of the engine: its port, dialogs, dropped folders. */
export function answerWindowRequests(engine: EngineLink): void {
  ipcMain.on('slipway:engine-port', (event) => {
    if (isOurs(event)) event.sender.postMessage('slipway:engine-port', null, [engine.windowPort()]);
  });
  ipcMain.handle('slipway:choose-folders', (event) =>
    isOurs(event) ? choose(engine, event, ['openDirectory', 'multiSelections'], []) : [],
  );
  ipcMain.handle('slipway:choose-submission', async (event) => {
    if (!isOurs(event)) return null;
    const filters = [{ name: 'Slipway submission', extensions: ['slipway'] }];
    return (await choose(engine, event, ['openFile'], filters))[0] ?? null;
  });
  ipcMain.handle('slipway:grant-dropped', (event, paths: unknown) => {
    const parsed = z.array(z.string().min(1)).max(1000).safeParse(paths);
    return isOurs(event) && parsed.success ? grant(engine, parsed.data) : [];
  });
}

/** Messages count only from the main frame of a window that shows our own page. */
export function isOurs(event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame === event.sender.mainFrame && frame.url.startsWith(`${APP_ORIGIN}/`);
}

async function choose(
  engine: EngineLink,
  event: IpcMainInvokeEvent,
  properties: ('openDirectory' | 'openFile' | 'multiSelections')[],
  filters: Electron.FileFilter[],
): Promise<Granted[]> {
  const window = BrowserWindow.fromWebContents(event.sender);
  if (!window) return [];
  const { canceled, filePaths } = await dialog.showOpenDialog(window, { properties, filters });
  return canceled ? [] : grant(engine, filePaths);
}

function grant(engine: EngineLink, paths: readonly string[]): Promise<Granted[]> {
  return Promise.all(paths.map((path) => engine.client.call('grants.issue', { path })));
}
