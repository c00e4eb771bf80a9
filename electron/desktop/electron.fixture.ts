import { EventEmitter } from 'node:events';

/**
 * What tests put in the place of Electron's module, as much of it as the desktop folder uses. Nothing here says
 * that Electron itself behaves so; it shows what our side asks of it.
 */
export function fakeElectron() {
  type Handler = (...args: never[]) => unknown;
  const state = {
    ipcHandlers: new Map<string, Handler>(),
    ipcListeners: new Map<string, Handler>(),
    schemes: [] as unknown[],
    schemeHandler: null as ((request: Request) => Promise<Response>) | null,
    windows: [] as FakeWindow[],
    opened: [] as string[],
    permissionHandler: null as
      | ((contents: unknown, permission: string, answer: (ok: boolean) => void) => void)
      | null,
    dialogAnswer: { canceled: true, filePaths: [] as string[] },
    encryption: { available: true, backend: 'gnome_libsecret' },
    blockers: new Set<number>(),
    power: new EventEmitter(),
    menu: null as unknown,
  };

  class FakeWindow {
    readonly webContents = Object.assign(new EventEmitter(), {
      openHandler: null as ((details: { url: string }) => unknown) | null,
      setWindowOpenHandler(handler: (details: { url: string }) => unknown) {
        this.openHandler = handler;
      },
    });
    readonly options: { webPreferences: Record<string, unknown> };
    url = '';
    constructor(options: { webPreferences: Record<string, unknown> }) {
      this.options = options;
      state.windows.push(this);
    }
    static fromWebContents = () => state.windows[0] ?? null;
    once() {}
    async loadURL(url: string) {
      this.url = url;
    }
  }

  const module = {
    BrowserWindow: FakeWindow,
    Menu: {
      buildFromTemplate: (template: unknown) => template,
      setApplicationMenu: (menu: unknown) => {
        state.menu = menu;
      },
    },
    dialog: { showOpenDialog: async () => state.dialogAnswer },
    ipcMain: {
      handle: (name: string, handler: Handler) => void state.ipcHandlers.set(name, handler),
      on: (name: string, handler: Handler) => void state.ipcListeners.set(name, handler),
    },
    powerMonitor: state.power,
    powerSaveBlocker: {
      start: () => {
        const id = state.blockers.size + 1;
        state.blockers.add(id);
        return id;
      },
      stop: (id: number) => void state.blockers.delete(id),
    },
    protocol: {
      registerSchemesAsPrivileged: (schemes: unknown[]) => void state.schemes.push(...schemes),
      handle: (_scheme: string, handler: (request: Request) => Promise<Response>) => {
        state.schemeHandler = handler;
      },
    },
    safeStorage: {
      isEncryptionAvailable: () => state.encryption.available,
      getSelectedStorageBackend: () => state.encryption.backend,
      encryptString: (text: string) => Buffer.from([...Buffer.from(text)].map((byte) => byte ^ 0x5a)),
      decryptString: (sealed: Buffer) => {
        if (sealed.length === 0) throw new Error('keychain was reset');
        return Buffer.from([...sealed].map((byte) => byte ^ 0x5a)).toString();
      },
    },
    session: {
      defaultSession: {
        setPermissionRequestHandler: (handler: typeof state.permissionHandler) => {
          state.permissionHandler = handler;
        },
        setPermissionCheckHandler: () => {},
      },
    },
    shell: { openExternal: async (url: string) => void state.opened.push(url) },
  };
  return { module, state };
}
