import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';
import { declareAppScheme, serveAppScheme } from './app-scheme.ts';
import { startEngine } from './engine-link.ts';
import { setMenu } from './menu.ts';
import { watchPower } from './power.ts';
import { createSecretKeeper } from './secrets.ts';
import { denyPermissions, openWindow } from './window.ts';
import { answerWindowRequests } from './window-requests.ts';

export interface DesktopFolders {
  /** The built Node side, with engine-process.js and preload.cjs. */
  readonly program: string;
  readonly renderer: string;
  readonly home: string;
}

/** One window, one engine. A second start brings the window forward. */
export async function runDesktop(folders: DesktopFolders): Promise<void> {
  if (!app.requestSingleInstanceLock()) return app.quit();
  declareAppScheme();
  await app.whenReady();
  denyPermissions();
  setMenu();
  const secrets = createSecretKeeper(join(app.getPath('userData'), 'secrets.json'));
  const options = { home: folders.home, version: app.getVersion(), secretsKept: secrets.kept };
  const engine = startEngine(folders.program, options, secrets);
  serveAppScheme(folders.renderer, engine);
  answerWindowRequests(engine);
  watchPower(engine);

  const preload = join(folders.program, 'preload.cjs');
  let window: BrowserWindow | null = null;
  const show = () => {
    if (!window || window.isDestroyed()) window = openWindow(preload);
    else {
      if (window.isMinimized()) window.restore();
      window.focus();
    }
  };
  show();
  app.on('second-instance', show);
  app.on('activate', () => BrowserWindow.getAllWindows().length === 0 && show());
  app.on('window-all-closed', () => process.platform !== 'darwin' && app.quit());

  let closing = false;
  app.on('before-quit', (event) => {
    if (closing) return;
    closing = true;
    event.preventDefault();
    void engine.close().finally(() => app.quit());
  });
  engine.onExit(() => {
    // Without its engine the window can do nothing. Everything typed is saved: start anew.
    if (!closing) {
      app.relaunch();
      app.exit(1);
    }
  });
}
