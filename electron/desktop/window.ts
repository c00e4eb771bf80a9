import { BrowserWindow, session, shell } from 'electron';
import { APP_ORIGIN } from './app-scheme.ts';

/** Sites that links of the window may open in the person's browser. */
const LINKS = new Set(['www.ebi.ac.uk', 'orcid.org', 'ror.org', 'doi.org', 'github.com']);

/** True for addresses that may leave the app: https to the archives and registries Slipway names. */
export function mayOpenOutside(address: string): boolean {
  try {
    const url = new URL(address);
    return url.protocol === 'https:' && LINKS.has(url.hostname) && url.username === '' && url.port === '';
  } catch {
    return false;
  }
}

/** Nothing is permitted to pages: no camera, no notifications, no clipboard reading, whatever asks. */
export function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) => {
    answer(permission === 'clipboard-sanitized-write');
  });
  session.defaultSession.setPermissionCheckHandler(
    (_contents, permission) => permission === 'clipboard-sanitized-write',
  );
}

/** Opens the window: sandboxed, isolated, without Node, and unable to go anywhere else. */
export function openWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 720,
    minHeight: 480,
    show: false,
    title: 'Slipway',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: true,
    },
  });
  window.once('ready-to-show', () => window.show());
  window.webContents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
  window.webContents.on('will-navigate', (event, url) => {
    if (!url.startsWith(`${APP_ORIGIN}/`)) event.preventDefault();
  });
  window.webContents.on('will-attach-webview', (event) => event.preventDefault());
  void window.loadURL(`${APP_ORIGIN}/index.html`);
  return window;
}
